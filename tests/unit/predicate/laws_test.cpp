// What holds for every predicate: random ones are parsed, printed, scored and explained.

#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <predicate/reference.h>
#include <reg/predicate.h>

namespace reg::test {
namespace {

// A property of any predicate, context and info.
template <typename Property>
bool for_all(const std::string& name, rc::Gen<Ast> predicates, Property property) {
  return rc::check(name, [&predicates, &property] {
    Ast ast = *predicates;
    auto seed = *rc::gen::arbitrary<std::uint32_t>();
    property(ast, Predicate::parse(Writer(seed).write(ast.tree)));
  });
}

std::map<std::string, AstDefinition> some_definitions() {
  std::map<std::string, AstDefinition> definitions;
  definitions["gpu"] = {};
  definitions["near"] = {{}, {}, true};
  definitions["one"] = {{"a"}, detail::part(2, {{"gpu", -1}, {"near", -1}})};
  definitions["two"] = {{"b", "d"}, detail::part(2, {{"gpu", -1}, {"one", 1}})};
  return definitions;
}

PredicateSet parsed(const std::map<std::string, AstDefinition>& definitions) {
  PredicateSet set;
  for (const auto& [name, definition] : definitions) {
    PredicateDefinition one{definition.params, {}, definition.all};
    if (!definition.expr.is_null()) one.expr = Predicate::parse(Writer(1).write(definition.expr));
    REQUIRE(set.define(name, one));
  }
  return set;
}

TEST_CASE("a printed predicate parses to the same predicate, and prints the same again") {
  CHECK(for_all("print and parse", arbitrary_calling_predicate(),
                [](const Ast&, const Predicate& predicate) {
                  std::string text = predicate.to_string();
                  RC_ASSERT(Predicate::parse(text) == predicate);
                  RC_ASSERT(Predicate::parse(text).to_string() == text);
                }));
}

TEST_CASE("blanks, quotes and parentheses that are not needed change nothing") {
  CHECK(for_all("same tree", arbitrary_calling_predicate(),
                [](const Ast& ast, const Predicate& predicate) {
                  RC_ASSERT(predicate == Predicate::parse(Writer(7).write(ast.tree)));
                }));
}

TEST_CASE("scores equal a slow and simple reading of the table") {
  CHECK(for_all("reference", arbitrary_predicate(), [](const Ast& ast, const Predicate& predicate) {
    Json context = *arbitrary_facts(), self = *arbitrary_facts();
    Versions versions = *arbitrary_versions();
    RC_ASSERT(predicate.score(context, self) == Reference(context, self, {}).score(ast.tree));
    RC_ASSERT(predicate.score(context, self, {}, versions) ==
              Reference(context, self, {}, versions).score(ast.tree));
  }));
}

TEST_CASE("a call scores as its definition does with the arguments in place of the parameters") {
  CHECK(for_all("calls", arbitrary_calling_predicate(),
                [](const Ast& ast, const Predicate& predicate) {
                  Json context = *arbitrary_facts(), self = *arbitrary_facts();
                  auto definitions = some_definitions();
                  PredicateSet named = parsed(definitions);
                  Versions versions = *arbitrary_versions();
                  RC_ASSERT(named.problems().empty());
                  RC_ASSERT(predicate.score(context, self, named, versions) ==
                            Reference(context, self, definitions, versions).score(ast.tree));
                }));
}

// Every part is 0 with a note or parts that say why, or is not 0, or was not evaluated.
void check_trace(const Trace& trace) {
  if (!trace.score) RC_ASSERT(trace.note == "not evaluated: short circuit");
  if (trace.score == 0.0) RC_ASSERT(!trace.note.empty() || !trace.children.empty());
  for (const Trace& child : trace.children) check_trace(child);
}

TEST_CASE("an explanation has the score of the whole, and says why of every part that is 0") {
  CHECK(
      for_all("explain", arbitrary_calling_predicate(), [](const Ast&, const Predicate& predicate) {
        Json context = *arbitrary_facts(), self = *arbitrary_facts();
        PredicateSet named = parsed(some_definitions());
        Versions versions = *arbitrary_versions();
        Trace trace = predicate.explain(context, self, named, versions);
        RC_ASSERT(trace.score == predicate.score(context, self, named, versions));
        RC_ASSERT(trace.expr == predicate.to_string());
        check_trace(trace);
      }));
}

TEST_CASE("a != b is ~(a == b), and a > b is b < a") {
  CHECK(rc::check("comparisons", [] {
    Json context = *arbitrary_facts(), self = *arbitrary_facts();
    Versions versions = *arbitrary_versions();
    Writer writer(3);
    std::string a = writer.operand(detail::operand()), b = writer.operand(detail::operand());
    auto score = [&](const std::string& text) {
      return Predicate::parse(text).score(context, self, {}, versions);
    };
    RC_ASSERT(score(a + " != " + b) == score("~(" + a + " == " + b + ")"));
    RC_ASSERT(score(a + " > " + b) == score(b + " < " + a));
    RC_ASSERT(score(a + " >= " + b) == score(b + " <= " + a));
    RC_ASSERT(score(a + " == " + b) == score(b + " == " + a));
  }));
}

TEST_CASE("and, or and not joined in C++ are those joined in text") {
  CHECK(rc::check("operators", [] {
    Ast a = *arbitrary_predicate(2), b = *arbitrary_predicate(2);
    Writer writer(5);
    std::string left = "(" + writer.write(a.tree) + ")", right = "(" + writer.write(b.tree) + ")";
    Predicate p = Predicate::parse(left), q = Predicate::parse(right);
    RC_ASSERT((p & q) == Predicate::parse(left + "&" + right));
    RC_ASSERT((p | q) == Predicate::parse(left + "|" + right));
    RC_ASSERT(~p == Predicate::parse("~" + left));
  }));
}

TEST_CASE("any text is parsed or refused at an offset within it") {
  CHECK(rc::check("any text", [] {
    std::string alphabet = "ab.(),[]&|~=<>!\"'\\ 01-v`+rc\xC3\xA9\n";
    std::string text = *rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
    try {
      Predicate predicate = Predicate::parse(text);
      RC_ASSERT(Predicate::parse(predicate.to_string()) == predicate);
    } catch (const PredicateError& error) {
      RC_ASSERT(error.offset() <= text.size());
      RC_ASSERT(!std::string(error.what()).empty());
    }
  }));
}

}  // namespace
}  // namespace reg::test
