#include <registration/rules.h>

namespace reg {

std::optional<OidRules::Clash> OidRules::clash_with(const Claim& newcomer) const {
  if (!newcomer.origin.empty()) {
    const auto same = published_.find({newcomer.origin, newcomer.target});
    if (same != published_.end()) return Clash{Conflict::SameTarget, same->second};
    const auto other = published_.find({newcomer.origin, {}});
    if (newcomer.conditional || other == published_.end()) return std::nullopt;
    return Clash{Conflict::SecondUnconditional, other->second};
  }
  if (!first_.empty() && newcomer.target == first_) return Clash{Conflict::SameTarget, first_at_};
  if (auto found = others_.find(newcomer.target); found != others_.end())
    return Clash{Conflict::SameTarget, found->second};
  if (!newcomer.conditional && unconditional_)
    return Clash{Conflict::SecondUnconditional, *unconditional_};
  return std::nullopt;
}

std::optional<OidRules::Clash> OidRules::admit(const Claim& newcomer) {
  if (auto clash = clash_with(newcomer)) return clash;
  if (!newcomer.origin.empty()) {
    published_.emplace(std::pair(newcomer.origin, newcomer.target), admitted_);
    if (!newcomer.conditional)
      published_.emplace(std::pair(newcomer.origin, std::string_view()), admitted_);
    ++admitted_;
    return std::nullopt;
  }
  if (!newcomer.conditional) unconditional_ = admitted_;
  if (first_.empty()) {
    first_ = newcomer.target;
    first_at_ = admitted_;
  } else {
    others_.emplace(newcomer.target, admitted_);
  }
  ++admitted_;
  return std::nullopt;
}

void OidRules::reset() {
  first_ = {};
  others_.clear();
  published_.clear();
  unconditional_.reset();
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
