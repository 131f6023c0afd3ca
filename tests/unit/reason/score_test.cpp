#include <doctest/doctest.h>
#include <predicate/evaluation.h>
#include <reason/score.h>
#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace reg::reason {
namespace {

constexpr std::size_t contexts = 8;
constexpr std::array<double, 12> numbers = {1,    2,    0.5,   0.1,    0.3,     -1,
                                            -0.1, 1e16, 1e300, -1e300, 1.7e308, 5e-324};

// A score, and what it truly is in some contexts.
struct Known {
  Score score;
  std::array<double, contexts> truth = {};
};

class RandomScores {
 public:
  explicit RandomScores(unsigned seed) : random_(seed) {
    for (std::size_t fact = 0; fact < 3; ++fact) {
      for (double& value : facts_.emplace_back()) value = number();
    }
  }

  Known known(int depth) {
    switch (depth == 0 ? random_() % 2 : random_() % 5) {
      case 0:
        return exact(number());
      case 1:
        return fact(random_() % facts_.size());
      case 2:
        return one_of_two(known(depth - 1), known(depth - 1));
      default:
        return sum(depth - 1);
    }
  }

 private:
  double number() { return numbers[random_() % numbers.size()]; }
  static Known exact(double number) {
    Known out{Score::exact(number)};
    out.truth.fill(number);
    return out;
  }
  Known fact(std::size_t index) {
    const auto& values = facts_[index];
    return {Score::of(terms_.named("fact " + std::to_string(index)),
                      *std::ranges::min_element(values), *std::ranges::max_element(values)),
            values};
  }
  Known sum(int depth) {
    Known out = known(depth);
    const std::size_t more = 1 + random_() % 3;
    for (std::size_t i = 0; i < more; ++i) {
      const Known next = known(depth);
      out.score = plus(out.score, next.score, terms_);
      for (std::size_t context = 0; context < contexts; ++context)
        out.truth[context] += next.truth[context];
    }
    out.score = summed_up(std::move(out.score));
    for (double& value : out.truth) value = ast::finite(value);
    return out;
  }
  Known one_of_two(const Known& a, const Known& b) {
    Known out{either(a.score, b.score, terms_)};
    const bool are_one = out.score.pieces == a.score.pieces;
    for (std::size_t context = 0; context < contexts; ++context)
      out.truth[context] = (are_one || random_() % 2 == 0 ? a : b).truth[context];
    return out;
  }

  std::mt19937 random_;
  Terms terms_;
  std::vector<std::array<double, contexts>> facts_;
};

}  // namespace

TEST_CASE("what scores are said to be, and how they compare, holds for every evaluation") {
  std::size_t decided = 0;
  for (unsigned seed = 0; seed < 2000; ++seed) {
    RandomScores random(seed);
    const Known a = random.known(3), b = random.known(3);
    INFO("seed " << seed);
    for (std::size_t i = 0; i < contexts; ++i) {
      CHECK(a.score.low <= a.truth[i]);
      CHECK(a.truth[i] <= a.score.high);
      if (a.score.is_exact()) CHECK(a.truth[i] == a.score.low);
      if (at_least(a.score, b.score)) CHECK(a.truth[i] >= b.truth[i]);
      if (greater(a.score, b.score)) CHECK(a.truth[i] > b.truth[i]);
      if (same(a.score, b.score)) CHECK(a.truth[i] == b.truth[i]);
      if (!a.score.may_be_zero()) CHECK(a.truth[i] != 0);
    }
    decided += at_least(a.score, b.score) || at_least(b.score, a.score) ? 1U : 0U;
  }
  CHECK(decided > 400);
}

TEST_CASE("sums of the same terms are the same, in that order") {
  Terms terms;
  const Score load = Score::of(terms.named("load"), -1e300, 1e300);
  const Score share = Score::of(terms.named("share"), 0, 1);
  const Score one = plus(load, share, terms), again = plus(load, share, terms);
  CHECK(same(one, again));
  CHECK_FALSE(greater(one, again));
  CHECK_FALSE(same(one, plus(share, load, terms)));
  CHECK(at_least(plus(load, Score::exact(2), terms), plus(load, Score::exact(1), terms)));
  CHECK_FALSE(at_least(plus(load, Score::exact(1), terms), plus(load, Score::exact(2), terms)));
}

TEST_CASE("a term that is fresh is like no other") {
  Terms terms;
  const Score one = zero_or(Score::exact(1), terms), other = zero_or(Score::exact(1), terms);
  CHECK_FALSE(same(one, other));
  CHECK(same(one, one));
  CHECK(one.low == 0);
  CHECK(one.high == 1);
}

TEST_CASE("a sum that is not finite is the greatest number, as it is in an evaluation") {
  Terms terms;
  const Score sum = summed_up(plus(Score::exact(1.7e308), Score::exact(1.7e308), terms));
  CHECK(sum.is_exact());
  CHECK(sum.low == ast::finite(1.7e308 + 1.7e308));
  CHECK(sum.pieces.front().number == sum.low);
}

}  // namespace reg::reason
