#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/cache.h>
#include <select/inside_view.h>

#include <sstream>

#include "../cache/forgery.h"

using namespace reg;
using namespace reg_test;

namespace {

// A cache of that content, open.
class OpenCache {
 public:
  explicit OpenCache(const CacheContent& content = sample_content())
      : cache_((build_cache(folder_ / "cache", content), Cache::open(folder_ / "cache"))) {}
  const Cache* operator->() const { return &cache_; }
  // What a line would come to if it stood in it.
  Symbol symbol_in(std::string_view line) const {
    return InsideView::of(InsideView::file(cache_), line).symbol();
  }

 private:
  ScratchFolder folder_;
  Cache cache_;
};

std::vector<std::string> targets(const std::vector<Symbol>& symbols) {
  std::vector<std::string> all;
  for (const Symbol& symbol : symbols) all.push_back(symbol.target);
  return all;
}

template <typename Error, typename Action>
std::string hint_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.hint();
  }
  return "nothing was thrown";
}

// Bytes that this process has read so far.
std::uint64_t bytes_read() {
  std::istringstream counters(read_file("/proc/self/io"));
  std::string name;
  std::uint64_t count = 0;
  counters >> name >> count;
  REQUIRE(name == "rchar:");
  return count;
}

CacheContent many_symbols(int count) {
  CacheContent content;
  for (int i = 0; i < count; ++i) {
    std::string number = std::to_string(1'000'000 + i);
    content.symbols.push_back(symbol("R", "oid" + number, "library.so:make" + number));
  }
  return content;
}

rc::Gen<Symbol> scored_symbols() {
  auto oids = rc::gen::element<std::string>("a", "b", "c\"", "é");
  auto selects = rc::gen::element<std::optional<std::string>>(
      std::nullopt, "x == 1", "x == 2 & yes(3)", "~has(x)", "high(x) | y", "self.f == x", "yes(0)");
  return rc::gen::map(
      rc::gen::tuple(oids, selects, rc::gen::inRange(0, 3), rc::gen::inRange(0, 1'000'000)),
      [](const auto& parts) {
        return symbol("R", std::get<0>(parts), "t" + std::to_string(std::get<3>(parts)),
                      std::get<1>(parts), {{"f", std::get<2>(parts)}});
      });
}

CacheContent scored_content(std::vector<Symbol> symbols) {
  CacheContent content;
  content.predicates["high"] = {{"v"}, Predicate::parse("v >= 2")};
  content.registries = {{"R", "", {{"f", FieldType::Int}}, std::nullopt, 0}};
  content.symbols = std::move(symbols);
  return content;
}

}  // namespace

TEST_CASE("opening what is no cache is an error that says how to get one") {
  ScratchFolder folder;
  auto open = [&] { (void)Cache::open(folder / "cache"); };
  CHECK(hint_of<StorageError>(open) == "run `reg auto-register` to make it");
  write_file(folder / "cache", "[]");
  CHECK_THROWS_WITH_AS(open(), doctest::Contains("is not a cache"), StorageError);
}

TEST_CASE("a cache tells its workspace, its context and its size") {
  OpenCache cache;
  CHECK(cache->workspace_name() == "demo");
  CHECK(cache->base_context() == sample_content().context);
  CHECK(cache->size() == 5);
}

TEST_CASE("registries come sorted, with their fields and counts, empty ones too") {
  OpenCache cache;
  std::vector<RegistryInfo> all = cache->registries();
  REQUIRE(all.size() == 3);
  CHECK(all[0] == RegistryInfo{"Empty", "", {}, std::nullopt, 0});
  CHECK(all[1].name == "Kernel");
  CHECK(all[1].doc == "GEMM \"kernels\"");
  CHECK(all[1].select == "device == self.device");
  CHECK(all[1].fields ==
        std::vector<Field>{{"device", FieldType::String}, {"min_sm", FieldType::Int}});
  CHECK(all[1].symbols == 3);
  CHECK(cache->registry("Kernel") == all[1]);
  CHECK_FALSE(cache->registry("kernel"));
}

TEST_CASE("an unknown registry is an error with the nearest name") {
  OpenCache cache;
  CHECK(hint_of<RegistryNotFound>([&] { cache->require_registry("Kernal"); }) ==
        "did you mean \"Kernel\"?");
  CHECK_THROWS_AS(cache->select("Kernal", "gemm", {}), RegistryNotFound);
  CHECK_THROWS_AS(cache->possible_objects("Kernal", {}), RegistryNotFound);
}

