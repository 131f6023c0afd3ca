#include <manifest/declarations.h>
#include <manifest/origin_info.h>
#include <algorithm>

namespace reg {

OriginInfo::OriginInfo(std::string_view origin, const Run<Member>* facts) {
  members_.push_back({origin_field, {}, {names_.emplace_back(origin), {}}});
  if (facts != nullptr) add(*facts);
  std::string text;
  CanonicalWriter().append(text, {Run<Member>{members_.data(), members_.size()}, {}});
  size_ = text.size();
}

void OriginInfo::add(const Run<Member>& facts) {
  for (const Member& fact : facts) {
    std::string& name = names_.emplace_back(origin_field);
    name.append(1, '.').append(fact.key);
    members_.push_back({name, {}, fact.value});
  }
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return a.key < b.key; });
}

bool OriginInfo::join(const std::vector<const Member*>& own, std::vector<Member>& whole) const {
  whole.clear();
  auto next = own.begin();
  for (const Member& added : members_) {
    for (; next != own.end() && (*next)->key < added.key; ++next) whole.push_back(**next);
    whole.push_back(added);
  }
  for (; next != own.end(); ++next) whole.push_back(**next);
  return std::none_of(own.begin(), own.end(),
                      [](const Member* member) { return ast::is_of_origin(member->key); });
}

}  // namespace reg
