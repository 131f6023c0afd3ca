#include "store_fixture.h"

#include <doctest/doctest.h>
#include <reg/auto_register.h>
#include <reg/cache.h>
#include <thread>

using namespace reg;
using namespace reg::test;

namespace {

void fill(RegistryStore& store) {
  PredicateSet named;
  named.define("gpu", {{}, parse("device == 'cuda'")});
  store.define_predicates(named);
  store.set_base_context({{"device", "cpu"}});
  Registry& kernels = store.registry(
      "Kernel", {.extra_field = {{"min_sm", FieldType::Int}}, .doc = "matrix products"});
  kernels.register_symbol(symbol("k.Naive", "gemm"));
  kernels.register_symbol(symbol("k.Cublas", "gemm",
                                 {.info = {{"min_sm", 80}},
                                  .select = parse("gpu() & sm >= self.min_sm"),
                                  .doc = "by \"NVIDIA\"\n"}));
  store.registry("Model", {.select = parse("wanted")}).register_module("nets.ResNet");
}

}  // namespace

TEST_CASE("a dumped store answers from the cache as it does from memory") {
  ScratchFolder folder;
  RegistryStore store;
  fill(store);
  dump(store, folder.path() / "cache.json", {.workspace = "demo"});
  Cache cache = Cache::open(folder.path() / "cache.json");
  CHECK(cache.verify().empty());
  CHECK(cache.workspace_name() == "demo");
  CHECK(cache.registries() == store.registries());
  CHECK(cache.find("gemm") == store.find("gemm"));
  for (const Context& context :
       {Context::object(), Context{{"device", "cuda"}, {"sm", 90}}, Context{{"sm", 90}}}) {
    CHECK(cache.select("Kernel", "gemm", context).winner()->symbol ==
          store.select("Kernel", "gemm", context).winner()->symbol);
  }
}

TEST_CASE("dump keeps the order of registration within an oid") {
  ScratchFolder folder;
  RegistryStore store;
  for (const char* target : {"v.C", "v.A", "v.B"})
    store.registry("views").register_symbol(symbol(target, "main", {.select = parse("a")}));
  dump(store, folder.path() / "cache.json");
  CHECK(targets(Cache::open(folder.path() / "cache.json").find("main")) ==
        Names{"v.C", "v.A", "v.B"});
}

TEST_CASE("dump leaves private registries out") {
  ScratchFolder folder;
  RegistryStore store;
  fill(store);
  store.registry("__mine").register_module("a.X");
  store.make_global();
  dump(store, folder.path() / "cache.json");
  Cache cache = Cache::open(folder.path() / "cache.json");
  CHECK(cache.registries().size() == 2);
  CHECK(cache.find("X").empty());
}

TEST_CASE("dump replaces the cache, or with update only the registries that it has") {
  ScratchFolder folder;
  std::filesystem::path file = folder.path() / "cache.json";
  RegistryStore first;
  fill(first);
  dump(first, file, {.workspace = "demo"});

  RegistryStore second;
  second.registry("Model").register_module("timm.ViT");
  dump(second, file, {.mode = DumpMode::Update});
  Cache updated = Cache::open(file);
  CHECK(updated.verify().empty());
  CHECK(updated.workspace_name() == "demo");
  CHECK(updated.find("gemm") == first.find("gemm"));
  CHECK(updated.find("ResNet").empty());
  CHECK(targets(updated.find("ViT")) == Names{"timm.ViT"});

  dump(second, file);
  CHECK(Cache::open(file).registries().size() == 1);
}

TEST_CASE("dump with update writes a cache where there is none") {
  ScratchFolder folder;
  RegistryStore store;
  fill(store);
  dump(store, folder.path() / "new/cache.json", {.mode = DumpMode::Update});
  CHECK(Cache::open(folder.path() / "new/cache.json").size() == 3);
}

TEST_CASE("a symbol or a registry that is scored in C++ is not dumped, and the cache stays") {
  ScratchFolder folder;
  std::filesystem::path file = folder.path() / "cache.json";
  Predicate callable = objectify_predicate("one", [](const Context&) { return 1; });
  RegistryStore store;
  store.registry("Model").register_module("a.X");
  dump(store, file);
  store.registry("Model").register_symbol(symbol("b.Y", "y", {.select = callable & yes()}));
  CHECK_THROWS_AS(dump(store, file), InputError);
  CHECK(Cache::open(file).size() == 1);
  RegistryStore other;
  other.registry("Model", {.select = callable});
  CHECK_THROWS_AS(dump(other, file), InputError);
}

TEST_CASE("dump with update refuses a predicate that the cache defines differently") {
  ScratchFolder folder;
  std::filesystem::path file = folder.path() / "cache.json";
  RegistryStore first, second;
  fill(first);
  dump(first, file);
  PredicateSet named;
  named.define("gpu", {{}, parse("device == 'rocm'")});
  second.define_predicates(named);
  CHECK_THROWS_AS(dump(second, file, {.mode = DumpMode::Update}), InputError);
}

TEST_CASE("load takes registries, named predicates and the base context") {
  ScratchFolder folder;
  RegistryStore first, second;
  fill(first);
  dump(first, folder.path() / "cache.json");
  load(second, folder.path() / "cache.json");
  CHECK(second.registries() == first.registries());
  CHECK(second.all_objects() == first.all_objects());
  CHECK(second.base_context() == first.base_context());
  CHECK(second.predicates().definitions() == first.predicates().definitions());
  Context context{{"device", "cuda"}, {"sm", 90}};
  CHECK(second.select("Kernel", "gemm", context).winner()->symbol.target == "k.Cublas");
}