TEST_CASE("an unknown oid is an error with the nearest name, or with the registries that have it") {
  OpenCache cache;
  CHECK(hint_of<ObjectNotFound>([&] { cache->require_implementations("Kernel", "gem"); }) ==
        "did you mean \"gemm\"?");
  CHECK(hint_of<ObjectNotFound>([&] { cache->require_implementations("Empty", "gemm"); }) ==
        "it is in Kernel, Other");
  CHECK_THROWS_AS(cache->score("Other", "conv", {}), ObjectNotFound);
  CHECK_THROWS_AS(cache->object_by_id("Other", "conv"), ObjectNotFound);
}

TEST_CASE("implementations come in registration order, with all that was registered") {
  OpenCache cache;
  std::vector<Symbol> found = cache->implementations("Kernel", "gemm");
  CHECK(targets(found) == std::vector<std::string>{"libgemm.so:cublas", "libgemm.so:naive"});
  CHECK(found[0] == sample_content().symbols[0]);
  CHECK(cache->implementations("Kernel", "none").empty());
  CHECK(cache->implementations("None", "gemm").empty());
}

TEST_CASE("an oid is found in every registry that has it") {
  OpenCache cache;
  CHECK(cache->registries_of("gemm") == std::vector<std::string>{"Kernel", "Other"});
  CHECK(targets(cache->find("gemm")) ==
        std::vector<std::string>{"libgemm.so:cublas", "libgemm.so:naive", "other.Gemm"});
  CHECK(targets(cache->find("grüß\"\\gott")) == std::vector<std::string>{"other.Grüß"});
  CHECK(cache->find("gem").empty());
}

TEST_CASE("a name that no cache can hold is found nowhere") {
  OpenCache cache;
  for (std::string name : {std::string("\xFF"), std::string("a\0b", 3), std::string("\x1b[31m")}) {
    CHECK_FALSE(cache->registry(name));
    CHECK(cache->implementations(name, "gemm").empty());
    CHECK(cache->implementations("Kernel", name).empty());
    CHECK(cache->find(name).empty());
    CHECK_THROWS_AS(cache->require_registry(name), RegistryNotFound);
  }
}

TEST_CASE("symbols come for one registry or for all, until the visitor has enough") {
  OpenCache cache;
  auto count = [&](std::string_view registry, std::size_t enough) {
    std::size_t visited = 0;
    cache->each_symbol(registry, [&](const SymbolView& symbol) {
      CHECK((registry.empty() || symbol.key().registry == registry));
      return ++visited < enough;
    });
    return visited;
  };
  CHECK(count("", 100) == 5);
  CHECK(count("", 2) == 2);
  CHECK(count("Kernel", 100) == 3);
  CHECK(count("Empty", 100) == 0);
  CHECK(count("None", 100) == 0);
}

TEST_CASE("a symbol comes back as it was written, whatever it is") {
  CHECK(rc::check([&] {
    auto text = [] {
      return *rc::gen::container<std::string>(
          rc::gen::element('a', '"', '\\', '\n', '\x1b', '\x7f', ' ', '\t', '{', ',', ']'));
    };
    Symbol made = symbol("R", text(), text());
    std::string select = text();
    if (!select.empty()) made.select = select;
    made.doc = text();
    made.info = {{text(), text()}, {"n", *rc::gen::arbitrary<int>()}, {"x", {1.5, nullptr, {}}}};
    made.source = {text(), *rc::gen::arbitrary<std::uint32_t>(), 7};
    OpenCache cache;
    RC_ASSERT(cache.symbol_in(line_of(made)) == made);
  }));
}

TEST_CASE("a line that is not what a cache has is an error, not a symbol") {
  OpenCache cache;
  std::string line = line_of(sample_content().symbols[0]);
  auto broken = [&](std::string_view from, std::string_view to) {
    std::string damaged = line;
    damaged.replace(damaged.find(from), from.size(), to);
    try {
      cache.symbol_in(damaged);
    } catch (const StorageError& error) {
      return error.kind() == ErrorKind::Cache;
    }
    return false;
  };
  CHECK(broken("cublas", "cu\\u0062las"));
  CHECK(broken("cublas", "cu\x1b[31m"));
  CHECK(broken("cublas", "cu\xC3("));
  CHECK(broken("cublas", "cu\\q"));
  CHECK(broken("80", "8 0"));
  CHECK(broken("80", "\xFF"));
  CHECK(broken("\"source\"", "\"sauce\""));
  CHECK(broken(",3,1]}", ",3,1]} "));
}

