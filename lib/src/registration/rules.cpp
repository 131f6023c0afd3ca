#include <registration/rules.h>

namespace reg {

std::optional<OidRules::Clash> OidRules::clash_with(const Claim& newcomer) const {
  if (admitted_ != 0 && newcomer.target == first_) return Clash{Conflict::SameTarget, 0};
  if (auto found = others_.find(newcomer.target); found != others_.end())
    return Clash{Conflict::SameTarget, found->second};
  if (!newcomer.conditional && unconditional_)
    return Clash{Conflict::SecondUnconditional, *unconditional_};
  return std::nullopt;
}

std::optional<OidRules::Clash> OidRules::admit(const Claim& newcomer) {
  if (auto clash = clash_with(newcomer)) return clash;
  if (!newcomer.conditional) unconditional_ = admitted_;
  if (admitted_ == 0) {
    first_ = newcomer.target;
  } else {
    others_.emplace(newcomer.target, admitted_);
  }
  ++admitted_;
  return std::nullopt;
}

void OidRules::reset() {
  others_.clear();
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
