#include <doctest/doctest.h>
#include <reg/facts.h>

namespace reg {
namespace {

RegistryInfo kernels() {
  RegistryInfo registry;
  registry.name = "Kernel";
  registry.fields = {{"driver", FieldType::Version}, {"arch", FieldType::String}, {"rank"}};
  registry.context = {{"device", FieldType::String, {"cpu", "cuda"}},
                      {"arch", FieldType::String},
                      {"sm", FieldType::Int},
                      {"load", FieldType::Number},
                      {"version", FieldType::Version},
                      {"isa", FieldType::List},
                      {"cpu", FieldType::Object},
                      {"bundle.`a.b`", FieldType::Version},
                      {"extra"}};
  return registry;
}

RegistryInfo undeclared() {
  RegistryInfo registry;
  registry.name = "Codec";
  registry.reads = {"ext", "quality.level"};
  return registry;
}

struct Read {
  Context facts;
  std::vector<std::string> warnings;
};

Read read(const RegistryInfo& registry, const std::string& text) {
  std::vector<Diagnostic> warnings;
  Read read{read_fact(registry, text, "--ctx", warnings), {}};
  for (const Diagnostic& one : warnings) {
    CHECK(one.severity == Severity::Warning);
    read.warnings.push_back(one.message + " / " + one.hint);
  }
  return read;
}

Json silently(const RegistryInfo& registry, const std::string& text) {
  Read got = read(registry, text);
  CAPTURE(text);
  CHECK(got.warnings == std::vector<std::string>());
  return got.facts;
}

std::string refusal(const RegistryInfo& registry, const std::string& text) {
  try {
    read(registry, text);
  } catch (const InputError& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "accepted";
}

std::vector<std::string> problems(const RegistryInfo& registry, const Context& facts) {
  std::vector<std::string> found;
  try {
    (void)facts_for(registry, facts);
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics())
      found.push_back(one.message + (one.hint.empty() ? "" : " / " + one.hint));
  }
  return found;
}

}  // namespace

TEST_CASE("what a registry declares to be versions are its facts and fields of that type") {
  CHECK(versions_of(kernels()) == Versions{{"version", "bundle.`a.b`"}, {"driver"}});
  CHECK(versions_of(undeclared()).empty());
}

TEST_CASE("a fact is read as the type that is declared for it") {
  CHECK(silently(kernels(), "arch=90") == Json{{"arch", "90"}});
  CHECK(silently(kernels(), "arch=true") == Json{{"arch", "true"}});
  CHECK(silently(kernels(), "arch=\"90\"") == Json{{"arch", "90"}});
  CHECK(silently(kernels(), "arch=[90]") == Json{{"arch", "[90]"}});
  CHECK(silently(kernels(), "arch=a=b") == Json{{"arch", "a=b"}});
  CHECK(silently(kernels(), "arch=") == Json{{"arch", ""}});
  CHECK(silently(kernels(), "arch=null") == Json{{"arch", nullptr}});
  CHECK(silently(kernels(), "version=12.10") == Json{{"version", "12.10"}});
  CHECK(silently(kernels(), "version=\"12.10\"") == Json{{"version", "12.10"}});
  CHECK(silently(kernels(), "bundle.`a.b`=2.10") == Json{{"bundle", {{"a.b", "2.10"}}}});
  CHECK(silently(kernels(), "sm=90") == Json{{"sm", 90}});
  CHECK(silently(kernels(), "isa=[\"avx2\"]") == Json{{"isa", {"avx2"}}});
  CHECK(silently(kernels(), "cpu.cores=8") == Json{{"cpu", {{"cores", 8}}}});
  CHECK(silently(kernels(), "cpu={\"cores\":8}") == Json{{"cpu", {{"cores", 8}}}});
  CHECK(silently(kernels(), "bundle={\"a.b\":\"2\"}") == Json{{"bundle", {{"a.b", "2"}}}});
  CHECK(silently(kernels(), "extra=word") == Json{{"extra", "word"}});
}

TEST_CASE(
    "where nothing is declared a value is JSON, in which numbers keep their text, or a text") {
  CHECK(silently(undeclared(), "ext=png") == Json{{"ext", "png"}});
  CHECK(silently(undeclared(), "quality.level=4") == Json{{"quality", {{"level", 4}}}});
  CHECK(silently(undeclared(), "quality={\"level\":4}") == Json{{"quality", {{"level", 4}}}});
  CHECK(silently(undeclared(), "ext=[\"a\", null]") == Json{{"ext", {"a", nullptr}}});
  CHECK(to_text(silently(undeclared(), "ext=2.10")) == R"({"ext":2.10})");
  CHECK(silently(undeclared(), "ext=1.5") == Json{{"ext", 1.5}});
  CHECK(silently(undeclared(), "ext=-") == Json{{"ext", "-"}});
  std::vector<Diagnostic> warnings;
  CHECK(to_text(read_object("a.b=2.10", "--define", warnings)) == R"({"a":{"b":2.10}})");
  CHECK(warnings.empty());
  CHECK(read_object("a=[b]", "--define", warnings) == Json{{"a", "[b]"}});
  CHECK(read_object("a=False", "--define", warnings) == Json{{"a", "False"}});
  REQUIRE(warnings.size() == 2);
  CHECK(warnings.back().message == "--define a=False is taken for a text");
  CHECK(warnings.back().hint == "JSON has true, false and null");
}

TEST_CASE("facts that are wrong are told with their paths") {
  const std::vector<WrongFact> wrong =
      wrong_facts(kernels(), {{"sm", "80"}, {"device", "cudo"}, {"cpu", {{"cores", 8}}}});
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].path == "device");
  CHECK(wrong[0].hint == "did you mean \"cuda\"?");
  CHECK(wrong[1].path == "sm");
  CHECK(wrong[1].message ==
        "the fact \"sm\" of the registry \"Kernel\" is int, but \"80\" is given");
  CHECK(wrong_facts(undeclared(), {{"sm", "80"}}).empty());
}

