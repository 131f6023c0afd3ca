#include "reading.h"

#include <doctest/doctest.h>
#include <manifest/scan_presets.h>
#include <functional>
#include <set>

using namespace reg;
using namespace reg::test;

namespace {

Lines scan_problems(std::string_view text) {
  return problems(read_config(text, "registry.toml").declarations);
}

// What is wrong with one python idiom that has this besides.
Lines idiom_problems(const std::string& rest) {
  return scan_problems("[[scan]]\nlanguage = 'python'\n" + rest + "\n");
}

std::vector<Scan> scans(std::string_view text) {
  ConfigFile config = read_config(text, "registry.toml");
  CHECK(problems(config.declarations) == Lines{});
  return std::move(config.settings.scans);
}

Idiom idiom(const std::string& text) {
  const std::vector<Scan> all = scans("[[scan]]\n" + text + "\n");
  REQUIRE(all.size() == 1);
  REQUIRE(all[0].idioms.size() == 1);
  return all[0].idioms[0];
}

}  // namespace

TEST_CASE("a scan has a preset, where it looks, and what it does with doubtful registrations") {
  const auto all = scans(R"([[scan]]
preset = "mmengine"
sources = ["mmpretrain", "projects"]
exclude = ["tests"]
roots = ["src"]
unresolved = "drop"
guarded = "drop"
conflicts = "error"
python = "/usr/bin/python3"
[[scan]]
preset = "rclcpp"
)");
  REQUIRE(all.size() == 2);
  const Scan& scan = all[0];
  CHECK(scan.preset == "mmengine");
  REQUIRE(scan.sources.size() == 2);
  CHECK(scan.sources[1].pattern == "projects");
  CHECK(scan.sources[1].at == Position{3, 26});
  CHECK(scan.exclude == Lines{"tests"});
  CHECK(scan.roots == Lines{"src"});
  CHECK(scan.python == "/usr/bin/python3");
  CHECK(scan.unresolved == Unresolved::Drop);
  CHECK(scan.guarded == Guarded::Drop);
  CHECK(scan.conflicts == Conflicts::Error);
  REQUIRE(scan.idioms.size() == 2);
  for (const Idiom& one : scan.idioms) CHECK(one.at == scan.at);
  CHECK(scan.at.line == 1);
  CHECK(all[1].at.line == 10);
  CHECK(all[1].guarded == Guarded::Keep);
}

TEST_CASE("an idiom of one's own in Python") {
  const Idiom one = idiom(R"(language = "python"
decorator = ["timm.models.register_model", "m.other"]
bare = "only"
registry = "timm.models"
oid = { argument = ["name", 0] }
target = { argument = 1 }
force = { argument = "force" }
info = ["a", "b"]
define = { call = "m.Registry", name = { argument = 0 }, fields = { argument = "extra" }, scope = "s" })");
  CHECK(one.form == Idiom::Form::Decorator);
  CHECK(one.names == Lines{"timm.models.register_model", "m.other"});
  CHECK(one.bare == Bare::Only);
  CHECK(one.registry.given == "timm.models");
  REQUIRE(one.oid.arguments.size() == 2);
  CHECK(one.oid.arguments[0].keyword == "name");
  CHECK(one.oid.arguments[1].keyword == "");
  CHECK(one.oid.arguments[1].position == 0);
  CHECK(one.target.arguments.at(0).position == 1);
  CHECK(one.force.arguments.at(0).keyword == "force");
  CHECK(one.info.which == InfoFrom::Which::Named);
  CHECK(one.info.names == Lines{"a", "b"});
  REQUIRE(one.define);
  CHECK(one.define->calls == Lines{"m.Registry"});
  CHECK(one.define->name.arguments.at(0).position == 0);
  CHECK(one.define->scope.given == "s");
}

TEST_CASE("idioms of classes, C++ and calls that do other things") {
  Idiom one = idiom(
      "language = 'python'\nclass = 'plugins.Base'\n"
      "registry = { attribute = '__registry__' }\noid = ['a', 'b']");
  CHECK(one.form == Idiom::Form::Class);
  CHECK(one.registry.attribute == "__registry__");
  CHECK(one.oid.given == "a");
  CHECK(one.oid.more_given == Lines{"b"});

  one = idiom(
      "language = 'cpp'\ncall = ['f.registerNodeType', 'a::b::C']\ntarget = { template = 0 }\n"
      "oid = { argument = 0 }\nregistry = 'BT'");
  CHECK(one.language == Language::Cpp);
  CHECK(one.names == Lines{"f.registerNodeType", "a.b.C"});
  CHECK(one.form == Idiom::Form::Call);
  CHECK(one.target.templates == std::vector<std::size_t>{0});

  one = idiom(
      "language = 'python'\ncall = 'merge'\nregistry = { receiver = true }\n"
      "merge = { argument = 0 }");
  CHECK(one.does == Idiom::Does::Merges);
  one = idiom(
      "language = 'python'\ncall = 'match'\nregistry = { receiver = true }\n"
      "match = { argument = 0 }");
  CHECK(one.does == Idiom::Does::Matches);
  one = idiom(
      "language = 'python'\ncall = 'all'\nregistry = { receiver = true }\n"
      "each = { argument = 0 }\ninfo = { '*' = true, each = { argument = 1 } }");
  CHECK(one.info.which == InfoFrom::Which::All);
  CHECK(one.info.each.arguments.at(0).position == 1);
}

