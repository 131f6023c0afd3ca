#include <doctest/doctest.h>
#include <reason/box.h>
#include <random>
#include <set>

namespace reg::reason {
namespace {

using Point = std::vector<std::size_t>;  // a cell of every dimension

// Dimensions of one word and of more than one.
Layout layout() {
  Layout out;
  for (const std::size_t cells : {3U, 64U, 2U, 70U, 1U}) out.add(cells);
  return out;
}

bool lies_in(const Point& point, const Box& box, const Layout& layout) {
  for (std::size_t dimension = 0; dimension < layout.dimensions(); ++dimension) {
    if (!layout.has(box, dimension, point[dimension])) return false;
  }
  return true;
}

class RandomBoxes {
 public:
  RandomBoxes(const Layout& layout, unsigned seed) : layout_(layout), random_(seed) {}

  Box box() {
    Box box = layout_.full();
    for (std::size_t dimension = 0; dimension < layout_.dimensions(); ++dimension) {
      if (random_() % 2 == 0) continue;
      layout_.clear(box, dimension);
      layout_.set(box, dimension, cell(dimension));
      for (std::size_t i = 0; i < layout_.cells(dimension); ++i) {
        if (random_() % 2 == 0) layout_.set(box, dimension, i);
      }
    }
    return box;
  }
  Point point() {
    Point point;
    for (std::size_t dimension = 0; dimension < layout_.dimensions(); ++dimension)
      point.push_back(cell(dimension));
    return point;
  }

 private:
  std::size_t cell(std::size_t dimension) { return random_() % layout_.cells(dimension); }

  const Layout& layout_;
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a layout tells the cells of a box") {
  const Layout of = layout();
  CHECK(of.dimensions() == 5);
  Box box = of.full();
  CHECK(of.is_free(box, 3));
  CHECK(of.count(box, 3) == 70);
  of.clear(box, 3);
  CHECK(of.count(box, 3) == 0);
  of.set(box, 3, 2);
  of.set(box, 3, 69);
  CHECK(of.cells_in(box, 3) == std::vector<std::size_t>{2, 69});
  CHECK(of.has(box, 3, 69));
  CHECK_FALSE(of.has(box, 3, 68));
  CHECK_FALSE(of.is_free(box, 3));
  CHECK(of.is_free(box, 1));
}

TEST_CASE("two boxes have in common what lies in both") {
  const Layout of = layout();
  for (unsigned seed = 0; seed < 100; ++seed) {
    RandomBoxes random(of, seed);
    const Box a = random.box(), b = random.box();
    CHECK(of.contains(of.full(), a));
    CHECK(of.meet(a, b) == of.meet(b, a));
    if (of.meet(a, b)) CHECK(of.contains(a, Layout::both(a, b)));
    for (int i = 0; i < 100; ++i) {
      const Point point = random.point();
      const bool in_a = lies_in(point, a, of), in_b = lies_in(point, b, of);
      CHECK(lies_in(point, Layout::both(a, b), of) == (in_a && in_b));
      if (in_a && in_b) CHECK(of.meet(a, b));
      if (of.contains(a, b) && in_b) CHECK(in_a);
    }
  }
}

TEST_CASE("what is left of a box without another are boxes without anything in common") {
  const Layout of = layout();
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomBoxes random(of, seed);
    const Box from = random.box(), first = random.box(), second = random.box();
    Budget budget{ReasoningLimits{}};
    const Boxes left = of.subtract(of.subtract({from}, first, budget), second, budget);
    for (std::size_t i = 0; i < left.size(); ++i) {
      CHECK(of.meet(left[i], left[i]));
      for (std::size_t j = i + 1; j < left.size(); ++j) CHECK_FALSE(of.meet(left[i], left[j]));
    }
    for (int i = 0; i < 100; ++i) {
      const Point point = random.point();
      std::size_t in = 0;
      for (const Box& box : left) in += lies_in(point, box, of) ? 1U : 0U;
      const bool is_left =
          lies_in(point, from, of) && !lies_in(point, first, of) && !lies_in(point, second, of);
      CHECK(in == (is_left ? 1 : 0));
    }
  }
}

TEST_CASE("a box without itself, or without all, is nothing") {
  const Layout of = layout();
  const Box box = RandomBoxes(of, 1).box();
  Budget budget{ReasoningLimits{}};
  CHECK(of.subtract({box}, box, budget).empty());
  CHECK(of.subtract({box}, of.full(), budget).empty());
}

TEST_CASE("what takes more boxes or steps than are allowed spends the budget") {
  const Layout of = layout();
  RandomBoxes random(of, 2);
  const Box taken = random.box();
  Budget steps{{.boxes = 100, .steps = 2}};
  Boxes none = of.subtract({of.full(), of.full()}, taken, steps);
  CHECK_FALSE(steps.spent());
  none = of.subtract({of.full()}, taken, steps);
  CHECK(steps.spent());
  Budget boxes{{.boxes = 1, .steps = 100}};
  CHECK(boxes.allows(1));
  CHECK_FALSE(boxes.allows(2));
  CHECK_FALSE(boxes.allows(1));
}

}  // namespace reg::reason