TEST_CASE("lines are chosen by a predicate over what the symbols say of themselves") {
  OpenCache cache;
  auto targets = [&](const std::string& where, std::string_view registry = "") {
    std::vector<std::string> found;
    cache->each_symbol_where(registry, Predicate::parse(where), [&](const SymbolView& symbol) {
      found.push_back(symbol.key().target);
      return true;
    });
    return found;
  };
  for (const char* where : {"min_sm >= 80",
                            "self.min_sm >= 80",
                            "oid == 'gemm'",
                            "self.oid",
                            "registry == 'Other'",
                            "~has(min_sm)",
                            "target glob '*naive'",
                            "at_least(min_sm)",
                            "gpu() | has(device)",
                            "min_sm == self.min_sm",
                            "doc",
                            "'fast' in doc",
                            "doc == ''",
                            "has(select)",
                            "select == null",
                            "select glob '*self.min_sm*'",
                            "source glob '*.toml'",
                            "~has(self.doc)",
                            "source in ['kernels.reg.toml']",
                            "user_group('x') | has(`oid`)"}) {
    CAPTURE(where);
    const Predicate predicate = Predicate::parse(where);
    const PredicateSet named = cache->predicates();
    std::vector<std::string> expected;
    cache->each_symbol("", [&](const SymbolView& symbol) {
      Symbol one = symbol.symbol();
      Context facts = one.info;
      facts.update({{"registry", one.registry},
                    {"oid", one.oid},
                    {"target", one.target},
                    {"doc", one.doc},
                    {"select", one.select ? Json(*one.select) : Json()},
                    {"source", one.source.path}});
      if (predicate.score(facts, one.info, named) > 0) expected.push_back(one.target);
      return true;
    });
    CHECK(targets(where) == expected);
  }
  CHECK(targets("oid", "Other").size() == 2);
  CHECK(targets("oid", "Empty").empty());
  CHECK_THROWS_WITH_AS(targets("gpuu()"), "no predicate is named \"gpuu\"", InputError);
}

TEST_CASE("a declared field hides what symbols have under its name, and may be a version") {
  CacheContent content;
  content.registries = {
      {"Driver", "", {{"doc"}, {"max-version", FieldType::Version}, {"text"}}, std::nullopt, 0},
      {"Other", "", {{"max-version", FieldType::String}}, std::nullopt, 0}};
  content.symbols = {symbol("Driver", "a", "old", {}, {{"max-version", "9"}, {"text", "9"}}),
                     symbol("Driver", "a", "new", {}, {{"max-version", "12.10"}, {"doc", "field"}}),
                     symbol("Other", "a", "other", {}, {{"max-version", "9"}})};
  for (Symbol& one : content.symbols) one.doc = "documentation";
  OpenCache cache(content);
  auto targets = [&](const std::string& where) {
    std::string found;
    cache->each_symbol_where("", Predicate::parse(where), [&](const SymbolView& symbol) {
      found += symbol.key().target + ' ';
      return true;
    });
    return found;
  };
  CHECK(targets("doc == 'field'") == "new ");
  CHECK(targets("doc == 'documentation'") == "other ");
  CHECK(targets("registry == 'Driver' & ~has(doc)") == "old ");
  CHECK(targets("`max-version` > '12.9'") == "new other ");
  CHECK(targets("self.`max-version` == 'v12.10.0'") == "new ");
  CHECK(targets("`max-version` == 9") == "old ");
  CHECK(targets("text > '12.9' | `max-version` glob '12.*'") == "old new ");
}

namespace {

// Drivers, chosen by what they and the context say of versions.
CacheContent versioned_content() {
  CacheContent content;
  RegistryInfo registry{"Driver", "", {{"min", FieldType::Version}}, "version >= self.min", 0};
  registry.context = {{"version", FieldType::Version}, {"sm", FieldType::Int}};
  content.registries = {registry};
  content.symbols = {
      symbol("Driver", "open", "old", {}, {{"min", "2.9"}}),
      symbol("Driver", "open", "new", "version >= self.min & yes(1)", {{"min", "12.10"}}),
      symbol("Driver", "text", "glob", "version glob '2.*0'")};
  return content;
}

}  // namespace

