#include <registration/rules.h>

namespace reg {

std::optional<OidRules::Clash> OidRules::clash_with(const Claim& newcomer) const {
  if (!newcomer.origin.empty()) return clash_in_origin(newcomer);
  if (first_at_ && newcomer.target == first_) return Clash{Conflict::SameTarget, *first_at_};
  if (auto found = others_.find(newcomer.target); found != others_.end())
    return Clash{Conflict::SameTarget, found->second};
  if (!newcomer.conditional && unconditional_)
    return Clash{Conflict::SecondUnconditional, *unconditional_};
  return std::nullopt;
}

std::optional<OidRules::Clash> OidRules::clash_in_origin(const Claim& newcomer) const {
  const auto same = foreign_.find({newcomer.origin, newcomer.target});
  if (same != foreign_.end()) return Clash{Conflict::SameTarget, same->second};
  const auto other = foreign_unconditional_.find(newcomer.origin);
  if (!newcomer.conditional && other != foreign_unconditional_.end())
    return Clash{Conflict::SecondUnconditional, other->second};
  return std::nullopt;
}

void OidRules::note_foreign(const Claim& newcomer) {
  foreign_.emplace(std::pair(newcomer.origin, newcomer.target), admitted_);
  if (!newcomer.conditional) foreign_unconditional_.emplace(newcomer.origin, admitted_);
  ++admitted_;
}

std::optional<OidRules::Clash> OidRules::admit(const Claim& newcomer) {
  if (auto clash = clash_with(newcomer)) return clash;
  if (!newcomer.origin.empty()) {
    note_foreign(newcomer);
    return std::nullopt;
  }
  if (!newcomer.conditional) unconditional_ = admitted_;
  if (!first_at_) {
    first_at_ = admitted_;
    first_ = newcomer.target;
  } else {
    others_.emplace(newcomer.target, admitted_);
  }
  ++admitted_;
  return std::nullopt;
}

void OidRules::reset() {
  first_at_.reset();
  others_.clear();
  unconditional_.reset();
  foreign_.clear();
  foreign_unconditional_.clear();
  admitted_ = 0;
}

std::string conflict_message(Conflict conflict, std::string_view registry, std::string_view oid,
                             std::string_view target) {
  std::string name = std::string(registry) + "/" + std::string(oid);
  if (conflict == Conflict::SameTarget)
    return "\"" + std::string(target) + "\" is registered twice as " + name;
  return "\"" + std::string(target) + "\" is a second unconditional implementation of " + name;
}

std::string conflict_hint(Conflict conflict) {
  if (conflict == Conflict::SameTarget)
    return "remove one of them, or set `force` to take the other's place";
  return "give one of them a `select`, or set `force` to take the other's place";
}

}  // namespace reg
