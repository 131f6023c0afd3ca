#include <doctest/doctest.h>
#include <resolve/select_translation.h>
#include <map>

using namespace reg;

namespace {

Expression name(std::string text) {
  Expression made;
  made.kind = Expression::Kind::Name;
  made.text = std::move(text);
  return made;
}
Expression literal(Json value) {
  Expression made;
  made.kind = Expression::Kind::Literal;
  made.value = std::move(value);
  return made;
}
Expression other(std::string text, Position at = {}) {
  Expression made;
  made.text = std::move(text);
  made.at = at;
  return made;
}
Expression of(Expression::Kind kind, std::vector<Expression> items) {
  Expression made;
  made.kind = kind;
  made.items = std::move(items);
  return made;
}
Expression both(Expression a, Expression b) {
  return of(Expression::Kind::And, {std::move(a), std::move(b)});
}
Expression either(Expression a, Expression b) {
  return of(Expression::Kind::Or, {std::move(a), std::move(b)});
}
Expression no(Expression a) { return of(Expression::Kind::Not, {std::move(a)}); }
Expression call(std::string callee, std::vector<Expression> arguments = {}) {
  Expression made = of(Expression::Kind::Call, {name(std::move(callee))});
  for (Expression& argument : arguments) made.arguments.push_back({"", {std::move(argument)}});
  return made;
}
Expression is_instance(std::string type) { return call("is_instance", {literal(type)}); }
const Expression lambda = other("lambda: 1", {3, 7});

// Variables hold expressions; names in capitals are unknown; all others are predicates.
struct Variables {
  std::map<std::string, Expression, std::less<>> values;

  SelectNames names() const {
    return {[this](std::string_view text, const ProgramPoint& at) {
              SelectName found;
              if (const auto value = values.find(text); value != values.end()) {
                found.kind = SelectName::Kind::Value;
                found.value = &value->second;
                found.at = at;
              } else if (text == "AppObject.__select__") {
                found.kind = SelectName::Kind::Anything;
              } else if (text == "isinst") {
                found.kind = SelectName::Kind::Predicate;
                found.text = "is_instance";
              } else if (text[0] >= 'A' && text[0] <= 'Z') {
                found.text = "nothing is known of it";
              } else {
                found.kind = SelectName::Kind::Predicate;
                found.text = text;
              }
              return found;
            },
            [](const Expression& value, const ProgramPoint&) -> std::optional<Json> {
              if (value.kind != Expression::Kind::Literal) return std::nullopt;
              return value.value;
            }};
  }
};

TranslatedSelect translate(const Expression& select, const Variables& variables = {}) {
  return translate_select(select, {}, variables.names());
}

std::string text_of(const Expression& select, const Variables& variables = {}) {
  const TranslatedSelect translated = translate(select, variables);
  CHECK(translated.left_out.empty());
  return translated.predicate ? translated.predicate->to_string() : "";
}

// With one part left out.
std::string rest_of(const Expression& select) {
  const TranslatedSelect translated = translate(select);
  CHECK(translated.left_out.size() == 1);
  return translated.predicate ? translated.predicate->to_string() : "";
}

}  // namespace

TEST_CASE("calls of predicates become tests of facts, and operators stay what they are") {
  CHECK(text_of(is_instance("X")) == R"(is_instance("X"))");
  CHECK(text_of(call("rql", {literal(1), literal(true), literal(nullptr), literal({"a", 2})})) ==
        R"(rql(1, true, null, ["a", 2]))");
  CHECK(text_of(both(is_instance("X"), either(call("one"), no(call("two"))))) ==
        R"(is_instance("X") & (one() | ~two()))");
  CHECK(text_of(no(both(call("one"), call("two")))) == "~(one() & two())");
  CHECK(text_of(both(both(call("a"), call("b")), both(call("c"), call("d")))) ==
        "a() & b() & c() & d()");
}

TEST_CASE("yes keeps its score") {
  Expression keyword = call("yes");
  keyword.arguments.push_back({"score", {literal(0.5)}});
  CHECK(text_of(call("yes")) == "yes()");
  CHECK(text_of(name("yes")) == "yes()");
  CHECK(text_of(call("yes", {literal(2)})) == "yes(2)");
  CHECK(text_of(call("yes", {literal(-1)})) == "yes(-1)");
  CHECK(text_of(keyword) == "yes()");
  CHECK(rest_of(call("yes", {literal("2")})).empty());
  CHECK(rest_of(call("yes", {literal(1), literal(2)})).empty());
}