TEST_CASE("what a registry declares to be a version is one wherever its symbols are scored") {
  OpenCache cache(versioned_content());
  const Dispatcher dispatcher = cache->dispatcher("Driver");
  const std::vector<std::pair<Context, std::string>> expected = {
      {{{"version", "2.10"}}, "old"},
      {{{"version", "12.9"}}, "old"},
      {{{"version", "v12.10.1"}}, "new"},
      {{{"version", "12.10rc1"}}, "old"},
      {parse_context(R"({"version":2.10})", ""), "old"},
      {parse_context(R"({"version":12.10})", ""), "new"},
      {{{"version", 12.1}}, "old"},
      {{{"version", 13}}, "new"},
      {{{"version", "2.8"}}, ""},
      {{{"version", nullptr}}, ""}};
  for (const auto& one_case : expected) {
    const Context& context = one_case.first;
    const std::string& target = one_case.second;
    CAPTURE(to_text(context));
    auto chosen = cache->select_or_none("Driver", "open", context);
    CHECK((chosen ? chosen->symbol.target : "") == target);
    Choice choice = dispatcher.select("open", context);
    CHECK((choice ? choice->symbol.target : "") == target);
    Selection explained = cache->score("Driver", "open", context, Explain::Yes);
    CHECK((explained.winner() ? explained.winner()->symbol.target : "") == target);
    std::vector<Candidate> possible = cache->possible_objects("Driver", context).winners;
    bool is_possible = std::any_of(possible.begin(), possible.end(), [&](const Candidate& one) {
      return one.symbol.target == target;
    });
    CHECK(is_possible == !target.empty());
  }
  const Context written = parse_context(R"({"version":2.10})", "");
  CHECK(cache->select("Driver", "text", written).winner()->symbol.target == "glob");
  CHECK(dispatcher.select("text", written)->symbol.target == "glob");
  CHECK(cache->score("Driver", "text", written).context == Context{{"version", "2.10"}});
}

TEST_CASE("a declared fact of another type is an error, also of the base context") {
  CacheContent content = versioned_content();
  content.context = {{"sm", "ninety"}};
  OpenCache cache(content);
  const std::string message =
      "the fact \"sm\" of the registry \"Driver\" is int, but \"ninety\" is given";
  const Context context = {{"version", "2.10"}};
  const std::string from_base = "registry.toml: " + message;
  CHECK_THROWS_WITH_AS(cache->score("Driver", "open", context), from_base.c_str(), InputError);
  const Cache other = cache->with_base_context({{"sm", 80}});
  CHECK(other.base_context() == Context{{"sm", 80}});
  CHECK(other.score("Driver", "open", context).context == Context{{"sm", 80}, {"version", "2.10"}});
  CHECK_THROWS_AS(cache->select_or_none("Driver", "open", context), InputError);
  CHECK_THROWS_AS(cache->possible_objects("Driver", context), InputError);
  const Dispatcher dispatcher = cache->dispatcher("Driver");
  CHECK_THROWS_WITH_AS(dispatcher.select("open", context), message.c_str(), InputError);
  CHECK(
      cache->select("Driver", "open", {{"version", "2.10"}, {"sm", 90}}).winner()->symbol.target ==
      "old");
  CHECK(dispatcher.select("open", {{"version", "2.10"}, {"sm", 90}})->symbol.target == "old");
}

TEST_CASE("a number of the base context keeps its text") {
  CacheContent content = versioned_content();
  content.context = parse_context(R"({"version":12.10})", "");
  OpenCache cache(content);
  CHECK(to_text(cache->base_context()) == R"({"version":12.10})");
  CHECK(cache->select("Driver", "open", Json::object()).winner()->symbol.target == "new");
  const Dispatcher dispatcher = cache->dispatcher("Driver");
  CHECK(dispatcher.select("open", Json::object())->symbol.target == "new");
  CHECK(cache->verify() == std::vector<std::string>());
}

TEST_CASE("all predicates of a cache can be asked for") {
  OpenCache cache;
  CHECK(cache->predicates().definitions().size() >= 3);
  CHECK(cache->predicates().problem({"gpuu"})->hint == "did you mean \"gpu\"?");
}

