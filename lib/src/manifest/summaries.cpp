#include <manifest/summaries.h>

namespace reg {

std::size_t Summaries::number_of(std::string_view registry, std::string_view when) {
  if (last_ < out_.size() && out_[last_].registry == registry && out_[last_].when == when)
    return last_;
  auto numbers = numbers_.find(registry);
  if (numbers == numbers_.end()) numbers = numbers_.emplace(registry, Numbers()).first;
  if (auto known = numbers->second.find(when); known != numbers->second.end())
    return last_ = known->second;
  last_ = out_.size();
  out_.push_back({std::string(registry), std::string(when), {}, {}, {}});
  seen_.emplace_back();
  numbers->second.emplace(when, last_);
  return last_;
}

void Summaries::add(std::string_view registry, std::string_view when,
                    const KnownPredicate& predicate) {
  const std::size_t number = number_of(registry, when);
  if (!seen_[number].insert(&predicate).second) return;
  PredicateSummary& summary = out_[number];
  summary.facts.insert(predicate.facts.begin(), predicate.facts.end());
  summary.calls.insert(predicate.calls.begin(), predicate.calls.end());
  if (!summary.complete) return;
  summary.atoms.insert(predicate.atoms.begin(), predicate.atoms.end());
  if (summary.atoms.size() <= PredicateSummary::most_atoms) return;
  summary.atoms.clear();
  summary.complete = false;
}

}  // namespace reg