TEST_CASE("a cache that is written from memory names the facts that its predicates read") {
  ScratchFolder folder;
  RegistryStore store;
  store.registry("Kernel").register_symbol(symbol("k.A", "gemm", {.select = parse("sm > 80")}));
  dump(store, folder.path() / "cache.json");
  CHECK(Cache::open(folder.path() / "cache.json").registries().front().reads == Names{"sm"});
}

TEST_CASE("load replaces registries of the same names and keeps others") {
  ScratchFolder folder;
  RegistryStore first, second;
  fill(first);
  dump(first, folder.path() / "cache.json");
  Registry& model = second.registry("Model", {.extra_field = {{"depth"}}});
  model.register_module("old.Net");
  second.registry("Mine").register_module("a.X");
  const Registry& all = second.make_global();
  load(second, folder.path() / "cache.json");
  CHECK(model.oids() == Names{"ResNet"});
  CHECK(model.info().select == "wanted");
  CHECK(targets(second.find("X")) == Names{"a.X"});
  CHECK(all.oids() == Names{"ResNet", "X", "gemm"});
}

TEST_CASE("symbols of one place in a source are one declaration when they are loaded") {
  ScratchFolder folder;
  RegistryStore first, second;
  Implementation one = symbol("nets.ResNet", "net"), other = symbol("nets.ViT", "vit");
  one.registries = {"A", "B"};
  one.symbol.source = other.symbol.source = {"nets.reg.toml", 3, 1};
  other.registries = {"A"};
  first.register_symbol(one);
  first.register_symbol(other);
  dump(first, folder.path() / "cache.json");
  load(second, folder.path() / "cache.json");
  CHECK(merge(second.registry("B"), second.registry("A")) == 1);
  CHECK(second.registry("B").oids() == Names{"net", "vit"});
}

TEST_CASE("load of what is no cache is an error, and the store stays") {
  ScratchFolder folder;
  RegistryStore store;
  store.registry("Model").register_module("a.X");
  CHECK_THROWS_AS(load(store, folder.path() / "none.json"), StorageError);
  CHECK(targets(store.all_objects()) == Names{"a.X"});
}

TEST_CASE("load_registries loads and locks") {
  ScratchFolder folder;
  RegistryStore first, second;
  fill(first);
  dump(first, folder.path() / "cache.json");
  CHECK(load_registries(second, folder.path() / "cache.json") == Loaded::Yes);
  CHECK(second.register_locked());
  CHECK(second.registry("Model").register_module("a.X") == Registered::Locked);
  CHECK(second.size() == 3);
}

TEST_CASE("load_registries warns where there is no cache") {
  ScratchFolder folder;
  WarnedStore store;
  CHECK(load_registries(store, folder.path() / "none.json") == Loaded::No);
  CHECK(store.warnings.size() == 1);
  CHECK_FALSE(store.register_locked());
}

TEST_CASE("load_registries of an empty cache is an error") {
  ScratchFolder folder;
  dump(RegistryStore(), folder.path() / "cache.json");
  RegistryStore store;
  CHECK_THROWS_AS((void)load_registries(store, folder.path() / "cache.json"), StorageError);
}

TEST_CASE("dumps with update from many threads at once all arrive") {
  ScratchFolder folder;
  std::filesystem::path file = folder.path() / "cache.json";
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&file, i] {
      RegistryStore store;
      store.registry("R" + std::to_string(i)).register_module("a.X");
      dump(store, file, {.mode = DumpMode::Update, .lock_timeout = std::chrono::minutes(1)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  Cache cache = Cache::open(file);
  CHECK(cache.verify().empty());
  CHECK(cache.registries().size() == 8);
}

TEST_CASE("a store that was loaded checks facts as the cache does that it is from") {
  ScratchFolder folder;
  const auto file = folder.path() / ".reg" / "registry_cache.json";
  reg_test::write_file(folder.path() / "registry.toml", R"([workspace]
name = "w"
[registries.Driver]
fields = { min = "version" }
context = { version = "version", sm = "int" }
select = 'version >= self.min'
[[symbols]]
registry = "Driver"
target = "d.old"
oid = "open"
info = { min = "2.9" }
)");
  (void)auto_register(Workspace::at(folder.path()), {});
  RegistryStore store;
  load(store, file);
  const Cache cache = Cache::open(file);
  const Dispatcher dispatcher = store.dispatcher("Driver");
  const Context fits = parse_context(R"({"version":2.10})", "");
  const Selection chosen = store.select("Driver", "open", fits);
  CHECK(chosen.winner()->symbol == cache.select("Driver", "open", fits).winner()->symbol);
  CHECK(chosen.context == Context{{"version", "2.10"}});
  CHECK(dispatcher.select("open", fits)->symbol.target == "d.old");
  const Context wrong = {{"version", "2.10"}, {"sm", "90"}};
  const std::string message =
      message_of<InputError>([&] { (void)cache.select("Driver", "open", wrong); });
  CHECK(message == message_of<InputError>([&] { (void)store.select("Driver", "open", wrong); }));
  CHECK(message == message_of<InputError>([&] { (void)dispatcher.select("open", wrong); }));
  CHECK(message == message_of<InputError>([&] { (void)store.possible_objects("Driver", wrong); }));
  CHECK(message ==
        message_of<InputError>([&] { (void)store.make_global().select("open", wrong); }));
}