TEST_CASE("a predicate's definition comes with those that it calls, and with no others") {
  OpenCache cache;
  PredicateSet set = cache->predicates(Predicate::parse("modern_gpu() | nobody()").calls());
  CHECK(set.definitions().size() == 3);
  CHECK(set.find("modern_gpu"));
  CHECK(set.find("gpu"));
  CHECK(set.find("at_least"));
  CHECK(cache->predicates({}).definitions().empty());
}

TEST_CASE(
    "a selection lays its context over the workspace's, and scores by the registry's predicate "
    "where a symbol has none") {
  OpenCache cache;
  Selection by_default = cache->select("Kernel", "gemm", {});
  CHECK(by_default.winner()->symbol.target == "libgemm.so:naive");
  CHECK(by_default.winner()->score == 1);
  CHECK(by_default.context["limits"]["memory"] == 4);
  Selection on_gpu = cache->select("Kernel", "gemm", {{"device", "cuda"}, {"sm", 90}});
  CHECK(on_gpu.winner()->symbol.target == "libgemm.so:cublas");
  CHECK(on_gpu.winner()->score == 4);
  CHECK(cache->select("Other", "gemm", {}).winner()->score == 0.5);
}

TEST_CASE("an explanation has a trace for every candidate") {
  OpenCache cache;
  Selection selection = cache->score("Kernel", "gemm", {}, Explain::Yes);
  REQUIRE(selection.candidates.size() == 2);
  for (const Candidate& candidate : selection.candidates) CHECK(candidate.trace);
}

TEST_CASE(
    "where nothing applies, select throws, select_or_none gives none, and score has no winner") {
  OpenCache cache;
  Context nowhere = {{"device", "tpu"}};
  CHECK_THROWS_AS(cache->select("Kernel", "gemm", nowhere), NoSelectableObject);
  CHECK_FALSE(cache->select_or_none("Kernel", "gemm", nowhere));
  CHECK_FALSE(cache->select_or_none("Kernel", "none", nowhere));
  CHECK_THROWS_AS(cache->select_or_none("None", "gemm", nowhere), RegistryNotFound);
  CHECK_FALSE(cache->score("Kernel", "gemm", nowhere).winner());
  CHECK(cache->select_or_none("Kernel", "gemm", {})->symbol.target == "libgemm.so:naive");
}

TEST_CASE("a dispatcher of a cache chooses as the cache does, also when that is closed") {
  auto cache = std::make_unique<OpenCache>();
  const Dispatcher dispatcher = (*cache)->dispatcher("Kernel");
  const std::vector<Context> contexts = {
      Context::object(), {{"device", "cuda"}, {"sm", 90}}, {{"device", "tpu"}}};
  std::vector<std::string> chosen;
  for (const Context& context : contexts) {
    auto winner = (*cache)->select_or_none("Kernel", "gemm", context);
    chosen.push_back(winner ? winner->symbol.target : "");
  }
  CHECK_THROWS_AS((*cache)->dispatcher("None"), RegistryNotFound);
  cache.reset();
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    Choice choice = dispatcher.select("gemm", contexts[i]);
    CHECK((choice ? choice->symbol.target : "") == chosen[i]);
  }
}

TEST_CASE("object_by_id gives the only implementation, and lists them if there are several") {
  OpenCache cache;
  CHECK(cache->object_by_id("Kernel", "conv").target == "libconv.so:make");
  try {
    (void)cache->object_by_id("Kernel", "gemm");
    FAIL("there are two");
  } catch (const SelectAmbiguity& error) {
    CHECK(error.targets() == std::vector<std::string>{"libgemm.so:cublas", "libgemm.so:naive"});
  }
}