TEST_CASE("what an idiom leaves out follows from the rest") {
  Idiom one = idiom("language = 'python'");
  CHECK(one.form == Idiom::Form::Nothing);
  one = idiom("language = 'python'\ndecorator = 'register'\ndefine = { call = 'm.Registry' }");
  CHECK(one.registry.receiver);
  REQUIRE(one.define->name.arguments.size() == 2);
  CHECK(one.define->name.arguments[0].keyword == "name");
}

TEST_CASE("only registry.toml may have scans") {
  CHECK(toml_problems("[[scan]]\npreset = 'timm'\n") ==
        Lines{"1:1: scan: only registry.toml may have this"});
}

TEST_CASE("mistakes in a scan are reported with their places, and it is left out") {
  CHECK(scan_problems("[[scan]]\npreset = 'mmengin'\n") ==
        Lines{"2:10: scan[0].preset: there is no preset \"mmengin\" (did you mean "
              "\"mmengine\"?)"});
  CHECK(scan_problems("[[scan]]\npreset = 'timm'\nsource = []\n") ==
        Lines{"3:1: scan[0]: unknown key \"source\" (did you mean \"sources\"?)"});
  CHECK(scan_problems("[[scan]]\npreset = 'timm'\ndecorator = 'x'\n") ==
        Lines{"3:13: scan[0].decorator: this does not go with `preset` (another [[scan]] can have "
              "it)"});
  CHECK(scan_problems("[[scan]]\n") ==
        Lines{"1:1: scan[0]: it says neither `preset` nor `language` (the presets are excore, "
              "mmengine, fvcore, timm, logilab, entry-points, pluginlib, plugin-xml, rclcpp, "
              "behaviortree)"});
  CHECK(scan_problems("[[scan]]\nmacro = 'M'\n") ==
        Lines{"1:1: scan[0]: the key \"language\" is missing (language = \"cpp\")"});
  CHECK(scan_problems("[[scan]]\nlanguage = 'pyton'\n") ==
        Lines{"2:12: scan[0].language: there is no \"pyton\"; it is one of python, cpp (did you "
              "mean \"python\"?)"});
  CHECK(scan_problems("[[scan]]\npreset = 'timm'\nguarded = 'kep'\nsources = ['']\n") ==
        Lines{"3:11: scan[0].guarded: there is no \"kep\"; it is one of keep, drop (did you mean "
              "\"keep\"?)",
              "4:12: scan[0].sources[0]: \"\" cannot be used: it is empty"});
  CHECK(scan_problems("[[scan]]\npreset = 'rclcpp'\nroots = ['src']\npython = 'p'\n") ==
        Lines{"3:9: scan[0].roots: only Python has modules",
              "4:10: scan[0].python: no Python is read here"});
  CHECK(scan_problems("scan = 1\n") == Lines{"1:8: scan: expected an array, got an integer"});

  const ConfigFile config =
      read_config("[[scan]]\npreset = 'x'\n[[scan]]\npreset = 'timm'\n", "registry.toml");
  CHECK(config.settings.scans.size() == 1);
  CHECK(config.state == SettingsState::Unknown);
}

