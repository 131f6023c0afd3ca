#include <predicate/evaluation.h>
#include <reason/score.h>
#include <algorithm>
#include <bit>

namespace reg::reason {
namespace {

// Adding to both sides the same, or to the greater one the greater, keeps the order, whatever is
// rounded; so sums are compared piece by piece. What one of them does not have is 0.
bool piecewise_at_least(const Score& a, const Score& b) {
  const std::size_t size = std::max(a.pieces.size(), b.pieces.size());
  for (std::size_t i = 0; i < size; ++i) {
    const Piece left = i < a.pieces.size() ? a.pieces[i] : Piece{};
    const Piece right = i < b.pieces.size() ? b.pieces[i] : Piece{};
    if (left.term != right.term || left.number < right.number) return false;
  }
  return true;
}

// A sum as one summand of another.
Piece as_piece(const Score& score, Terms& terms) {
  if (score.pieces.size() == 1) return score.pieces.front();
  std::string name = "sum";
  for (const Piece& piece : score.pieces)
    name += ' ' + std::to_string(piece.term) + ':' +
            std::to_string(std::bit_cast<std::uint64_t>(piece.number));
  return {terms.named(name), 0};
}

}  // namespace

bool at_least(const Score& a, const Score& b) {
  return a.low >= b.high || piecewise_at_least(a, b);
}
bool greater(const Score& a, const Score& b) { return a.low > b.high; }
bool same(const Score& a, const Score& b) { return at_least(a, b) && at_least(b, a); }

Term Terms::named(const std::string& name) {
  const auto [found, is_new] = names_.try_emplace(name, 0);
  if (is_new) found->second = fresh();
  return found->second;
}

Score plus(const Score& sum, const Score& next, Terms& terms) {
  Score out{sum.low + next.low, sum.high + next.high, sum.pieces};
  const Piece piece = as_piece(next, terms);
  if (out.pieces.size() == 1 && out.pieces.front().term == 0 && piece.term == 0) {
    out.pieces.front().number += piece.number;
  } else {
    out.pieces.push_back(piece);
  }
  return out;
}

Score summed_up(Score sum) {
  sum.low = ast::finite(sum.low);
  sum.high = ast::finite(sum.high);
  if (sum.is_exact()) sum.pieces.front().number = ast::finite(sum.pieces.front().number);
  return sum;
}

Score either(const Score& a, const Score& b, Terms& terms) {
  if (a.pieces == b.pieces && a.low == b.low && a.high == b.high) return a;
  return Score::of(terms.fresh(), std::min(a.low, b.low), std::max(a.high, b.high));
}

Score zero_or(const Score& score, Terms& terms) {
  return Score::of(terms.fresh(), std::min(score.low, 0.0), std::max(score.high, 0.0));
}

}  // namespace reg::reason