TEST_CASE("a predicate without parentheses is one without arguments") {
  CHECK(text_of(both(name("none_rset"), call("one"))) == "none_rset() & one()");
}

TEST_CASE("a predicate goes by the name that it was defined under") {
  CHECK(text_of(call("isinst", {literal("X")})) == R"(is_instance("X"))");
}

TEST_CASE("variables and the selects of bases stand for what they hold") {
  const Variables variables{{{"my_sel", both(call("a"), call("b"))},
                             {"Base.__select__", either(name("my_sel"), call("c"))}}};
  CHECK(text_of(both(name("Base.__select__"), is_instance("X")), variables) ==
        R"((a() & b() | c()) & is_instance("X"))");
  CHECK(text_of(both(name("AppObject.__select__"), is_instance("X"))) ==
        R"(yes() & is_instance("X"))");
}

TEST_CASE("logilab's classes behind the operators are those operators") {
  CHECK(text_of(call("AndPredicate", {call("a"), call("b"), call("c")})) == "a() & b() & c()");
  CHECK(text_of(call("OrPredicate", {call("a"), name("b")})) == "a() | b()");
  CHECK(text_of(call("NotPredicate", {call("a")})) == "~a()");
}

TEST_CASE("what cannot be translated is reported, and leaves the rest") {
  CHECK(rest_of(both(is_instance("X"), lambda)) == R"(is_instance("X"))");
  CHECK(rest_of(either(lambda, is_instance("X"))) == R"(is_instance("X"))");
  CHECK(rest_of(both(is_instance("X"), no(lambda))) == R"(is_instance("X"))");
  CHECK(rest_of(lambda).empty());
  CHECK(rest_of(no(lambda)).empty());
  const TranslatedSelect translated = translate(both(is_instance("X"), lambda));
  CHECK(translated.left_out[0].at == Position{3, 7});
  CHECK(translated.left_out[0].why == "lambda: 1 is no predicate that is known");
}

TEST_CASE("a call with a keyword, or an argument that is no constant, is left out as a whole") {
  Expression keyword = is_instance("X");
  keyword.arguments.push_back({"accept_none", {literal(true)}});
  Expression spread = call("is_instance");
  spread.arguments.push_back({"*", {name("TYPES")}});
  CHECK(rest_of(both(call("a"), keyword)) == "a()");
  CHECK(rest_of(both(call("a"), spread)) == "a()");
  CHECK(rest_of(both(call("a"), call("is_instance", {name("TYPE")}))) == "a()");
  CHECK(rest_of(both(call("a"), call("is_instance", {literal(Json::object())}))) == "a()");
}

TEST_CASE("what is no name for a predicate is left out") {
  for (const char* word : {"has", "not", "v2", "self", "caf\xc3\xa9"}) {
    CAPTURE(word);
    CHECK(rest_of(both(call("a"), call(word))) == "a()");
  }
  CHECK(rest_of(both(call("a"), name("UNKNOWN"))) == "a()");
  CHECK(rest_of(both(call("a"), literal(1))) == "a()");
}

TEST_CASE("the facts that a predicate tests are told, each once") {
  CHECK(translate(both(both(call("b"), is_instance("X")), no(is_instance("Y")))).facts ==
        std::set<std::string>{"b", "is_instance"});
  CHECK(translate(name("yes")).facts.empty());
}

TEST_CASE("what holds itself, or doubles again and again, ends") {
  Variables variables;
  variables.values["loop"] = both(name("loop"), call("a"));
  CHECK_FALSE(translate(name("loop"), variables).left_out.empty());
  variables.values["a0"] = call("a");
  for (int i = 1; i < 60; ++i) {
    const std::string before = "a" + std::to_string(i - 1);
    variables.values["a" + std::to_string(i)] = both(name(before), name(before));
  }
  const TranslatedSelect translated = translate(name("a59"), variables);
  CHECK_FALSE(translated.left_out.empty());
}

TEST_CASE("what nests deeper than a predicate can is left out") {
  Expression deep = call("a");
  for (int i = 0; i < 150; ++i) deep = either(call("b"), both(call("c"), std::move(deep)));
  CHECK_FALSE(translate(deep).left_out.empty());
}
