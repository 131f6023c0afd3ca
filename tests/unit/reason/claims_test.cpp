#include <doctest/doctest.h>
#include <reg/reasoning.h>

namespace reg {
namespace {

using Names = std::vector<std::string>;

Contest contest_of(const std::vector<std::string>& selects, Context base) {
  Contest contest;
  contest.oid = "gemm";
  contest.registry.name = "Kernel";
  contest.base = std::move(base);
  for (const std::string& select : selects) {
    Symbol& symbol = contest.symbols.emplace_back();
    symbol.registry = "Kernel";
    symbol.target = "t" + std::to_string(contest.symbols.size());
    symbol.select = select;
  }
  return contest;
}

}  // namespace

TEST_CASE("a claim names the facts of the base context that it rests on") {
  const Reasoner reasoner(contest_of({"has(device) & x == 1", "~has(device)", "has(device)"},
                                     {{"device", "cpu"}, {"x", 1}}));
  const Applying never = reasoner.applying(1), always = reasoner.applying(2);
  CHECK(never.verdict == Verdict::Never);
  CHECK(never.rests_on == Names{"device"});
  CHECK(always.verdict == Verdict::Always);
  CHECK(always.rests_on == Names{"device"});
  CHECK(reasoner.applying(0).verdict == Verdict::Sometimes);
  CHECK(reasoner.applying(0).rests_on.empty());
}

TEST_CASE("a claim that holds without the base context rests on nothing") {
  const Reasoner reasoner(contest_of({"sm > 1 & sm < 0", "sm >= 80", "sm >= 90"}, {{"sm", 80}}));
  CHECK(reasoner.applying(0).verdict == Verdict::Never);
  CHECK(reasoner.applying(0).rests_on.empty());
  CHECK(reasoner.winning(2).verdict == Verdict::Never);
  CHECK(reasoner.winning(2).rests_on.empty());
}

TEST_CASE("a claim to which each of several facts suffices rests on one of them") {
  const Reasoner reasoner(contest_of({"~has(a) & ~has(b)"}, {{"a", 1}, {"b", 1}, {"c", 1}}));
  const Applying never = reasoner.applying(0);
  CHECK(never.verdict == Verdict::Never);
  CHECK(never.rests_on == Names{"b"});
}

TEST_CASE("losing rests on the fact by which the winner applies") {
  const Reasoner reasoner(contest_of({"has(device) & yes(2)", "sm >= 80"}, {{"device", "cpu"}}));
  const Winning never = reasoner.winning(1);
  CHECK(never.verdict == Verdict::Never);
  CHECK(never.beaten_by == std::vector<std::size_t>{0});
  CHECK_FALSE(never.by_order);
  CHECK(never.rests_on == Names{"device"});
}

}  // namespace reg