TEST_CASE("what is no object, and has declared facts in it, is wrong, and named once") {
  RegistryInfo registry = kernels();
  registry.context.push_back({"bundle.size"});
  registry.context.push_back({"net.card.speed", FieldType::Int});
  const std::vector<WrongFact> wrong =
      wrong_facts(registry, {{"bundle", {"x"}}, {"net", {{"card", "eth0"}}}, {"cpu", 3}});
  REQUIRE(wrong.size() == 3);
  CHECK(wrong[0].path == "cpu");
  CHECK(wrong[1].path == "bundle");
  CHECK(wrong[1].message ==
        "the registry \"Kernel\" has facts in \"bundle\", but [\"x\"] is given");
  CHECK(wrong[1].hint == "its facts are bundle.`a.b`, bundle.size");
  CHECK(wrong[2].path == "net.card");
  CHECK(wrong_facts(registry, {{"net", nullptr}, {"bundle", Json::object()}}).empty());
  CHECK(wrong_facts(registry, {{"net", {{"card", nullptr}}}}).empty());
}

TEST_CASE("what is declared itself is held to that, whatever is declared to be in it") {
  RegistryInfo registry = kernels();
  registry.context.push_back({"extra.size", FieldType::Int});
  registry.context.push_back({"cpu.cores", FieldType::Int});
  CHECK(wrong_facts(registry, {{"extra", "none"}}).empty());
  CHECK(wrong_facts(registry, {{"cpu", "none"}}).size() == 1);
}

TEST_CASE("info is read as the field's type") {
  std::vector<Diagnostic> warnings;
  CHECK(read_info(kernels(), "driver=535.10", "--info", warnings) == Json{{"driver", "535.10"}});
  CHECK(read_info(kernels(), "arch=90", "--info", warnings) == Json{{"arch", "90"}});
  CHECK(read_info(kernels(), "rank=90", "--info", warnings) == Json{{"rank", 90}});
  CHECK(read_info(kernels(), "arch.x=90", "--info", warnings) == Json{{"arch", {{"x", 90}}}});
  CHECK(read_info({}, "arch=90", "--info", warnings) == Json{{"arch", 90}});
  CHECK(warnings.empty());
  CHECK(read_info(kernels(), "isa=[avx2]", "--info", warnings) == Json{{"isa", "[avx2]"}});
  CHECK(warnings.size() == 1);
}

