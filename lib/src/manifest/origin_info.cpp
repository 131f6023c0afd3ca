#include <manifest/declarations.h>
#include <manifest/origin_info.h>
#include <algorithm>

namespace reg {

OriginInfo::OriginInfo(std::string_view origin, const Run<Member>* facts) {
  members_.push_back({origin_field, {}, {names_.emplace_back(origin), {}}});
  if (facts == nullptr) return;
  for (const Member& fact : *facts) {
    std::string& name = names_.emplace_back(origin_field);
    name.append(1, '.').append(fact.key);
    members_.push_back({name, {}, fact.value});
  }
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return a.key < b.key; });
}

void OriginInfo::declare(std::string_view registry, std::string_view field) {
  if (!field.starts_with(origin_field)) return;
  declared_[std::string(registry)].emplace(field);
}

void OriginInfo::join(std::string_view registry, const std::vector<const Member*>& own,
                      std::vector<Member>& whole) const {
  whole.clear();
  const auto declared = declared_.find(registry);
  const auto is_declared = [&](std::string_view name) {
    return declared != declared_.end() && declared->second.contains(std::string(name));
  };
  auto next = own.begin();
  for (const Member& added : members_) {
    for (; next != own.end() && (*next)->key < added.key; ++next) whole.push_back(**next);
    const bool is_own = next != own.end() && (*next)->key == added.key;
    if (!is_own && !is_declared(origin_field) && !is_declared(added.key)) whole.push_back(added);
  }
  for (; next != own.end(); ++next) whole.push_back(**next);
}

}  // namespace reg
