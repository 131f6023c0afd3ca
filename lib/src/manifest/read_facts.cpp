#include <manifest/read_facts.h>
#include <algorithm>

namespace reg {

std::size_t ReadFacts::number_of(std::string_view registry) {
  if (last_ < out_.size() && out_[last_].registry == registry) return last_;
  auto found = std::find_if(out_.begin(), out_.end(), [&](const PredicateReads& other) {
    return other.registry == registry;
  });
  last_ = static_cast<std::size_t>(found - out_.begin());
  if (found == out_.end()) out_.push_back({std::string(registry), {}, {}});
  return last_;
}

void ReadFacts::add(std::string_view registry, const KnownPredicate& predicate) {
  if (!seen_.emplace(number_of(registry), &predicate).second) return;
  PredicateReads& reads = out_[last_];
  reads.facts.insert(predicate.facts.begin(), predicate.facts.end());
  reads.calls.insert(predicate.calls.begin(), predicate.calls.end());
}

}  // namespace reg
