#pragma once
// What the infos of an origin's symbols have beside their own values: its name and its facts.

#include <manifest/node.h>
#include <deque>
#include <functional>
#include <map>
#include <set>
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

  // A registry that declares a field of such a name has its own meaning for it.
  void declare(std::string_view registry, std::string_view field);
  // Into `whole`: a symbol's own values, sorted by key, and what its origin adds in that registry.
  void join(std::string_view registry, const std::vector<const Member*>& own,
            std::vector<Member>& whole) const;

 private:
  std::deque<std::string> names_;  // what the keys are views of
  std::vector<Member> members_;    // sorted by key
  std::map<std::string, std::set<std::string>, std::less<>> declared_;  // by registry
};

}  // namespace reg
