#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

void fill(RegistryStore& store) {
  Registry& codecs = store.registry("codecs");
  codecs.register_symbol(symbol("c.Raw", "image"));
  codecs.register_symbol(symbol("c.Png", "image", {.select = parse("ext == 'png'")}));
  codecs.register_symbol(symbol("c.FastPng", "image", {.select = parse("ext == 'png' & fast")}));
  codecs.register_symbol(symbol("c.Wav", "sound", {.select = parse("ext == 'wav'")}));
}

void add_tie(RegistryStore& store) {
  store.registry("codecs").register_symbol(
      symbol("c.OtherPng", "image", {.select = parse("ext in ['png']")}));
}

}  // namespace

TEST_CASE("select is the most specific implementation") {
  RegistryStore store;
  fill(store);
  CHECK(store.select("codecs", "image", {{"ext", "gif"}}).winner()->symbol.target == "c.Raw");
  CHECK(store.select("codecs", "image", {{"ext", "png"}}).winner()->symbol.target == "c.Png");
  Selection best = store.select("codecs", "image", {{"ext", "png"}, {"fast", true}});
  CHECK(best.winner()->symbol.target == "c.FastPng");
  CHECK(best.winner()->score == 2);
}

TEST_CASE("select of an unknown oid is ObjectNotFound") {
  RegistryStore store;
  fill(store);
  CHECK_THROWS_AS(store.select("codecs", "imgae", {}), ObjectNotFound);
}

TEST_CASE("select where none applies shows the context and why no candidate does") {
  RegistryStore store;
  fill(store);
  std::string message = message_of<NoSelectableObject>([&] {
    (void)store.select("codecs", "sound", {{"ext", "mp3"}});
  });
  CHECK(message.find("{\"ext\":\"mp3\"}") != std::string::npos);
  CHECK(message.find("c.Wav: ext == \"wav\" (ext is \"mp3\")") != std::string::npos);
}

TEST_CASE("select_or_none is nothing where none applies, or the oid is unknown") {
  RegistryStore store;
  fill(store);
  CHECK_FALSE(store.select_or_none("codecs", "sound", {{"ext", "mp3"}}).has_value());
  CHECK_FALSE(store.select_or_none("codecs", "unknown", {}).has_value());
  CHECK(store.select_or_none("codecs", "sound", {{"ext", "wav"}})->symbol.target == "c.Wav");
  CHECK_THROWS_AS(store.select_or_none("unknown", "sound", {}), RegistryNotFound);
}

TEST_CASE("possible_objects is the best of every oid that has one") {
  RegistryStore store;
  fill(store);
  std::vector<Candidate> possible = store.possible_objects("codecs", {{"ext", "png"}});
  REQUIRE(possible.size() == 1);
  CHECK(possible[0].symbol.target == "c.Png");
  CHECK(store.possible_objects("codecs", {{"ext", "wav"}}).size() == 2);
}

TEST_CASE("object_by_id is the only implementation; several are an error") {
  RegistryStore store;
  fill(store);
  CHECK(store.object_by_id("codecs", "sound").target == "c.Wav");
  CHECK_THROWS_AS(store.object_by_id("codecs", "unknown"), ObjectNotFound);
  try {
    (void)store.object_by_id("codecs", "image");
    FAIL("there was one");
  } catch (const SelectAmbiguity& error) {
    CHECK(error.targets() == Names{"c.Raw", "c.Png", "c.FastPng"});
  }
}

TEST_CASE("a tie is won by the first registered, with a warning") {
  WarnedStore store;
  fill(store);
  add_tie(store);
  CHECK(store.select("codecs", "image", {{"ext", "png"}}).winner()->symbol.target == "c.Png");
  CHECK(store.warnings ==
        Names{"codecs/image: 2 implementations share the score 1: c.Png, c.OtherPng"});
}

TEST_CASE("a tie is an error in debug mode") {
  RegistryStore store(DebugMode::Yes);
  fill(store);
  add_tie(store);
  CHECK_THROWS_AS(store.select("codecs", "image", {{"ext", "png"}}), SelectAmbiguity);
  CHECK_THROWS_AS(store.select_or_none("codecs", "image", {{"ext", "png"}}), SelectAmbiguity);
  CHECK_THROWS_AS(store.possible_objects("codecs", {{"ext", "png"}}), SelectAmbiguity);
  store.debugmode(DebugMode::No);
  CHECK_NOTHROW(store.select("codecs", "image", {{"ext", "png"}}));
}

TEST_CASE("listeners of a registry and of the store are told every choice in full") {
  RegistryStore store;
  fill(store);
  Names told;
  store.add_select_best_listener([&](const Selection& selection) {
    told.push_back("store: " + std::to_string(selection.candidates.size()));
  });
  store.registry("codecs").add_select_best_listener([&](const Selection& selection) {
    told.push_back(selection.winner() ? selection.winner()->symbol.target : "nothing");
  });
  (void)store.select("codecs", "image", {});
  CHECK(told == Names{"c.Raw", "store: 3"});
  told.clear();
  (void)store.select_or_none("codecs", "sound", {});
  CHECK(told == Names{"nothing", "store: 1"});
  told.clear();
  (void)store.possible_objects("codecs", {});
  CHECK(told.size() == 4);
}

