// What a registry takes from elsewhere: from other registries and from modules.

#include <reg/registry.h>
#include <registration/merging.h>
#include <store/surroundings.h>
#include <algorithm>

namespace reg {

Implementation Registry::copy_for(const Registry& into,
                                  const Implementation& implementation) const {
  Implementation copy = implementation;
  const Predicate* predicate = predicate_of(implementation);
  MergedCopy merged = merged_copy(
      copy.symbol.info, predicate ? std::optional(*predicate) : std::nullopt, into.info());
  copy.symbol.info = std::move(merged.info);
  copy.predicate = std::move(merged.predicate);
  if (copy.predicate) copy.symbol.select = copy.predicate->to_string();
  // It was registered already: its conditions do not count again.
  copy.when.reset();
  return copy;
}

std::size_t Registry::merge(const Registry& other, Force force) {
  if (&other == this) return 0;
  std::vector<Implementation> copies;
  for (const auto& [oid, entries] : other.entries_) {
    for (const Entry& entry : entries)
      copies.push_back(other.copy_for(*this, entry.implementation));
  }
  std::size_t registered = 0;
  for (Implementation& copy : copies)
    registered += put(std::move(copy), {force, Clear::No}) == Registered::Yes ? 1 : 0;
  return registered;
}

std::size_t Registry::merge(const std::vector<std::reference_wrapper<const Registry>>& others,
                            Force force) {
  std::size_t registered = 0;
  for (const Registry& other : others) registered += merge(other, force);
  return registered;
}

std::size_t Registry::match(const Module& module, const MatchPatterns& patterns, Force force) {
  return match(module, match_by_name(patterns), force);
}

std::size_t Registry::match(const Module& module, const MatchFunction& matches, Force force) {
  std::size_t registered = 0;
  for (const ModuleMember& member : module.members) {
    if (member.kind == MemberKind::Other || !matches(member, module)) continue;
    Implementation implementation;
    implementation.symbol.oid = member.name;
    implementation.symbol.target = member.target;
    registered += put(std::move(implementation), {force, Clear::No}) == Registered::Yes ? 1 : 0;
  }
  return registered;
}

void Registry::mirror_fields(const Registry& member) {
  for (const Field& field : member.fields_) {
    auto known = std::find_if(fields_.begin(), fields_.end(),
                              [&](const Field& other) { return other.name == field.name; });
    if (known == fields_.end()) {
      fields_.push_back(field);
    } else if (known->type != field.type) {
      known->type = FieldType::Any;
    }
  }
}

void Registry::mirror(const Registry& member) {
  mirror_fields(member);
  for (const auto& [oid, entries] : member.entries_) {
    for (const Entry& entry : entries) mirror(member, entry.implementation);
  }
}

void Registry::mirror(const Registry& member, const Implementation& newcomer) {
  if (is_private(newcomer.symbol.oid)) return;
  Implementation copy = member.copy_for(*this, newcomer);
  copy.on_registered = {};
  const std::string oid = copy.symbol.oid;
  entries_[oid].push_back({std::move(copy), true});
  ++size_;
}

void Registry::unmirror(const Symbol& symbol) {
  auto found = entries_.find(symbol.oid);
  if (found == entries_.end()) return;
  size_ -= std::erase_if(found->second, [&](const Entry& entry) {
    const Symbol& own = entry.implementation.symbol;
    return own.registry == symbol.registry && own.target == symbol.target;
  });
  if (found->second.empty()) entries_.erase(found);
}

}  // namespace reg
