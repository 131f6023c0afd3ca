#include <manifest/read_facts.h>

namespace reg {

std::size_t ReadFacts::number_of(std::string_view registry, std::string_view when) {
  if (last_ < out_.size() && out_[last_].registry == registry && out_[last_].when == when)
    return last_;
  auto numbers = numbers_.find(registry);
  if (numbers == numbers_.end()) numbers = numbers_.emplace(registry, Numbers()).first;
  if (auto known = numbers->second.find(when); known != numbers->second.end())
    return last_ = known->second;
  last_ = out_.size();
  out_.push_back({std::string(registry), std::string(when), {}, {}});
  seen_.emplace_back();
  numbers->second.emplace(when, last_);
  return last_;
}

void ReadFacts::add(std::string_view registry, std::string_view when,
                    const KnownPredicate& predicate) {
  const std::size_t number = number_of(registry, when);
  if (!seen_[number].insert(&predicate).second) return;
  PredicateReads& reads = out_[number];
  reads.facts.insert(predicate.facts.begin(), predicate.facts.end());
  reads.calls.insert(predicate.calls.begin(), predicate.calls.end());
}

}  // namespace reg
