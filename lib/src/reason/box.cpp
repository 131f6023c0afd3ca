#include <reason/box.h>
#include <algorithm>
#include <bit>
#include <utility>

namespace reg::reason {

std::size_t Layout::add(std::size_t cells) {
  cells_.push_back(cells);
  for (std::size_t left = cells; left > 0; left -= std::min(left, word_bits)) {
    full_.push_back(left >= word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1);
  }
  begins_.push_back(full_.size());
  return cells_.size() - 1;
}

bool Layout::has(const Box& box, std::size_t dimension, std::size_t cell) const {
  return (box[begins_[dimension] + cell / word_bits] >> (cell % word_bits) & 1) != 0;
}

void Layout::clear(Box& box, std::size_t dimension) const {
  std::fill(box.begin() + static_cast<std::ptrdiff_t>(begins_[dimension]),
            box.begin() + static_cast<std::ptrdiff_t>(begins_[dimension + 1]), 0);
}

void Layout::set(Box& box, std::size_t dimension, std::size_t cell) const {
  box[begins_[dimension] + cell / word_bits] |= std::uint64_t{1} << (cell % word_bits);
}

bool Layout::is_free(const Box& box, std::size_t dimension) const {
  return std::ranges::equal(words(box, dimension), words(full_, dimension));
}

std::size_t Layout::count(const Box& box, std::size_t dimension) const {
  std::size_t count = 0;
  for (const std::uint64_t word : words(box, dimension))
    count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

std::vector<std::size_t> Layout::cells_in(const Box& box, std::size_t dimension) const {
  std::vector<std::size_t> cells;
  for (std::size_t cell = 0; cell < cells_[dimension]; ++cell) {
    if (has(box, dimension, cell)) cells.push_back(cell);
  }
  return cells;
}

bool Layout::meet(const Box& a, const Box& b) const {
  for (std::size_t dimension = 0; dimension + 1 < begins_.size(); ++dimension) {
    std::uint64_t common = 0;
    for (std::size_t i = begins_[dimension]; i < begins_[dimension + 1]; ++i) common |= a[i] & b[i];
    if (common == 0) return false;
  }
  return true;
}

bool Layout::contains(const Box& outer, const Box& inner) const {
  return std::equal(outer.begin(), outer.end(), inner.begin(), inner.end(),
                    [](std::uint64_t a, std::uint64_t b) { return (b & ~a) == 0; });
}

Box Layout::both(const Box& a, const Box& b) {
  Box common = a;
  for (std::size_t i = 0; i < common.size(); ++i) common[i] &= b[i];
  return common;
}

// What is left differs from `taken` in the first dimension, or is like it there and differs in the
// second, and so on.
void Layout::subtract(Box from, const Box& taken, Boxes& out) const {
  for (std::size_t dimension = 0; dimension + 1 < begins_.size(); ++dimension) {
    std::uint64_t left = 0;
    for (std::size_t i = begins_[dimension]; i < begins_[dimension + 1]; ++i)
      left |= from[i] & ~taken[i];
    if (left == 0) continue;
    Box& part = out.emplace_back(from);
    for (std::size_t i = begins_[dimension]; i < begins_[dimension + 1]; ++i) {
      part[i] &= ~taken[i];
      from[i] &= taken[i];
    }
  }
}

Boxes Layout::subtract(Boxes from, const Box& taken, Budget& budget) const {
  if (std::ranges::none_of(from, [&](const Box& box) { return meet(box, taken); })) {
    budget.allows(from.size(), from.size() * cost());
    return from;
  }
  Boxes left;
  left.reserve(from.size());
  for (Box& box : from) {
    if (!budget.allows(left.size(), cost())) break;
    if (meet(box, taken)) {
      subtract(std::move(box), taken, left);
    } else {
      left.push_back(std::move(box));
    }
  }
  return left;
}

}  // namespace reg::reason
