#pragma once
// What the infos of an origin's symbols have beside their own values: its name and its facts.

#include <manifest/node.h>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class OriginInfo {
 public:
  OriginInfo() = default;
  // The facts' values live as long as this; null: there are none.
  OriginInfo(std::string_view origin, const Run<Member>* facts);
  OriginInfo(OriginInfo&&) noexcept = default;
  OriginInfo& operator=(OriginInfo&&) noexcept = default;

  // Into `whole`: a symbol's own values, sorted by key, and what its origin adds. False: it has
  // one of its own under such a name, which would say that it is of another origin.
  bool join(const std::vector<const Member*>& own, std::vector<Member>& whole) const;
  // How much text is added to each symbol, about.
  std::size_t size() const { return size_; }

 private:
  void add(const Run<Member>& facts);

  std::deque<std::string> names_;  // what the keys are views of
  std::vector<Member> members_;    // sorted by key
  std::size_t size_ = 0;
};

}  // namespace reg