TEST_CASE("keys that do not go with an idiom's language or form are reported") {
  CHECK(idiom_problems("macro = 'M'") ==
        Lines{"3:9: scan[0].macro: this is of C++, and the language is \"python\""});
  CHECK(scan_problems("[[scan]]\nlanguage = 'cpp'\ndecorator = 'd'\n") ==
        Lines{"3:13: scan[0].decorator: this is of Python, and the language is \"cpp\""});
  CHECK(idiom_problems("decorator = 'd'\ncall = 'c'\nregistry = 'r'") ==
        Lines{"4:8: scan[0].call: there is `decorator` already (another [[scan]] can have it)"});
  CHECK(idiom_problems("decorator = 'd'\nregistry = 'r'\ntarget = { template = 0 }") ==
        Lines{"5:23: scan[0].target.template: `template` does not go with a decorator"});
  CHECK(scan_problems("[[scan]]\nlanguage = 'cpp'\nmacro = 'M'\nregistry = { receiver = true }\n"
                      "target = { argument = 'x' }\n") ==
        Lines{"4:25: scan[0].registry.receiver: `receiver` does not go with a macro",
              "5:23: scan[0].target.argument: arguments have no names in a macro (give its "
              "position, from 0)"});
  CHECK(scan_problems("[[scan]]\nlanguage = 'cpp'\nmacro = 'M'\nregistry = 'r'\nbare = 'only'\n"
                      "target = { argument = 0 }\n") ==
        Lines{"5:8: scan[0].bare: this does not go with a macro"});
  CHECK(idiom_problems("class = 'B'\nregistry = 'r'\ntarget = { argument = 0 }") ==
        Lines{"5:10: scan[0].target: this does not go with a class"});
  CHECK(idiom_problems("class = 'B'\nregistry = 'r'\ninfo = { '*' = true }") ==
        Lines{"5:8: scan[0].info: this does not go with a class"});
  CHECK(idiom_problems("decorator = 'd'\nregistry = 'r'\noid = { receiver = true }") ==
        Lines{"5:20: scan[0].oid.receiver: this cannot be taken from `receiver`"});
  CHECK(idiom_problems("call = 'c'\nregistry = 'r'\nmatch = { argument = 0 }\noid = 'x'") ==
        Lines{"6:7: scan[0].oid: this does not go with `match`"});
  CHECK(idiom_problems("call = 'c'\nregistry = 'r'\neach = { argument = 0 }\n"
                       "target = { argument = 0 }") ==
        Lines{"6:10: scan[0].target: this does not go with `each`"});
  CHECK(idiom_problems("decorator = 'd'\nregistry = 'r'\ninfo = { each = { argument = 0 } }") ==
        Lines{"5:17: scan[0].info.each: there is no `each`, whose elements this would tell of"});
  CHECK(idiom_problems("registry = 'r'") ==
        Lines{"3:12: scan[0].registry: this needs a `decorator`, `call` or `class`"});
}

TEST_CASE("what an idiom needs is asked for") {
  CHECK(idiom_problems("decorator = 'd'") ==
        Lines{"1:1: scan[0]: the key \"registry\" is missing (a name, or { receiver = true } for a "
              "method of one, or { argument = 1 })"});
  CHECK(idiom_problems("call = 'c'\nregistry = 'r'") ==
        Lines{"1:1: scan[0]: the key \"target\" is missing (target = { argument = 0 }, or `each`, "
              "`match`, `merge`)"});
  CHECK(idiom_problems("decorator = 'd'\ndefine = {}") ==
        Lines{"4:10: scan[0].define: the key \"call\" is missing"});
}

TEST_CASE("values that cannot be are reported") {
  const auto oid = [](const std::string& value) {
    return idiom_problems("decorator = 'd'\nregistry = 'r'\noid = " + value);
  };
  for (const char* good : {"'a'", "['a', 'b']", "{ argument = 0 }", "{ argument = ['n', 3] }"})
    CHECK(oid(good) == Lines{});
  for (const char* bad :
       {"''", "'a b'", "[]", "['']", "[1]", "1", "{}", "{ argument = -1 }", "{ argument = 1.0 }",
        "{ argument = 1000 }", "{ argument = '' }", "{ argument = '0' }", "{ argument = [] }",
        "{ argument = [-1] }", "{ argument = 0, template = 0 }", "{ argumnt = 0 }"}) {
    CAPTURE(bad);
    CHECK(oid(bad).size() == 1);
  }
  CHECK(oid("{ argument = -1 }") ==
        Lines{"5:20: scan[0].oid.argument: a position is a whole number from 0 up to 999"});
  for (const char* bad : {"''", "[]", "'a..b'", "'a::b'", "'.a'", "'a b'", "['a', '']", "'1'"}) {
    CAPTURE(bad);
    CHECK(idiom_problems("decorator = " + std::string(bad) + "\nregistry = 'r'").size() == 1);
  }
  CHECK(idiom_problems("decorator = 'd'\nregistry = '__r'").size() == 1);
  CHECK(idiom_problems("decorator = 'd'\nregistry = { receiver = false }").size() == 1);
  CHECK(idiom_problems("decorator = 'd'\nregistry = 'r'\ninfo = ['oid']").size() == 1);
  CHECK(scan_problems("[[scan]]\nlanguage = 'cpp'\ncall = 'a::b.c'\nregistry = 'r'\n"
                      "target = { template = [0, 1] }\n") == Lines{});
}

