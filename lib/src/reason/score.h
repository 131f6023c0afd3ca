#pragma once
// Scores of which not all is known: bounds, and of what they are the sum.

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>

namespace reg::reason {

// The bounds of scores that are not 0: the greatest there is, and the least above 0.
inline constexpr double most = std::numeric_limits<double>::max();
inline constexpr double least_positive = std::numeric_limits<double>::denorm_min();

// A number that facts give, or that is not looked into. The same term has the same value wherever
// it stands, for one context.
using Term = std::uint32_t;

// A summand: a number, or a term.
struct Piece {
  Term term = 0;  // 0: the number
  double number = 0;
  friend bool operator==(const Piece&, const Piece&) = default;
};

// The sum of pieces, added up from the left as an evaluation does, so that whatever is rounded, it
// is rounded alike. Never 0, if it is exact.
struct Score {
  double low = 0, high = 0;
  boost::container::small_vector<Piece, 1> pieces = {};

  static Score exact(double number) { return {number, number, {{0, number}}}; }
  static Score of(Term term, double low, double high) { return {low, high, {{term, 0}}}; }

  bool is_exact() const { return pieces.size() == 1 && pieces.front().term == 0; }
  bool may_be_zero() const { return low <= 0 && high >= 0; }
};

// Whether the one is surely at least the other, or surely greater, or the same: for every context.
bool at_least(const Score& a, const Score& b);
bool greater(const Score& a, const Score& b);
bool same(const Score& a, const Score& b);

// Names terms.
class Terms {
 public:
  // One that is like no other.
  Term fresh() { return ++last_; }
  // The one of that name.
  Term named(const std::string& name);

 private:
  Term last_ = 0;
  std::unordered_map<std::string, Term> names_;
};

// A sum with one more summand, and what it is in the end: sums that are not finite are the greatest
// number.
Score plus(const Score& sum, const Score& next, Terms& terms);
Score summed_up(Score sum);
// Either of two scores, or what lies between them.
Score either(const Score& a, const Score& b, Terms& terms);
// A score of which nothing but its bounds is known, 0 among them.
Score zero_or(const Score& score, Terms& terms);

}  // namespace reg::reason
