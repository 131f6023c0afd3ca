#include <doctest/doctest.h>
#include <reg/reasoning.h>

namespace reg {
namespace {

Contest contest_of(const std::vector<std::string>& selects, std::vector<Fact> facts = {}) {
  Contest contest;
  contest.oid = "gemm";
  contest.registry.name = "Kernel";
  contest.registry.context = std::move(facts);
  contest.named.define("group", {});
  for (const std::string& select : selects) {
    Symbol& symbol = contest.symbols.emplace_back();
    symbol.registry = "Kernel";
    symbol.target = "t" + std::to_string(contest.symbols.size());
    symbol.select = select;
  }
  return contest;
}

// What the facts of the first change would have to be for the last implementation to win.
std::string conditions(const Contest& contest, const Context& given) {
  const WhyNot why = Reasoner(contest).why(contest.symbols.size() - 1, given);
  std::string text;
  if (why.changes.empty()) return "none";
  for (const FactCondition& fact : why.changes.front().facts)
    text += (text.empty() ? "" : "; ") + fact.fact + ": " + fact.condition;
  return text;
}

std::string condition(const std::string& select, const Context& given,
                      std::vector<Fact> facts = {}) {
  return conditions(contest_of({select}, std::move(facts)), given);
}

}  // namespace

TEST_CASE("a condition says what a number would have to be") {
  CHECK(condition("sm >= 90", {{"sm", 80}}) == "sm: sm >= 90");
  CHECK(condition("sm > 70 & sm < 80", {{"sm", 90}}) == "sm: sm > 70 & sm < 80");
  CHECK(condition("sm == 90", {{"sm", 80}}) == "sm: sm == 90");
  CHECK(condition("sm >= 90", Context::object()) == "sm: sm >= 90");
}

TEST_CASE("a condition says what a version would have to be") {
  const std::vector<Fact> facts = {{"driver", FieldType::Version, {}, {}}};
  CHECK(condition("driver >= v12.4", {{"driver", "11.8"}}, facts) == "driver: driver >= v12.4");
  CHECK(condition("driver >= v12 & driver < v13", {{"driver", "13.1"}}, facts) ==
        "driver: driver >= v12 & driver < v13");
}

TEST_CASE("a condition says what a list would have to have in it") {
  const std::vector<Fact> facts = {{"isa", FieldType::List, {}, {}}};
  CHECK(condition("'avx2' in isa", {{"isa", {"sse"}}}, facts) == "isa: \"avx2\" in isa");
}

TEST_CASE("a condition says what a text would have to be") {
  const std::vector<Fact> facts = {{"device", FieldType::String, {}, {}}};
  CHECK(condition("device == 'cuda'", {{"device", "cpu"}}, facts) == "device: device == \"cuda\"");
  CHECK(condition("device in ['cuda', 'rocm']", {{"device", "cpu"}}, facts) ==
        "device: device in [\"cuda\", \"rocm\"]");
  CHECK(condition("device glob 'cu*'", {{"device", "cpu"}}, facts) ==
        "device: device glob \"cu*\"");
}

TEST_CASE("a condition says that a fact would have to be missing, or there") {
  CHECK(condition("~has(debug)", {{"debug", 1}}) == "debug: ~has(debug)");
  CHECK(condition("has(debug)", Context::object()) == "debug: has(debug)");
}

TEST_CASE("facts that must be changed together each have their condition") {
  CHECK(condition("sm >= 90 & device == 'cuda'", {{"sm", 80}, {"device", "cpu"}}) ==
        "sm: sm >= 90; device: device == \"cuda\"");
}

TEST_CASE("a condition leaves out what others would win for") {
  CHECK(conditions(contest_of({"sm >= 90", "sm >= 80"}), {{"sm", 70}}) == "sm: sm >= 80 & sm < 90");
}

TEST_CASE("where others may win by a fact's number, a condition asks for the example") {
  const Contest contest =
      contest_of({"x < 3 & yes(x)", "x >= 1 & has(x)"}, {{"x", FieldType::Number, {}, {}}});
  const WhyNot why = Reasoner(contest).why(1, {{"x", 2}});
  for (const ContextChange& change : why.changes) {
    const Predicate told = Predicate::parse(change.facts.at(0).condition);
    for (const double x : {1.0, 1.5, 2.0, 2.5, 2.99, 3.0, 4.0}) {
      INFO(told.to_string() << " for " << x);
      const bool wins = x >= 3 || x + 1 < 2;
      if (told.score({{"x", x}}, Json::object(), contest.named) > 0) CHECK(wins);
    }
  }
  CHECK_FALSE(why.changes.empty());
}

TEST_CASE("where two facts are compared, a condition says what one of them would have to be") {
  const WhyNot why =
      Reasoner(contest_of({"a == b & x == 1"})).why(0, {{"a", 1}, {"b", 3}, {"x", 1}});
  REQUIRE(why.changes.size() == 2);
  CHECK(why.changes[0].facts.at(0).condition == "a == 3");
  CHECK(why.changes[1].facts.at(0).condition == "b == 1");
  CHECK(condition("a == b & x == 1", {{"x", 1}}) == "a: a == \"same\"; b: b == \"same\"");
  CHECK(condition("a != b", {{"a", 1}, {"b", 1}}).find("a: a == ") == 0);
  CHECK(condition("a < b", {{"a", 3}, {"b", 1}}).find('b') == std::string::npos);
}

TEST_CASE("an example leaves facts alone that it need not change") {
  const Contest contest = contest_of({"name == other & device in allowed"});
  const Context given = {{"device", "cpu"}, {"allowed", {"cpu"}}};
  const WhyNot why = Reasoner(contest).why(0, given);
  REQUIRE_FALSE(why.changes.empty());
  for (const ContextChange& change : why.changes) {
    CHECK(change.example.at("device") == given.at("device"));
    CHECK(change.example.at("allowed") == given.at("allowed"));
  }
}

}  // namespace reg
