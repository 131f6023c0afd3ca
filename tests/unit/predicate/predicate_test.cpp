// Predicates as values: what logilab's have, and what is read off their trees.

#include <doctest/doctest.h>
#include <reg/predicate.h>

namespace reg {
namespace {

Predicate parse(const std::string& text) { return Predicate::parse(text); }

// logilab's own examples: `_1_` scores 1, `_0_` scores 0.
Predicate constant(const std::string& name, int score) {
  return objectify_predicate(name, [score](const Context&) { return score; });
}

TEST_CASE("joining predicates with & adds their scores, unless one is 0") {
  Predicate one = constant("one", 1), zero = constant("zero", 0);
  CHECK((one & one).score({}) == 2);
  CHECK((one & zero).score({}) == 0);
  CHECK((zero & one).score({}) == 0);
  CHECK((one & yes(3) & one).score({}) == 5);
}

TEST_CASE("joining predicates with | gives the first score that is not 0") {
  Predicate one = constant("one", 1), zero = constant("zero", 0);
  CHECK((one | zero).score({}) == 1);
  CHECK((zero | yes(4) | one).score({}) == 4);
  CHECK((zero | zero).score({}) == 0);
}

TEST_CASE("~ gives 1 for 0, and 0 for anything else") {
  CHECK((~constant("zero", 0)).score({}) == 1);
  CHECK((~constant("two", 2)).score({}) == 0);
}

TEST_CASE(
    "the parts behind the first 0 of a conjunction and the first match of a disjunction are not "
    "evaluated") {
  int calls = 0;
  Predicate counting =
      objectify_predicate("counting", [&calls](const Context&) { return ++calls; });
  CHECK((constant("zero", 0) & counting).score({}) == 0);
  CHECK((constant("one", 1) | counting).score({}) == 1);
  CHECK(calls == 0);
  CHECK((constant("one", 1) & counting).score({}) == 2);
  CHECK(calls == 1);
}

TEST_CASE("conjunctions of conjunctions are one, and so are disjunctions") {
  Predicate a = parse("a"), b = parse("b"), c = parse("c"), d = parse("d");
  CHECK(((a & b) & (c & d)).selectors() == std::vector{a, b, c, d});
  CHECK((a & (b & (c & d))).selectors() == std::vector{a, b, c, d});
  CHECK(((a | b) | (c | d)).selectors() == std::vector{a, b, c, d});
  CHECK(((a & b) | (c & d)).selectors() == std::vector{a & b, c & d});
  CHECK(parse("(a & b) & (c & d)") == ((a & b) & (c & d)));
}

TEST_CASE("the selectors of what is neither a conjunction nor a disjunction are itself") {
  CHECK(parse("a == 1").selectors() == std::vector{parse("a == 1")});
  CHECK(parse("~(a & b)").selectors() == std::vector{parse("~(a & b)")});
}

TEST_CASE("&= and |= change only the one that they are applied to") {
  Predicate predicate = parse("a"), copy = predicate;
  predicate &= parse("b");
  CHECK(predicate == parse("a & b"));
  predicate &= parse("c");
  CHECK(predicate == parse("a & b & c"));
  predicate |= parse("d");
  CHECK(predicate == parse("a & b & c | d"));
  CHECK(copy == parse("a"));
}

TEST_CASE("search_selector asks the parts before the whole, as logilab's does") {
  Predicate whole = parse("a & (b == 1 | ~c) & yes(2)");
  auto search = [&whole](const std::string& wanted) {
    return whole.search_selector(
        [&wanted](const Predicate& part) { return part.to_string() == wanted; });
  };
  CHECK(search("b == 1") == parse("b == 1"));
  CHECK(search("c") == parse("c"));
  CHECK(search(whole.to_string()) == whole);
  CHECK(search("d") == std::nullopt);
  std::vector<std::string> seen;
  (void)whole.search_selector([&seen](const Predicate& part) {
    seen.push_back(part.to_string());
    return false;
  });
  CHECK(seen == std::vector<std::string>{"a", "b == 1", "c", "~c", "b == 1 | ~c", "yes(2)",
                                         whole.to_string()});
  auto is_or = [](const Predicate& part) { return part.kind() == PredicateKind::Or; };
  CHECK(parse("(a | b) & c").search_selector(is_or) == parse("a | b"));
  CHECK(parse("a | ~(b | c)").search_selector(is_or) == parse("b | c"));
  CHECK(parse("a & b").search_selector(is_or) == std::nullopt);
}

TEST_CASE("a predicate is an and, an or, a not, or an atom") {
  CHECK(parse("a & (b | c)").kind() == PredicateKind::And);
  CHECK(parse("a & b | c").kind() == PredicateKind::Or);
  CHECK(parse("~(a & b)").kind() == PredicateKind::Not);
  for (const char* atom : {"a", "a == 1", "has(a)", "yes(2)", "gpu(1)", "(a)", "~~a == 1"}) {
    CAPTURE(atom);
    CHECK((parse(atom).kind() == PredicateKind::Atom) == (atom[0] != '~'));
  }
  CHECK(constant("f", 1).kind() == PredicateKind::Atom);
}

TEST_CASE("search_selector finds a C++ callable by identity") {
  Predicate wanted = constant("f", 1), namesake = constant("f", 1);
  Predicate whole = namesake & (parse("a") | wanted);
  CHECK(whole.search_selector([&](const Predicate& part) { return part == wanted; }) == wanted);
  CHECK_FALSE(wanted == namesake);
  CHECK_FALSE(parse("f()") == wanted);
}

TEST_CASE("yes is 0.5 unless a score is given, and equals the parsed one") {
  CHECK(yes().score({}) == 0.5);
  CHECK(yes() == parse("yes()"));
  CHECK(yes(3) == parse("yes(3)"));
  CHECK(yes(2.5) == parse("yes(2.5)"));
  CHECK(yes(-1e300).to_string() == "yes(-1e+300)");
  CHECK((parse("device == 'cuda' & sm >= 80") & yes(3)).to_string() ==
        "device == \"cuda\" & sm >= 80 & yes(3)");
}

TEST_CASE("equality is that of the trees, whatever the text looked like") {
  CHECK(parse("( a )&'x'==b") == parse("a & \"x\" == b"));
  CHECK_FALSE(parse("a & b") == parse("b & a"));
  CHECK_FALSE(parse("a == 1") == parse("a == 1.0"));
  CHECK_FALSE(parse("a == v1") == parse("a == 'v1'"));
  CHECK_FALSE(parse("f(a)") == parse("f(b)"));
  CHECK_FALSE(parse("a") == parse("self.a"));
  CHECK(parse("x & f(a)").selectors()[1] == parse("f(a)"));  // where a call stands is no part of it
}

TEST_CASE("calls are listed with their names, numbers of arguments and offsets") {
  auto calls = parse("gpu() & (has(a) | ~at_least(1, b)) & yes()").calls();
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].name == "gpu");
  CHECK(calls[0].arguments == 0);
  CHECK(calls[0].offset == 0);
  CHECK(calls[1].name == "at_least");
  CHECK(calls[1].arguments == 2);
  CHECK(calls[1].offset == 19);
}

TEST_CASE("facts are the context's paths, sorted, each once") {
  Predicate predicate = parse("b.c & a == self.x | has(d) & ~(yes(e) & f(g, 'h', [1])) | a in b.c");
  CHECK(predicate.facts() == std::vector<std::string>{"a", "b.c", "d", "e", "g"});
  CHECK(parse("self.x == 1 | yes()").facts().empty());
}

TEST_CASE("facts are printed so that they parse again") {
  Predicate predicate = parse("`a.b`.c & `max-batch` | `self`.x & `true` & a.`in` & `v2` & `x`");
  CHECK(predicate.facts() == std::vector<std::string>{"`a.b`.c", "`max-batch`", "`self`.x",
                                                      "`true`", "`v2`", "a.in", "x"});
  for (const std::string& fact : predicate.facts()) CHECK(parse(fact).facts().front() == fact);
}

}  // namespace
}  // namespace reg
