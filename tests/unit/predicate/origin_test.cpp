#include <doctest/doctest.h>
#include <predicate/origin.h>
#include <predicate/typing.h>
#include <reg/predicate.h>

namespace reg {
namespace {

using Keys = std::vector<std::string>;

const Json remote = {{"rank", 2},
                     {"origin", "host-17"},
                     {"origin.site", "paris"},
                     {"origin.gpu", {{"model", "a100"}, {"count", 8}}}};

PredicateSet definitions() {
  PredicateSet named;
  named.define("at", {{"o", "where"}, Predicate::parse("o.site == where")});
  named.define("near", {{"o"}, Predicate::parse("at(o, site)")});
  named.define("model", {{"gpu"}, Predicate::parse("gpu.model == \"a100\"")});
  return named;
}

double score(const char* text, const Json& self = remote) {
  return Predicate::parse(text).score({{"site", "paris"}}, self, definitions());
}

std::vector<std::string> findings(const char* text, const std::vector<Field>& fields) {
  const PredicateSet named = definitions();
  const std::vector<Fact> context;
  std::vector<std::string> messages;
  for (const ast::TypeFinding& found :
       ast::check_types(Predicate::parse(text), {"R", fields, context, named}))
    messages.push_back(found.message);
  return messages;
}

}  // namespace

TEST_CASE("self.origin is the origin's name, and what lies below it the facts that it publishes") {
  CHECK(score("self.origin == 'host-17'") == 1);
  CHECK(score("self.origin.site == site") == 1);
  CHECK(score("self.origin.gpu.model == 'a100' & self.origin.gpu.count >= 8") == 2);
  CHECK(score("has(self.origin.site) & ~has(self.origin.nothing) & ~has(self.origin.gpu.size)") ==
        3);
  CHECK(score("yes(self.origin.gpu.count)") == 8);
}

TEST_CASE("a symbol of the workspace itself has no origin") {
  CHECK(score("self.origin == null & self.origin.site == null", {{"rank", 1}}) == 2);
  CHECK(score("has(self.origin) | has(self.origin.site)", {{"rank", 1}}) == 0);
}

TEST_CASE("an origin that is given to a named predicate is the same there") {
  CHECK(score("at(self.origin, 'paris')") == 1);
  CHECK(score("at(self.origin, 'rome')") == 0);
  CHECK(score("near(self.origin)") == 1);
  CHECK(score("model(self.origin.gpu)") == 1);
  CHECK(score("near(self.origin)", {{"rank", 1}}) == 0);
}

TEST_CASE("every registry knows self.origin") {
  const std::vector<Field> rank = {{"rank", FieldType::Int}};
  CHECK(findings("self.origin == 'host-17' & self.origin.gpu.count > 2", rank).empty());
  CHECK(findings("self.origin == 'host-17' & self.origin.site == site", {}).empty());
  CHECK(findings("at(self.origin, 'paris')", rank).empty());
  CHECK(findings("self.orign == 'host-17'", rank) ==
        std::vector<std::string>{R"(the registry "R" has no field "orign")"});
  CHECK(findings("self.origin >= 3", rank) ==
        std::vector<std::string>{
            "self.origin >= 3 can never hold: self.origin is string, and 3 is a number"});
}

TEST_CASE("a fact of an origin is looked up as one member of the info") {
  const Keys site = {"origin", "site", "x"}, name = {"origin"}, other = {"limits", "sm"};
  CHECK(ast::info_path(site).member == "origin.site");
  CHECK(ast::info_path(site).below.size() == 1);
  CHECK(ast::info_path(name).member == "origin");
  CHECK(ast::info_path(other).member == "limits");
}

}  // namespace reg
