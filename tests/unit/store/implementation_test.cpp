#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("a predicate is never empty: one that was moved from is as it was") {
  Predicate first = parse("a == 1");
  const Predicate second = std::move(first);
  CHECK(first == second);               // NOLINT(bugprone-use-after-move)
  CHECK(first.score({{"a", 1}}) == 1);  // NOLINT(bugprone-use-after-move)
  Predicate third = yes();
  third = std::move(first);
  CHECK(first == third);  // NOLINT(bugprone-use-after-move)
  CHECK_FALSE(std::is_default_constructible_v<Predicate>);
}

TEST_CASE("an implementation that was moved from may be assigned to, and has its predicates") {
  Implementation first = symbol("a.X", "x", {.select = parse("a"), .when = parse("b")});
  const Implementation second = std::move(first);
  CHECK(first.predicate == second.predicate);  // NOLINT(bugprone-use-after-move)
  CHECK(first.when == second.when);            // NOLINT(bugprone-use-after-move)
  first = second;
  CHECK(first.symbol == second.symbol);
}