TEST_CASE("a fact that a registry does not declare is an error that names the nearest") {
  CHECK(refusal(kernels(), "devise=cuda") ==
        "--ctx devise=cuda: the registry \"Kernel\" declares no fact \"devise\" / did you mean "
        "\"device\"?");
  CHECK(refusal(kernels(), "zzzzzzzz=1") ==
        "--ctx zzzzzzzz=1: the registry \"Kernel\" declares no fact \"zzzzzzzz\" / its facts are "
        "device, arch, sm, load, version, isa, cpu, bundle.`a.b`, extra");
  CHECK(refusal(kernels(), "bundle={\"x\":1}")
            .starts_with(
                "--ctx bundle={\"x\":1}: the registry \"Kernel\" declares no fact \"bundle.x\""));
  CHECK(refusal(kernels(), "bundle=3") ==
        "--ctx bundle=3: \"bundle\" is an object in the registry \"Kernel\" / its facts are "
        "bundle.`a.b`");
  CHECK(silently(kernels(), "bundle=null") == Json{{"bundle", nullptr}});
  CHECK(refusal(kernels(), "sm.x=3").find("declares no fact \"sm.x\"") != std::string::npos);
  CHECK(refusal(kernels(), "max-batch=3").find("no fact \"`max-batch`\"") != std::string::npos);
}

TEST_CASE("a path without names takes nothing away") {
  Context facts = {{"sm", 9}};
  take_away(facts, {});
  CHECK(facts == Context{{"sm", 9}});
}

TEST_CASE("a fact is taken away, and the objects around it stay") {
  std::vector<Diagnostic> warnings;
  Context facts = {
      {"cpu", {{"cores", 8}, {"isa", {"avx2"}}}}, {"bundle", {{"a.b", "2"}}}, {"sm", 9}};
  for (const char* key : {"cpu.isa", "bundle.`a.b`", "sm", "cpu.l2.size", "sm.minor.x"}) {
    if (std::string_view(key) == "sm.minor.x") {
      CHECK_THROWS_AS((void)read_taken_away(kernels(), key, "--ctx", warnings), InputError);
      take_away(facts, std::vector<std::string>{"sm", "minor", "x"});
    } else {
      take_away(facts, read_taken_away(kernels(), key, "--ctx", warnings));
    }
  }
  CHECK(facts == Context{{"cpu", {{"cores", 8}}}, {"bundle", Json::object()}});
  CHECK(warnings.empty());
  CHECK_THROWS_WITH_AS((void)read_taken_away(kernels(), "devise", "--ctx", warnings),
                       "--ctx ~devise: the registry \"Kernel\" declares no fact \"devise\"",
                       InputError);
  CHECK(read_taken_away(undeclared(), "exd", "--ctx", warnings) == std::vector<std::string>{"exd"});
  CHECK(warnings.size() == 1);
}

TEST_CASE("without a declared context, a fact that no predicate reads is warned about") {
  CHECK(read(undeclared(), "exd=png").warnings ==
        std::vector<std::string>{"--ctx exd=png: no predicate in the registry \"Codec\" reads the "
                                 "fact \"exd\" / did you mean \"ext\"?"});
  CHECK(read(undeclared(), "zzzzzzzz=1").warnings ==
        std::vector<std::string>{"--ctx zzzzzzzz=1: no predicate in the registry \"Codec\" reads "
                                 "the fact \"zzzzzzzz\" / they read ext, quality.level"});
  CHECK(read(undeclared(), "quality.best=1").warnings.size() == 1);
  CHECK(silently(undeclared(), "ext.inner=1") == Json{{"ext", {{"inner", 1}}}});
  CHECK(read({}, "a=1").warnings ==
        std::vector<std::string>{
            "--ctx a=1: no predicate in the registry \"\" reads the fact \"a\" / "});
}

TEST_CASE("what looks like broken JSON, or like two facts, is warned about") {
  const std::string json =
      " looks like JSON, and is taken for a text / in JSON, texts stand in "
      "double quotes; single ones around all of it keep them from the shell";
  const std::string two = " is one value, a text / each has an option of its own";
  auto warnings = [](const RegistryInfo& registry, const std::string& text) {
    return read(registry, text).warnings;
  };
  CHECK(warnings(kernels(), "isa=[avx2]") == std::vector{"--ctx isa=[avx2]" + json});
  CHECK(warnings(undeclared(), "ext={a:1}") == std::vector{"--ctx ext={a:1}" + json});
  CHECK(warnings(undeclared(), "ext=[\"a\"") == std::vector{"--ctx ext=[\"a\"" + json});
  CHECK(warnings(kernels(), "device=cuda,sm=90") == std::vector{"--ctx device=cuda,sm=90" + two});
  CHECK(warnings(kernels(), "sm=90, cpu.cores=8") == std::vector{"--ctx sm=90, cpu.cores=8" + two});
  for (const char* meant : {"ext=[a-z]*", "ext=a,b", "ext=a,b=", "ext=\"a,b=1\"", "ext=a, 1=2"}) {
    CAPTURE(meant);
    CHECK(warnings(undeclared(), meant).size() == (std::string(meant) == "ext=a,b=" ? 1 : 0));
  }
  CHECK(warnings(kernels(), "arch=a sm=90") == std::vector{"--ctx arch=a sm=90" + two});
  CHECK(warnings(kernels(), "arch=a;sm=90") == std::vector{"--ctx arch=a;sm=90" + two});
  for (const char* meant : {"arch=a word=1", "arch=http://x?a=1&b=2", "arch=a b c", "arch=it's"}) {
    CAPTURE(meant);
    CHECK(warnings(kernels(), meant).empty());
  }
  for (const char* slip :
       {"arch='a'", "arch=“a”", "arch==a", "arch= a", "arch=a\r", "extra=TRUE"}) {
    CAPTURE(slip);
    CHECK(warnings(kernels(), slip).size() == 1);
  }
}