TEST_CASE("what a preset prints says the same as the preset") {
  for (const ScanPreset& preset : presets()) {
    CAPTURE(preset.name);
    std::vector<Scan> by_name = scans("[[scan]]\npreset = '" + std::string(preset.name) + "'\n");
    REQUIRE(by_name.size() == 1);
    Scan printed = by_name[0];
    printed.idioms.clear();
    for (const Scan& scan : scans(preset.text))
      printed.idioms.insert(printed.idioms.end(), scan.idioms.begin(), scan.idioms.end());
    REQUIRE(!printed.idioms.empty());
    for (Idiom& one : printed.idioms) one.at = by_name[0].at;
    CHECK(to_text(std::span<const Scan>(&printed, 1)) == to_text(by_name));
    CHECK(preset_named(preset.name) == &preset);
  }
}

TEST_CASE("the text of scans changes with every member") {
  Scan scan;
  scan.sources = {{"a", {}}};
  scan.idioms.resize(1);
  scan.idioms[0].define.emplace();
  std::vector<std::function<void(Scan&)>> changes = {
      [](Scan& s) { s.preset = "x"; },
      [](Scan& s) { s.sources[0].pattern = "x"; },
      [](Scan& s) { s.sources[0].at.line = 1; },
      [](Scan& s) { s.sources[0].at.column = 1; },
      [](Scan& s) { s.exclude = {"x"}; },
      [](Scan& s) {
        s.exclude = {"x", ""};
      },
      [](Scan& s) { s.roots = {"x"}; },
      [](Scan& s) { s.python = "x"; },
      [](Scan& s) { s.unresolved = Unresolved::Drop; },
      [](Scan& s) { s.guarded = Guarded::Drop; },
      [](Scan& s) { s.conflicts = Conflicts::Error; },
      [](Scan& s) { s.idioms.emplace_back(); },
      [](Scan& s) { s.at.line = 1; },
  };
  const auto on_idiom = [&](std::function<void(Idiom&)> change) {
    changes.push_back([change](Scan& s) { change(s.idioms[0]); });
  };
  on_idiom([](Idiom& i) { i.language = Language::Cpp; });
  on_idiom([](Idiom& i) { i.form = Idiom::Form::Call; });
  on_idiom([](Idiom& i) { i.does = Idiom::Does::Merges; });
  on_idiom([](Idiom& i) { i.names = {"x"}; });
  on_idiom([](Idiom& i) { i.bare = Bare::Only; });
  on_idiom([](Idiom& i) { i.info.which = InfoFrom::Which::All; });
  on_idiom([](Idiom& i) { i.info.names = {"x"}; });
  on_idiom([](Idiom& i) { i.define.reset(); });
  on_idiom([](Idiom& i) { i.define->calls = {"x"}; });
  on_idiom([](Idiom& i) { i.at.column = 1; });
  const std::function<ValueFrom&(Idiom&)> values[] = {
      [](Idiom& i) -> ValueFrom& { return i.registry; },
      [](Idiom& i) -> ValueFrom& { return i.oid; },
      [](Idiom& i) -> ValueFrom& { return i.target; },
      [](Idiom& i) -> ValueFrom& { return i.force; },
      [](Idiom& i) -> ValueFrom& { return i.each; },
      [](Idiom& i) -> ValueFrom& { return i.match; },
      [](Idiom& i) -> ValueFrom& { return i.merge; },
      [](Idiom& i) -> ValueFrom& { return i.info.each; },
      [](Idiom& i) -> ValueFrom& { return i.define->name; },
      [](Idiom& i) -> ValueFrom& { return i.define->fields; },
      [](Idiom& i) -> ValueFrom& { return i.define->scope; },
  };
  for (const auto& value : values) {
    on_idiom([value](Idiom& i) { value(i).given = ""; });
    on_idiom([value](Idiom& i) { value(i).given = "x"; });
    on_idiom([value](Idiom& i) { value(i).more_given = {"x"}; });
    on_idiom([value](Idiom& i) { value(i).receiver = true; });
    on_idiom([value](Idiom& i) { value(i).arguments = {{"x", 0}}; });
    on_idiom([value](Idiom& i) { value(i).arguments = {{"", 0}}; });
    on_idiom([value](Idiom& i) { value(i).arguments = {{"", 1}}; });
    on_idiom([value](Idiom& i) { value(i).templates = {0}; });
    on_idiom([value](Idiom& i) { value(i).attribute = "x"; });
  }
  std::set<std::string> texts = {to_text(std::span<const Scan>()),
                                 to_text(std::span<const Scan>(&scan, 1))};
  for (const auto& change : changes) {
    Scan changed = scan;
    change(changed);
    texts.insert(to_text(std::span<const Scan>(&changed, 1)));
  }
  CHECK(texts.size() == changes.size() + 2);
}