TEST_CASE("score tells no listener and throws for no tie") {
  RegistryStore store(DebugMode::Yes);
  fill(store);
  add_tie(store);
  store.add_select_best_listener([](const Selection&) { FAIL("a listener was told"); });
  Selection all = store.score("codecs", "image", {{"ext", "png"}}, Explain::Yes);
  CHECK(all.tied == 2);
  CHECK(all.candidates.front().trace.has_value());
}

TEST_CASE("a registry's predicate scores symbols that have none") {
  RegistryStore store;
  Registry& kernels = store.registry(
      "Kernel", {.extra_field = {{"device"}}, .select = parse("device == self.device")});
  kernels.register_module("k.Cpu", {{"device", "cpu"}});
  Implementation cuda = symbol("k.Cuda", "Cpu", {.info = {{"device", "cuda"}}});
  CHECK(kernels.register_symbol(cuda) == Registered::Yes);
  CHECK(store.select("Kernel", "Cpu", {{"device", "cuda"}}).winner()->symbol.target == "k.Cuda");
}

TEST_CASE("a selection's context is laid over the store's") {
  RegistryStore store;
  store.set_base_context({{"ext", "png"}, {"fast", true}});
  fill(store);
  CHECK(store.select("codecs", "image", {}).winner()->symbol.target == "c.FastPng");
  CHECK(store.select("codecs", "image", {{"fast", false}}).winner()->symbol.target == "c.Png");
}

TEST_CASE("a C++ callable scores like any predicate") {
  Registry views("views");
  views.register_symbol(symbol(
      "v.Long", "main", {.select = objectify_predicate("long_enough", [](const Context& context) {
                           return context.value("rows", 0) > 10 ? 3 : 0;
                         })}));
  views.register_symbol(symbol("v.Short", "main"));
  CHECK(views.select("main", {{"rows", 11}}).winner()->symbol.target == "v.Long");
  CHECK(views.select("main", {{"rows", 2}}).winner()->symbol.target == "v.Short");
  CHECK(views.implementations("main").front().select == "long_enough()");
}

TEST_CASE("possible_objects warns of every tie, which debug mode makes an error") {
  WarnedStore store;
  fill(store);
  add_tie(store);
  for (const char* target : {"c.A", "c.B"}) {
    store.registry("codecs").register_symbol(symbol(target, "text", {.select = parse("has(ext)")}));
  }
  const std::vector<Candidate> possible = store.possible_objects("codecs", {{"ext", "png"}});
  REQUIRE(possible.size() == 2);
  CHECK(possible[0].symbol.target == "c.Png");
  CHECK(possible[1].symbol.target == "c.A");
  CHECK(store.warnings.size() == 2);
  store.debugmode(DebugMode::Yes);
  CHECK_THROWS_AS(store.possible_objects("codecs", {{"ext", "png"}}), SelectAmbiguity);
  CHECK(store.possible_objects("codecs", {}).size() == 1);
}

TEST_CASE("a listener may register and unregister while all are looked at") {
  RegistryStore store;
  fill(store);
  store.add_select_best_listener([&](const Selection& selection) {
    if (selection.oid != "image") return;
    store.unregister("codecs", "sound", "c.Wav");
    store.registry("codecs").register_symbol(symbol("c.Late", "zip"));
  });
  const std::vector<Candidate> possible = store.possible_objects("codecs", {{"ext", "wav"}});
  CHECK(possible.size() == 1);
}

TEST_CASE("fields of type version are compared as versions by every way to select") {
  RegistryStore store;
  Registry& drivers =
      store.registry("drivers", {.extra_field = {{"min", FieldType::Version}, {"text"}},
                                 .select = parse("version >= self.min")});
  drivers.register_symbol(symbol("d.Old", "open", {.info = {{"min", "2.9"}}}));
  drivers.register_symbol(
      symbol("d.New", "open",
             {.info = {{"min", "12.10"}}, .select = parse("version >= self.min & yes(1)")}));
  drivers.register_symbol(symbol(
      "d.Text", "text", {.info = {{"text", "2.9"}}, .select = parse("version >= self.text")}));
  const Registry& all = store.make_global();
  const Dispatcher dispatcher = store.dispatcher("drivers"), global = all.dispatcher();
  for (const auto& expected :
       {std::pair{"2.10", "d.Old"}, {"12.9", "d.Old"}, {"12.10", "d.New"}, {"12.10rc1", "d.Old"}}) {
    const char* const version = expected.first;
    const std::string target = expected.second;
    CAPTURE(version);
    const Context context = {{"version", version}};
    CHECK(drivers.select("open", context).winner()->symbol.target == target);
    CHECK(drivers.score("open", context, Explain::Yes).winner()->symbol.target == target);
    CHECK(store.select("drivers", "open", context).winner()->symbol.target == target);
    CHECK(all.select("open", context).winner()->symbol.target == target);
    CHECK(store.possible_objects("drivers", context).front().symbol.target == target);
    CHECK(dispatcher.select("open", context)->symbol.target == target);
    CHECK(global.select("open", context)->symbol.target == target);
  }
  CHECK_FALSE(drivers.select_or_none("open", {{"version", "2.8"}}));
  CHECK_FALSE(drivers.select_or_none("text", {{"version", "2.10"}}));
}
