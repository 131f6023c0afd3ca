#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <predicate/node.h>
#include <rapidcheck.h>
#include <registration/write_out.h>

using namespace reg;
using namespace reg::test;

namespace {

std::string written(const char* text, const PredicateSet& named, const RegistryInfo& registry = {},
                    const Json& info = Json::object()) {
  const Predicate predicate = without_names(Predicate::parse(text), info, registry, named);
  CHECK(predicate.calls().empty());
  return predicate.to_string();
}

PredicateSet group() {
  PredicateSet named;
  named.define("group", {});
  named.define("all", {{}, {}, true});
  named.define("at_least", {{"v"}, Predicate::parse("version >= v")});
  named.define("both", {{}, Predicate::parse("yes(-1) & group('a')")});
  return named;
}

RegistryInfo declaring(FieldType type) {
  RegistryInfo registry;
  registry.context = {{"group", type}};
  return registry;
}

// The definitions of what random predicates call.
PredicateSet random_named() {
  PredicateSet named;
  named.define("gpu", {});
  named.define("near", {{}, {}, true});
  for (const auto& [name, params] :
       std::map<std::string, std::vector<std::string>>{{"one", {"p"}}, {"two", {"p", "q"}}}) {
    const Ast body = *arbitrary_predicate(2);
    named.define(name, {params, Predicate::parse(Writer(1).write(body.tree))});
  }
  return named;
}

}  // namespace

TEST_CASE("named predicates are written out as what they come to") {
  CHECK(written("at_least(3) & sm > 2", group()) == "version >= 3 & sm > 2");
  CHECK(written("at_least(self.min)", group()) == "version >= self.min");
  CHECK(written("at_least(3) & self.origin == 'paris'", group()) ==
        R"(version >= 3 & self.origin == "paris")");
}

TEST_CASE("the test of a fact is written as what the fact's type lets it come to") {
  CHECK(written("group('a', 'b')", group(), declaring(FieldType::String)) ==
        R"(group == "a" | group == "b")");
  CHECK(written("group('a')", group(), declaring(FieldType::List)) == R"("a" in group)");
  CHECK(written("group(name)", group(), declaring(FieldType::List)) ==
        "group == name | name in group");
  CHECK(written("group()", group(), declaring(FieldType::Bool)) == "group");
  CHECK(written("group('a')", group(), declaring(FieldType::Object)) ==
        "group.a > 0 & yes(-1) & yes(group.a) | group.a == true");
  CHECK(written("group(1)", group()) == "group == 1 | 1 in group");
  CHECK(written("group('a')", group()) ==
        R"(group == "a" | ~(group >= "" | has(group.a) | ~"a" in group) | )"
        "group.a > 0 & yes(-1) & yes(group.a) | group.a == true");
}

TEST_CASE("what no expression can say is refused") {
  const auto refused = [](const char* text, const RegistryInfo& registry) {
    CHECK_THROWS_AS((void)without_names(Predicate::parse(text), Json::object(), registry, group()),
                    InputError);
  };
  refused("group()", {});
  refused("group()", declaring(FieldType::Object));
  refused("group(name)", {});
  refused("group(\"\\n\")", {});
  refused("group('')", {});
  refused("group(self.origin)", {});
  RegistryInfo in_parts;
  in_parts.context = {{"group.a", FieldType::Int}};
  refused("group('a')", in_parts);
}

TEST_CASE("a predicate without names scores as it did, whatever the facts") {
  rc::check("undeclared", [] {
    const PredicateSet named = random_named();
    const Ast ast = *arbitrary_calling_predicate();
    const Json info = plain_numbers(*arbitrary_facts());
    const Versions versions = *arbitrary_versions();
    RegistryInfo registry;
    for (const std::string& field : versions.fields)
      registry.fields.push_back({field, FieldType::Version});
    const Predicate predicate = Predicate::parse(Writer(1).write(ast.tree));
    std::optional<Predicate> out;
    try {
      out = without_names(predicate, info, registry, named);
    } catch (const InputError&) {
      return;
    }
    RC_ASSERT(out->calls().empty());
    RC_ASSERT(Predicate::parse(out->to_string()) == *out);
    for (int i = 0; i < 8; ++i) {
      const Json facts = *arbitrary_facts();
      RC_ASSERT(predicate.score(facts, info, named, {{}, versions.fields}) ==
                out->score(facts, info, {}, {{}, versions.fields}));
    }
  });
  rc::check("declared", [] {
    const PredicateSet named = random_named();
    const FieldType type =
        *rc::gen::element(FieldType::Any, FieldType::String, FieldType::Int, FieldType::Number,
                          FieldType::Bool, FieldType::List, FieldType::Object, FieldType::Version);
    RegistryInfo registry;
    registry.context = {{"gpu", type}, {"near", type}};
    Versions versions;
    if (type == FieldType::Version) versions.facts = {"gpu", "near"};
    const Predicate predicate =
        Predicate::parse(Writer(1).write((*arbitrary_calling_predicate()).tree));
    const Json info = plain_numbers(*arbitrary_facts());
    std::optional<Predicate> out;
    try {
      out = without_names(predicate, info, registry, named);
    } catch (const InputError&) {
      return;
    }
    RC_ASSERT(out->calls().empty());
    for (int i = 0; i < 8; ++i) {
      Json facts = *arbitrary_facts();
      for (const char* name : {"gpu", "near"}) {
        if (facts.contains(name) && !holds(type, plain_numbers(facts[name]))) facts.erase(name);
      }
      RC_ASSERT(predicate.score(facts, info, named, versions) ==
                out->score(facts, info, {}, versions));
    }
  });
}
