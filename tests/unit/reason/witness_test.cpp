#include "random_contest.h"

#include <doctest/doctest.h>
#include <reason/analysis.h>
#include <reason/witness.h>
#include <reg/facts.h>

namespace reg::reason {
namespace {

Contest contest_of(std::string select) {
  Contest contest;
  contest.oid = "gemm";
  contest.registry.name = "Kernel";
  Symbol& symbol = contest.symbols.emplace_back();
  symbol.registry = "Kernel";
  symbol.target = "t";
  symbol.select = std::move(select);
  return contest;
}

Context witness_of(std::string select) {
  return Reasoner(contest_of(std::move(select))).applying(0).witness.value();
}

// Whether some context that is made for a box scores what the region says.
bool has_one_that_scores(const CompiledContest& contest, const Space& space, const Region& region,
                         std::size_t symbol) {
  return context_in(region.box, space, Context::object(),
                    [&](const Context& given) {
                      if (!contest.accepts(given)) return false;
                      const double score = reg::test::scores_of(contest.contest(), given)[symbol];
                      return region.score.low <= score && score <= region.score.high;
                    })
      .has_value();
}

}  // namespace

TEST_CASE("a witness gives no fact that need not be given") {
  CHECK(witness_of("~has(debug)") == Context::object());
  CHECK(witness_of("sm >= 80 | debug") == Context({{"sm", 80}}));
  CHECK(witness_of("has(cpu.isa)").at("cpu").contains("isa"));
}

TEST_CASE("a witness is put together of what is asked of one fact") {
  const Json isa = witness_of("'avx2' in isa & 'avx512' in isa").at("isa");
  CHECK(isa.dump().find("avx2") != std::string::npos);
  CHECK(isa.dump().find("avx512") != std::string::npos);
  const Context same = witness_of("device == driver");
  CHECK(same.at("device") == same.at("driver"));
}

TEST_CASE("contexts of a box keep the sample's facts, where those may not change") {
  const CompiledContest contest(contest_of("a == b & c > 1"));
  const Context given = {{"a", 1}, {"b", 2}, {"c", 0}};
  const Sample sample{given, given};
  const Analysis analysis({&contest}, {}, &sample);
  const Space& space = analysis.space();
  const std::vector<FactId> changed = {2};
  REQUIRE(space.tests().keys(2) == std::vector<std::string>{"c"});
  for (const Box& box : analysis.rivals().applying(0)) {
    const auto check = [](const Context& one) {
      CHECK(one.at("a") == 1);
      CHECK(one.at("b") == 2);
      CHECK(one.at("c") > 1);
      return false;
    };
    CHECK_FALSE(context_in(box, space, given, check, changed).has_value());
  }
}

TEST_CASE("for most regions of closed contests, a context is found") {
  std::size_t regions = 0, found = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const CompiledContest contest(reg::test::RandomContest(seed).closed());
    const Analysis analysis({&contest}, {});
    for (std::size_t symbol = 0; symbol < contest.size(); ++symbol) {
      for (const Region& region : analysis.rivals().regions(symbol)) {
        ++regions;
        if (has_one_that_scores(contest, analysis.space(), region, symbol)) ++found;
      }
    }
  }
  MESSAGE("contexts found for " << found << " of " << regions << " regions");
  CHECK(found * 10 >= regions * 9);
}

}  // namespace reg::reason