TEST_CASE("possible_objects are the winners and ties of every oid, for any symbols and context") {
  CHECK(rc::check([] {
    auto symbols = *rc::gen::uniqueBy<std::vector<Symbol>>(
        scored_symbols(), [](const Symbol& symbol) { return symbol.target; });
    OpenCache cache(scored_content(symbols));
    if (symbols.empty()) return;
    Context context = Context::object();
    if (*rc::gen::arbitrary<bool>()) context["x"] = *rc::gen::inRange(0, 4);
    if (*rc::gen::arbitrary<bool>()) context["y"] = true;
    std::vector<std::string> expected, expected_ties;
    for (const char* oid : {"a", "b", "c\"", "é"}) {
      if (cache->implementations("R", oid).empty()) continue;
      const Selection selection = cache->score("R", oid, context);
      const Candidate* winner = selection.winner();
      if (winner) expected.push_back(winner->symbol.target + std::to_string(winner->score));
      if (auto tie = selection.tie()) expected_ties.push_back(tie->message());
    }
    const PossibleObjects possible = cache->possible_objects("R", context);
    std::vector<std::string> found, ties;
    for (const Candidate& candidate : possible.winners)
      found.push_back(candidate.symbol.target + std::to_string(candidate.score));
    for (const Tie& tie : possible.ties) ties.push_back(tie.message());
    RC_ASSERT(found == expected);
    RC_ASSERT(ties == expected_ties);
  }));
}

TEST_CASE("a registry without symbols has no possible objects") {
  CHECK(OpenCache()->possible_objects("Empty", {}).winners.empty());
}

TEST_CASE(
    "predicates of a forged cache that reach themselves, call nothing or do not parse are errors") {
  auto select = [](const Forgery& forgery) {
    (void)Cache::open(forgery.path()).select("Kernel", "gemm", {{"device", "cuda"}});
  };
  CHECK_THROWS_AS(select(Forgery().replace("device in [", "gpu() & device in [")), StorageError);
  CHECK_THROWS_AS(select(Forgery().replace("\"gpu\":", "\"gpv\":")), StorageError);
  CHECK_THROWS_AS(select(Forgery().replace("\"select\":\"gpu()", "\"select\":\"gpu(1)")),
                  StorageError);
  CHECK_THROWS_AS(select(Forgery().replace("\"select\":\"gpu()", "\"select\":\"gpu(")),
                  StorageError);
  CHECK_THROWS_AS(select(Forgery().replace("{\"params\":[],\"expr\":\"device",
                                           "{\"params\":1,\"expr\":\"device")),
                  StorageError);
  auto possible = [](const Forgery& forgery) {
    (void)Cache::open(forgery.path()).possible_objects("Kernel", {});
  };
  CHECK_THROWS_AS(possible(Forgery().replace("device in [", "gpu() & device in [")), StorageError);
  CHECK_THROWS_AS(possible(Forgery().replace("\"select\":\"gpu()", "\"select\":\"gpu(")),
                  StorageError);
}

TEST_CASE("forged members are errors when they are read, and only then") {
  auto forged = [](std::string_view from, std::string_view to) {
    return Cache::open(Forgery().replace(from, to).path());
  };
  Cache workspace = forged("\"context\":{", "\"cintext\":{");
  CHECK_THROWS_AS(workspace.base_context(), StorageError);
  CHECK(workspace.implementations("Kernel", "gemm").size() == 2);
  CHECK_THROWS_AS(forged("\"conv\":[\"Kernel\"]", "\"conv\":{}").find("conv"), StorageError);
  CHECK_THROWS_AS(forged("\"conv\":[\"Kernel\"]", "\"conv\":[7]").find("conv"), StorageError);
  CHECK_THROWS_AS(forged("\"symbols\":3}", "\"symbols\":-3}").registry("Kernel"), StorageError);
  CHECK_THROWS_AS(forged("\"symbols\":3}", "\"symbols\":3").registries(), StorageError);
}

TEST_CASE("verify reports what is wrong with a cache, and nothing about a good one") {
  CHECK(OpenCache()->verify().empty());
  Forgery forgery;
  forgery.count(7);
  CHECK(Cache::open(forgery.path()).verify().size() == 1);
}

TEST_CASE("a point query reads a few kilobytes, however large the cache is") {
  ScratchFolder folder;
  build_cache(folder / "cache", many_symbols(50'000));
  REQUIRE(std::filesystem::file_size(folder / "cache") > 4'000'000);
  std::uint64_t before = bytes_read();
  Cache cache = Cache::open(folder / "cache");
  std::uint64_t opened = bytes_read();
  CHECK(cache.select("R", "oid1031234", {}).winner()->symbol.target == "library.so:make1031234");
  std::uint64_t selected = bytes_read();
  CHECK(cache.find("oid1031234").size() == 1);
  std::uint64_t found = bytes_read();
  // The counters' own text is a few hundred bytes of each.
  CHECK(opened - before < 5'000);
  CHECK(selected - opened < 100'000);
  CHECK(found - selected < 200'000);
}
