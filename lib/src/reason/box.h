#pragma once
// Conditions over facts, as boxes: for every dimension a set of cells. A context lies in one cell
// of every dimension; it meets the condition if it lies in the box.

#include <reason/budget.h>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace reg::reason {

// One bit for each cell, all dimensions behind each other, each beginning with a new word.
using Box = boost::container::small_vector<std::uint64_t, 16>;
using Boxes = std::vector<Box>;

class Layout {
 public:
  static constexpr std::size_t word_bits = 64;

  // Returns the number of the new dimension.
  std::size_t add(std::size_t cells);
  std::size_t dimensions() const { return begins_.size() - 1; }
  std::size_t cells(std::size_t dimension) const { return cells_[dimension]; }

  // What it takes to look at a box, in steps.
  std::size_t cost() const { return 1 + full_.size() / 8; }

  // Every context.
  const Box& full() const { return full_; }
  bool has(const Box& box, std::size_t dimension, std::size_t cell) const;
  // Takes all cells of a dimension away, and adds one.
  void clear(Box& box, std::size_t dimension) const;
  void set(Box& box, std::size_t dimension, std::size_t cell) const;
  // Whether the box asks for nothing in that dimension.
  bool is_free(const Box& box, std::size_t dimension) const;
  std::size_t count(const Box& box, std::size_t dimension) const;
  std::vector<std::size_t> cells_in(const Box& box, std::size_t dimension) const;

  // Whether some context lies in both.
  bool meet(const Box& a, const Box& b) const;
  bool contains(const Box& outer, const Box& inner) const;
  // What lies in both, which meet.
  static Box both(const Box& a, const Box& b);
  // Boxes that have nothing in common, and together what lies in some of `from` but not in `taken`.
  Boxes subtract(Boxes from, const Box& taken, Budget& budget) const;

 private:
  // Appends what lies in `from` but not in `taken`, which meet.
  void subtract(Box from, const Box& taken, Boxes& out) const;
  std::span<const std::uint64_t> words(const Box& box, std::size_t dimension) const {
    return {box.data() + begins_[dimension], begins_[dimension + 1] - begins_[dimension]};
  }

  std::vector<std::size_t> begins_ = {0};  // of each dimension's words; and their end
  std::vector<std::size_t> cells_;
  Box full_;
};

}  // namespace reg::reason