TEST_CASE("what is no assignment is refused") {
  for (const auto& expected : {std::pair{"ext", "--ctx \"ext\" has no `=`"},
                               {"=x", "--ctx \"=…\" has an empty key"},
                               {"a..b=1", "--ctx \"a..b=…\" has an empty key"},
                               {"a.=1", "--ctx \"a.=…\" has an empty key"},
                               {"ext=\xff", "--ctx ext=\xff is not UTF-8"}}) {
    CAPTURE(expected.first);
    CHECK_THROWS_WITH_AS(parse_assignment(expected.first, "--ctx"), expected.second, InputError);
  }
  CHECK_THROWS_AS(parse_assignment("`a=1", "--ctx"), InputError);
  std::string deep = "a";
  for (int i = 0; i < 100; ++i) deep += ".a";
  CHECK(parse_assignment(deep + "=1", "--ctx").names.size() == 101);
  CHECK_THROWS_AS(parse_assignment(deep + ".a=1", "--ctx"), InputError);
  CHECK(parse_assignment("`a=b.c`.`d```=e=f", "--ctx").names ==
        std::vector<std::string>{"a=b.c", "d`"});
  CHECK(parse_assignment("`a=b.c`.d=e=f", "--ctx").value == "e=f");
}

TEST_CASE("a declared fact of another type is an error, wherever it stands, and all are named") {
  CHECK(problems(kernels(), {{"sm", "90"}, {"arch", 90}, {"load", 1}, {"other", 1}}) ==
        std::vector<std::string>{
            "the fact \"arch\" of the registry \"Kernel\" is string, but 90 is given",
            "the fact \"sm\" of the registry \"Kernel\" is int, but \"90\" is given"});
  CHECK(problems(kernels(), {{"version", "newest"}}) ==
        std::vector<std::string>{
            "the fact \"version\" of the registry \"Kernel\" is version, but \"newest\" is given"});
  CHECK(problems(kernels(), {{"version", -1}}).size() == 1);
  CHECK(problems(kernels(), {{"bundle", {{"a.b", true}}}}).size() == 1);
  CHECK(problems(kernels(), {{"isa", std::string(200, 'x')}}).front().find("xx… is given") !=
        std::string::npos);
  CHECK(problems(kernels(), {{"sm", nullptr}, {"device", nullptr}, {"extra", {1}}}).empty());
  CHECK(problems(undeclared(), {{"ext", 1}}).empty());
}

TEST_CASE("a fact that may be some values only is none of the others") {
  CHECK(problems(kernels(), {{"device", "cudo"}}) ==
        std::vector<std::string>{"the fact \"device\" of the registry \"Kernel\" cannot be "
                                 "\"cudo\" / did you mean \"cuda\"?"});
  CHECK(problems(kernels(), {{"device", "quantum"}}).front().ends_with("it may be cpu, cuda"));
  CHECK(problems(kernels(), {{"device", "cpu"}}).empty());
}

TEST_CASE("a number that is given for a version is its text") {
  CHECK(facts_for(kernels(), parse_context(R"({"version":2.10})", "")) ==
        Json{{"version", "2.10"}});
  CHECK(facts_for(kernels(), {{"version", 12}, {"sm", 12}}) == Json{{"version", "12"}, {"sm", 12}});
  CHECK(facts_for(kernels(), {{"bundle", {{"a.b", 2.5}}}}) == Json{{"bundle", {{"a.b", "2.5"}}}});
  CHECK(to_text(facts_for(undeclared(), parse_context(R"({"version":2.10})", ""))) ==
        R"({"version":2.10})");
}

}  // namespace reg
