#include <store/contents.h>

namespace reg {
namespace {

std::tuple<std::string_view, std::string_view, const Entry*> target_and_oid(const Entry& entry) {
  return {entry.implementation.symbol.target, entry.implementation.symbol.oid, &entry};
}

}  // namespace

const Contents::Oid* Contents::find(std::string_view oid) const {
  auto found = oids_.find(oid);
  return found == oids_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> Contents::oids_of(std::string_view target) const {
  std::vector<std::string_view> found;
  for (auto at = by_target_.lower_bound({target, {}, nullptr});
       at != by_target_.end() && std::get<0>(*at) == target; ++at) {
    if (found.empty() || found.back() != std::get<1>(*at)) found.push_back(std::get<1>(*at));
  }
  return found;
}

std::vector<EntryPtr> Contents::unannounced() const {
  std::vector<EntryPtr> found;
  for (const auto& [oid, content] : oids_) {
    for (const EntryPtr& entry : content.entries) {
      if (!entry->announced && entry->implementation.on_registered) found.push_back(entry);
    }
  }
  return found;
}

void Contents::apply(std::vector<OidChange> changes) {
  auto next = oids_.end();  // where the next one would be new
  for (OidChange& change : changes) {
    auto place = oids_.try_emplace(next, std::move(change.oid));
    change.added_to ? add(place->second, change) : replace(place->second, change);
    next = std::next(place);
    if (place->second.entries.empty()) oids_.erase(place);
  }
}

void Contents::add(Oid& oid, OidChange& change) {
  for (EntryPtr& entry : change.entries) {
    oid.rules.admit(entry->claim());
    come(entry);
    oid.entries.push_back(std::move(entry));
  }
}

// What stays is only marked.
void Contents::replace(Oid& oid, OidChange& change) {
  std::vector<EntryPtr> newcomers;
  for (const EntryPtr& entry : change.entries) {
    if (!entry->present) newcomers.push_back(entry);
  }
  for (const EntryPtr& entry : oid.entries) entry->present = false;
  for (const EntryPtr& entry : change.entries) entry->present = true;
  for (const EntryPtr& entry : oid.entries) {
    if (!entry->present) by_target_.erase(target_and_oid(*entry));
  }
  size_ -= oid.entries.size();
  size_ += change.entries.size() - newcomers.size();
  for (const EntryPtr& entry : newcomers) come(entry);
  oid.entries = std::move(change.entries);
  oid.rules = std::move(change.rules);
}

void Contents::come(const EntryPtr& entry) {
  by_target_.insert(target_and_oid(*entry));
  entry->present = true;
  ++size_;
}

void Contents::make_conditional() {
  for (auto& [oid, content] : oids_) {
    content.rules.reset();
    for (const EntryPtr& entry : content.entries) {
      entry->conditional = true;
      content.rules.admit(entry->claim());
    }
  }
}

void Contents::clear() {
  for (auto& [oid, content] : oids_) {
    for (const EntryPtr& entry : content.entries) entry->present = false;
  }
  by_target_.clear();
  oids_.clear();
  size_ = 0;
}

}  // namespace reg
