#include <reason/rivals.h>
#include <algorithm>

namespace reg::reason {

bool Rivals::is_pinned(std::size_t index) const {
  return std::ranges::find(pinned_, index) != pinned_.end();
}

bool Rivals::surely_beats(std::size_t other, const Score& others, std::size_t index,
                          const Score& score) const {
  if (is_pinned(index) != is_pinned(other)) return is_pinned(other) && others.low > 0;
  return other < index ? at_least(others, score) : greater(others, score);
}

bool Rivals::may_beat(std::size_t other, const Score& others, std::size_t index,
                      const Score& score) const {
  if (others.high <= 0) return false;
  if (is_pinned(index) != is_pinned(other)) return is_pinned(other);
  return other < index ? !greater(score, others) : !at_least(score, others);
}

bool Rivals::may_apply(std::size_t index) const {
  return std::ranges::any_of(regions(index), [](const Region& one) { return one.score.high > 0; });
}

Boxes Rivals::applying(std::size_t index) const {
  Boxes boxes;
  for (const Region& region : regions(index)) {
    if (region.score.high > 0) boxes.push_back(region.box);
  }
  return boxes;
}

bool Rivals::surely_applies(std::size_t index, Budget& budget) const {
  Regions positive;
  for (const Region& region : regions(index)) {
    if (region.score.low > 0) positive.push_back(region);
  }
  return without({layout_.full()}, positive, layout_, budget).empty();
}

Rivals::Take Rivals::take_beaten(std::size_t other, std::size_t index, const Score& score,
                                 Boxes& boxes, Budget& budget) const {
  Take take = Take::Nothing;
  for (const Region& region : *regions_[other]) {
    if (!surely_beats(other, region.score, index, score)) continue;
    const auto meets = [&](const Box& box) { return layout_.meet(box, region.box); };
    if (std::ranges::none_of(boxes, meets)) continue;
    take = std::max(take, greater(region.score, score) ? Take::Greater : Take::SomeByOrder);
    boxes = layout_.subtract(std::move(boxes), region.box, budget);
  }
  return take;
}

Unbeaten Rivals::unbeaten(std::size_t index, const Box& within, Budget& budget) const {
  Unbeaten out;
  std::vector<char> beats(size());
  for (const Region& region : regions(index)) {
    if (!(region.score.high > 0) || !layout_.meet(region.box, within)) continue;
    Boxes boxes = {Layout::both(region.box, within)};
    for (std::size_t other = 0; other < size() && !boxes.empty(); ++other) {
      if (other == index || !is_known(other)) continue;
      if (take_beaten(other, index, region.score, boxes, budget) != Take::Nothing) beats[other] = 1;
    }
    std::ranges::move(boxes, std::back_inserter(out.boxes));
  }
  for (std::size_t other = 0; other < size(); ++other) {
    if (beats[other] != 0) out.beaten_by.push_back(other);
  }
  return out;
}

Boxes Rivals::surely_wins(std::size_t index, const Box& within, Budget& budget) const {
  Boxes out;
  for (const Region& own : regions(index)) {
    if (!(own.score.low > 0) || !layout_.meet(own.box, within)) continue;
    Boxes boxes = {Layout::both(own.box, within)};
    for (std::size_t other = 0; other < size(); ++other) {
      if (other == index) continue;
      if (!is_known(other)) return {};
      for (const Region& theirs : regions(other)) {
        if (may_beat(other, theirs.score, index, own.score))
          boxes = layout_.subtract(std::move(boxes), theirs.box, budget);
      }
    }
    std::ranges::move(boxes, std::back_inserter(out));
  }
  return out;
}

// nullopt: not everywhere.
std::optional<Beaten> Rivals::beaten_by_all(const std::vector<std::size_t>& others,
                                            std::size_t index, Budget& budget) const {
  Beaten out{others};
  for (const Region& region : regions(index)) {
    if (!(region.score.high > 0)) continue;
    Boxes boxes = {region.box};
    for (const std::size_t other : others) {
      if (take_beaten(other, index, region.score, boxes, budget) == Take::SomeByOrder)
        out.by_order = true;
    }
    if (!boxes.empty() || budget.spent()) return std::nullopt;
  }
  return out;
}

Beaten Rivals::beaten(std::size_t index, std::vector<std::size_t> by, Budget& budget) const {
  for (const std::size_t one : by) {
    if (auto found = beaten_by_all({one}, index, budget)) return *found;
  }
  for (std::size_t i = by.size(); i > 0; --i) {
    std::vector<std::size_t> fewer = by;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i - 1));
    if (beaten_by_all(fewer, index, budget)) by = std::move(fewer);
  }
  return beaten_by_all(by, index, budget).value_or(Beaten{by, true});
}

bool Rivals::is_never_beaten(std::size_t index, Budget& budget) const {
  for (std::size_t other = 0; other < size(); ++other) {
    if (other == index) continue;
    if (!is_known(other)) return false;
    for (const Region& theirs : *regions_[other]) {
      for (const Region& own : regions(index)) {
        if (!budget.allows(0, layout_.cost())) return false;
        if (own.score.high > 0 && may_beat(other, theirs.score, index, own.score) &&
            layout_.meet(own.box, theirs.box)) {
          return false;
        }
      }
    }
  }
  return true;
}

Extent Rivals::extent(std::size_t index) const {
  Extent extent;
  for (const Region& region : regions(index)) {
    if (extent.around.empty())
      extent = {{region.box.begin(), region.box.end()}, region.score.low, region.score.high};
    for (std::size_t i = 0; i < region.box.size(); ++i) extent.around[i] |= region.box[i];
    extent.low = std::min(extent.low, region.score.low);
    extent.high = std::max(extent.high, region.score.high);
  }
  return extent;
}

Boxes Rivals::perhaps_none(const Box& within, Budget& budget) const {
  Boxes boxes = {within};
  for (const std::optional<Regions>& one : regions_) {
    if (!one) continue;
    for (const Region& region : *one) {
      if (region.score.low > 0) boxes = layout_.subtract(std::move(boxes), region.box, budget);
    }
  }
  return boxes;
}

bool Rivals::meet_as_equals(std::size_t a, std::size_t b, Budget& budget) const {
  bool meet = false;
  for (const Region& one : regions(a)) {
    for (const Region& other : regions(b)) {
      if (!budget.allows(0, layout_.cost())) return false;
      if (!layout_.meet(one.box, other.box)) continue;
      if (!same(one.score, other.score)) return false;
      meet = true;
    }
  }
  return meet;
}

bool Rivals::always_tie(std::size_t a, std::size_t b, Budget& budget) const {
  if (!meet_as_equals(a, b, budget)) return false;
  Boxes only_a, only_b;
  for (const Region& one : regions(a)) only_a.push_back(one.box);
  for (const Region& one : regions(b)) only_b.push_back(one.box);
  return without(std::move(only_a), regions(b), layout_, budget).empty() &&
         without(std::move(only_b), regions(a), layout_, budget).empty() && !budget.spent();
}

}  // namespace reg::reason
