// What logilab.common's own tests of predicates expect, expected of this library.

#include <doctest/doctest.h>
#include <reg/predicate.h>

using reg::Context;
using reg::objectify_predicate;
using reg::Predicate;
using reg::yes;

namespace {

Predicate always(double score) {
  return objectify_predicate("always", [score](const Context&) { return score; });
}

const Predicate zero = always(0), one = always(1), two = always(2);

double score(const Predicate& predicate) { return predicate.score(Context::object()); }

}  // namespace

TEST_CASE("logilab: and adds the scores of its operands") {
  CHECK(score(one & one) == 2);
  CHECK(score(one & two) == 3);
  CHECK(score(one & one & one) == 3);
}

TEST_CASE("logilab: and is 0 as soon as an operand is") {
  CHECK(score(zero & one) == 0);
  CHECK(score(one & zero) == 0);
  CHECK(score(one & zero & one) == 0);
  CHECK(score(zero & zero) == 0);
}

TEST_CASE("logilab: and does not ask what follows a 0") {
  int asked = 0;
  Predicate counting =
      objectify_predicate("counting", [&asked](const Context&) { return ++asked; });
  CHECK(score(zero & counting) == 0);
  CHECK(asked == 0);
}

TEST_CASE("logilab: or is the first score that is not 0, not the largest") {
  CHECK(score(one | one) == 1);
  CHECK(score(one | two) == 1);
  CHECK(score(two | one) == 2);
  CHECK(score(zero | one) == 1);
  CHECK(score(zero | zero | two) == 2);
}

TEST_CASE("logilab: or is 0 if all operands are") {
  CHECK(score(zero | zero) == 0);
  CHECK(score(zero | zero | zero) == 0);
}

TEST_CASE("logilab: or does not ask what follows a score") {
  int asked = 0;
  Predicate counting =
      objectify_predicate("counting", [&asked](const Context&) { return ++asked; });
  CHECK(score(one | counting) == 1);
  CHECK(asked == 0);
}

TEST_CASE("logilab: not is 1 for 0, and 0 for any other score") {
  CHECK(score(~zero) == 1);
  CHECK(score(~one) == 0);
  CHECK(score(~two) == 0);
  CHECK(score(~(one & zero)) == 1);
  CHECK(score(~~two) == 1);
}

TEST_CASE("logilab: ands of ands have all operands side by side") {
  Predicate all = (one & one) & (one & one);
  CHECK(all.selectors().size() == 4);
  CHECK(score(all) == 4);
  CHECK(((one & one) & (one & zero)).selectors().size() == 4);
  CHECK(score((one & one) & (one & zero)) == 0);
}

TEST_CASE("logilab: ors of ors have all operands side by side") {
  Predicate any = (zero | one) | (two | one);
  CHECK(any.selectors().size() == 4);
  CHECK(score(any) == 1);
}

TEST_CASE("logilab: and and or stay apart when they are mixed") {
  Predicate mixed = (one & one) | (two & two);
  CHECK(mixed.selectors().size() == 2);
  CHECK(score(mixed) == 2);
  CHECK(score((one & zero) | (one & two)) == 3);
  CHECK(score((zero | one) & (zero | two)) == 3);
}

TEST_CASE("logilab: in-place and makes a longer and of what was there") {
  Predicate all = one;
  all &= one;
  CHECK(score(all) == 2);
  all &= two;
  CHECK(score(all) == 4);
  CHECK(all.selectors().size() == 3);
  all &= zero;
  CHECK(score(all) == 0);
}

TEST_CASE("logilab: in-place or makes a longer or of what was there") {
  Predicate any = zero;
  any |= zero;
  CHECK(score(any) == 0);
  any |= two;
  CHECK(score(any) == 2);
  CHECK(any.selectors().size() == 3);
}

TEST_CASE("logilab: in-place operators leave the operands as they were") {
  Predicate all = one;
  Predicate before = all;
  all &= two;
  CHECK(before == one);
  CHECK(score(before) == 1);
}

TEST_CASE("logilab: yes is 0.5, or the score that it is given") {
  CHECK(score(yes()) == 0.5);
  CHECK(score(yes(3)) == 3);
  CHECK(score(yes(0)) == 0);
  CHECK(score(one & yes()) == 1.5);
}

TEST_CASE("logilab: objectify_predicate makes a predicate of any callable") {
  Predicate of_context = objectify_predicate(
      "ready", [](const Context& context) { return context.contains("ready"); });
  CHECK(of_context.score({{"ready", nullptr}}) == 1);
  CHECK(of_context.score(Context::object()) == 0);
  Predicate of_both =
      objectify_predicate("same", [](const reg::Json& self, const Context& context) {
        return self.at("kind") == context.at("kind") ? 2 : 0;
      });
  CHECK(of_both.score({{"kind", "a"}}, {{"kind", "a"}}) == 2);
}

TEST_CASE("logilab: search_selector finds a part by what it is, itself included") {
  Predicate all = one & zero;
  auto is = [](const Predicate& sought) {
    return [sought](const Predicate& part) { return part == sought; };
  };
  CHECK(one.search_selector(is(one)) == one);
  CHECK(all.search_selector(is(one)) == one);
  CHECK(all.search_selector(is(zero)) == zero);
  CHECK(all.search_selector(is(all)) == all);
  CHECK(((two | all) & one).search_selector(is(all)) == all);
}

TEST_CASE("logilab: search_selector finds nothing where there is none") {
  auto is_two = [](const Predicate& part) { return part == two; };
  CHECK_FALSE((one & zero).search_selector(is_two).has_value());
  CHECK_FALSE(one.search_selector(is_two).has_value());
}
