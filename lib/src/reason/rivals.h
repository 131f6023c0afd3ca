#pragma once
// Who wins where, among the implementations of one oid.

#include <reason/regions.h>
#include <cstddef>
#include <optional>
#include <vector>

namespace reg::reason {

// Where some implementation is not beaten, and by whom it is elsewhere.
struct Unbeaten {
  Boxes boxes;
  std::vector<std::size_t> beaten_by;  // ascending
};

// Some who together beat an implementation wherever it applies.
struct Beaten {
  std::vector<std::size_t> by;
  bool by_order = false;  // some of them only share its score, and stand before it
};

// The least box around all that an implementation scores for, and the least and greatest score.
// Those of implementations that always tie are the same.
struct Extent {
  std::vector<std::uint64_t> around;
  double low = 0, high = 0;
  friend auto operator<=>(const Extent&, const Extent&) = default;
};

// The implementations in registration order; of one without regions, nothing is known.
class Rivals {
 public:
  Rivals(const Layout& layout, std::vector<std::optional<Regions>> regions,
         std::vector<std::size_t> pinned = {})
      : layout_(layout), regions_(std::move(regions)), pinned_(std::move(pinned)) {}

  std::size_t size() const { return regions_.size(); }
  bool is_known(std::size_t index) const { return regions_[index].has_value(); }
  const Regions& regions(std::size_t index) const { return *regions_[index]; }

  // Whether it may apply, and where.
  bool may_apply(std::size_t index) const;
  Boxes applying(std::size_t index) const;
  // Whether it surely applies to every context.
  bool surely_applies(std::size_t index, Budget& budget) const;
  // Within a box: where it may apply, and is not surely beaten. What is not known beats nobody.
  Unbeaten unbeaten(std::size_t index, const Box& within, Budget& budget) const;
  // Within a box: where it surely applies, and surely nobody beats it. Where the budget ends early,
  // it may be beaten there.
  Boxes surely_wins(std::size_t index, const Box& within, Budget& budget) const;
  // Of those who together beat it wherever it applies, as few as are found.
  Beaten beaten(std::size_t index, std::vector<std::size_t> by, Budget& budget) const;
  // Whether it is beaten by nobody wherever it applies.
  bool is_never_beaten(std::size_t index, Budget& budget) const;
  // Where, within the box, it is not sure that any applies.
  Boxes perhaps_none(const Box& within, Budget& budget) const;
  Extent extent(std::size_t index) const;
  // Whether two have the same score for every context, and apply to some.
  bool always_tie(std::size_t a, std::size_t b, Budget& budget) const;

 private:
  bool is_pinned(std::size_t index) const;
  // Whether `other`, where it has a region, surely beats `index` in its region, or may.
  bool surely_beats(std::size_t other, const Score& others, std::size_t index,
                    const Score& score) const;
  bool may_beat(std::size_t other, const Score& others, std::size_t index,
                const Score& score) const;
  // Takes away where `other` beats a region of `index`.
  enum class Take : std::uint8_t { Nothing, Greater, SomeByOrder };
  Take take_beaten(std::size_t other, std::size_t index, const Score& score, Boxes& boxes,
                   Budget& budget) const;
  // Whether they have the same score wherever both have one, and meet.
  bool meet_as_equals(std::size_t a, std::size_t b, Budget& budget) const;
  std::optional<Beaten> beaten_by_all(const std::vector<std::size_t>& others, std::size_t index,
                                      Budget& budget) const;

  const Layout& layout_;
  std::vector<std::optional<Regions>> regions_;
  std::vector<std::size_t> pinned_;  // these win wherever they apply; among them, the best
};

}  // namespace reg::reason
