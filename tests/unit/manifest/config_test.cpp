#include "reading.h"

#include <doctest/doctest.h>
#include <reg/workspace.h>

using namespace reg;
using namespace reg::test;

namespace {

std::vector<std::string> config_problems(std::string_view text) {
  return problems(read_config(text, "registry.toml").declarations);
}

}  // namespace

TEST_CASE("registry.toml has the settings, and declares what any manifest may") {
  const auto config = read_config(R"([workspace]
name = "demo"
sources = ["plugins/**/*.reg.toml", "src"]
exclude = ["build"]
lock_timeout = 2
[facts]
build = "release"
[context]
device = "cpu"
limits = { memory = 1.5, tags = ["a", 1, true] }
[registries.r]
[[symbols]]
registry = "r"
target = "t"
)",
                                  "registry.toml");
  CHECK(problems(config.declarations).empty());
  const Settings& settings = config.settings;
  CHECK(settings.name == "demo");
  REQUIRE(settings.sources.size() == 2);
  CHECK(settings.sources[0].pattern == "plugins/**/*.reg.toml");
  CHECK(settings.sources[1].pattern == "src");
  CHECK(settings.sources[1].at == Position{3, 37});
  CHECK(settings.exclude == Lines{"build"});
  CHECK(settings.lock_timeout == 2.0);
  CHECK(settings.facts == Json{{"build", "release"}});
  CHECK(settings.context ==
        Json::parse(R"({"device": "cpu", "limits": {"memory": 1.5, "tags": ["a", 1, true]}})"));
  CHECK(config.declarations.registries.size() == 1);
  CHECK(config.declarations.symbols.size() == 1);
}

TEST_CASE("an empty registry.toml means the defaults") {
  const auto config = read_config("", "registry.toml");
  CHECK(problems(config.declarations).empty());
  CHECK(config.settings.lock_timeout == 5.0);
  CHECK(config.settings.facts == Json::object());
  CHECK(config.settings.context == Json::object());
  CHECK(config.settings.sources.empty());
}

TEST_CASE("only registry.toml may have settings") {
  CHECK(toml_problems("[workspace]\nname = 'x'\n[facts]\n[context]\n") ==
        Lines{"1:1: workspace: only registry.toml may have this",
              "3:1: facts: only registry.toml may have this",
              "4:1: context: only registry.toml may have this"});
  CHECK(json_problems(R"({"context": {}})") ==
        Lines{"1:13: /context: only registry.toml may have this"});
}

TEST_CASE("mistakes in the settings are reported") {
  CHECK(config_problems(R"([workspace]
name = 1
sources = "src"
exclude = ["", 2, "a\nb"]
lock_timeout = "5"
source = []
)") == Lines{"2:8: workspace.name: expected a string, got an integer",
             "3:11: workspace.sources: expected an array, got a string",
             "4:12: workspace.exclude[0]: \"\" cannot be used: it is empty",
             "4:16: workspace.exclude[1]: expected a string, got an integer",
             "4:19: workspace.exclude[2]: \"a\\nb\" cannot be used: it has a control character",
             "5:16: workspace.lock_timeout: expected a number, got a string",
             "6:1: workspace: unknown key \"source\" (did you mean \"sources\"?)"});
  CHECK(
      config_problems("[context]\nday = 2020-01-01\n") ==
      Lines{"2:7: context.day: dates and times are not values of a manifest (quote it, to make it "
            "a string)"});
}

TEST_CASE("where the cache is is not set here, and the message says where it is") {
  CHECK(config_problems("[workspace]\ncache = 'a.json'\n") ==
        Lines{"2:9: workspace.cache: it is no longer set here (`--cache FILE`, or REG_CACHE_DIR in "
              "the environment, says where the cache is)"});
}

TEST_CASE("the settings tell whether the sources are known") {
  const auto state = [](std::string_view text) { return read_config(text, "r").state; };
  CHECK(state("") == SettingsState::Good);
  CHECK(state("[workspace]\nsources = ['a']\n[[symbols]]\ntarget = 5\n") == SettingsState::Good);
  CHECK(state("[workspace]\nsources = ['a']\nlock_timeout = -1\n") == SettingsState::Wrong);
  for (const char* unknown :
       {"[workspace", "[workspce]\nsources = ['a']\n", "[workspace]\nsource = ['a']\n",
        "[workspace]\nsources = 'a'\n", "[workspace]\nsources = ['a', 5]\n",
        "[workspace]\nsources = ['a']\nexclude = ['']\n"}) {
    CAPTURE(unknown);
    CHECK(state(unknown) == SettingsState::Unknown);
  }
}

TEST_CASE("the lock timeout is above nothing and at most an hour") {
  const auto count = [](const std::string& value) {
    return config_problems("[workspace]\nlock_timeout = " + value + "\n").size();
  };
  for (const char* bad : {"0", "-1", "0.0", "3600.1", "3601", "inf", "nan"}) CHECK(count(bad) == 1);
  for (const char* good : {"0.001", "5", "3600", "3600.0"}) CHECK(count(good) == 0);
}
