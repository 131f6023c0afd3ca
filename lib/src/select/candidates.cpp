#include <predicate/value.h>
#include <select/candidates.h>
#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace reg {

using ast::Match;
using ast::Requirement;

// Numbers that are equal are equal as doubles too.
std::size_t Candidates::ValueHash::operator()(const Json& value) const {
  if (const auto* text = value.get_ptr<const std::string*>()) {
    return std::hash<std::string_view>{}(*text);
  }
  if (const auto* boolean = value.get_ptr<const bool*>()) return *boolean ? 1 : 2;
  return std::hash<double>{}(value.get<double>());
}

bool Candidates::ValueEqual::operator()(const Json& a, const Json& b) const {
  return ast::equal(a, b);
}

// Finds each candidate the requirement that the fewest others share, and puts it there.
class Candidates::Builder {
 public:
  explicit Builder(Candidates& built) : built_(built) {}

  void add(const Contestant& contestant);
  void build();

 private:
  using Key = std::pair<std::vector<std::string>, Match>;

  struct Newcomer {
    Candidate candidate;
    std::vector<Requirement> requirements;
  };

  static Key key_of(const Requirement& one) { return {one.fact, one.match}; }
  // How many others there are, at most, where this puts a candidate.
  std::size_t company(const Requirement& requirement) const;
  const Requirement* rarest(const std::vector<Requirement>& requirements) const;
  void place(Candidate candidate, const Requirement& requirement);

  Candidates& built_;
  std::vector<Newcomer> newcomers_;
  std::map<Key, std::unordered_map<Json, std::size_t, ValueHash, ValueEqual>> counts_;
  std::map<Key, std::size_t> indexes_;
};

void Candidates::Builder::add(const Contestant& contestant) {
  ast::Outlook outlook = ast::outlook(*contestant.predicate, *contestant.info, built_.named_);
  for (const Requirement& one : outlook.requirements) {
    auto& counts = counts_[key_of(one)];
    for (const Json& value : one.values) ++counts[value];
  }
  newcomers_.push_back(
      {{contestant, newcomers_.size(), outlook.best, nullptr}, std::move(outlook.requirements)});
}

std::size_t Candidates::Builder::company(const Requirement& requirement) const {
  const auto& counts = counts_.at(key_of(requirement));
  std::size_t most = 0;
  for (const Json& value : requirement.values) most = std::max(most, counts.at(value));
  return most;
}

const Requirement* Candidates::Builder::rarest(const std::vector<Requirement>& requirements) const {
  const Requirement* rarest = nullptr;
  std::size_t fewest = 0;
  for (const Requirement& one : requirements) {
    std::size_t others = company(one);
    if (rarest != nullptr && others >= fewest) continue;
    rarest = &one;
    fewest = others;
  }
  return rarest;
}

void Candidates::Builder::place(Candidate candidate, const Requirement& requirement) {
  if (requirement.values.empty()) return;
  candidate.met = requirement.part;
  auto [known, added] = indexes_.emplace(key_of(requirement), built_.indexes_.size());
  if (added) built_.indexes_.push_back({requirement.fact, requirement.match, {}, false});
  FactIndex& index = built_.indexes_[known->second];
  index.several = index.several || requirement.values.size() > 1;
  for (const Json& value : requirement.values) {
    Bucket& bucket = index.buckets[value];
    bool here = !bucket.empty() && bucket.back().place == candidate.place;
    if (!here) bucket.push_back(candidate);
  }
}

void Candidates::Builder::build() {
  auto order = [](const Candidate& a, const Candidate& b) {
    return std::pair(-a.best, a.place) < std::pair(-b.best, b.place);
  };
  for (const Newcomer& newcomer : newcomers_) {
    built_.all_.push_back(newcomer.candidate);
    if (const Requirement* requirement = rarest(newcomer.requirements))
      place(newcomer.candidate, *requirement);
    else
      built_.others_.push_back(newcomer.candidate);
  }
  std::sort(built_.all_.begin(), built_.all_.end(), order);
  std::sort(built_.others_.begin(), built_.others_.end(), order);
  for (FactIndex& index : built_.indexes_) {
    for (auto& [value, bucket] : index.buckets) std::sort(bucket.begin(), bucket.end(), order);
  }
}

// One selection: keeps the best of those that it lets take part.
class Candidates::Contest {
 public:
  Contest(const ast::Facts& facts, const PredicateSet& named) : facts_(facts), named_(named) {}

  // Scores those who could still win or tie.
  void enter(const Bucket& bucket);
  // Scores those whose requirement is met. False: the index cannot tell who that is, and what was
  // scored is of no use.
  [[nodiscard]] bool enter(const FactIndex& index);
  const Best& best() const { return best_; }

 private:
  [[nodiscard]] bool enter_value(const FactIndex& index, const Json& value);
  [[nodiscard]] bool enter_elements(const FactIndex& index, const Json& list);
  void score(const Candidate& candidate);

  const ast::Facts& facts_;
  const PredicateSet& named_;
  Best best_;
};

void Candidates::Contest::score(const Candidate& candidate) {
  ast::Evaluation evaluation(facts_, *candidate.contestant.info, named_, candidate.met);
  double score = evaluation.score(*candidate.contestant.predicate, nullptr);
  if (!(score > 0) || score < best_.score) return;
  if (score > best_.score) {
    best_ = {score, candidate.place, 1};
  } else {
    best_.first = std::min(best_.first, candidate.place);
    ++best_.tied;
  }
}

void Candidates::Contest::enter(const Bucket& bucket) {
  for (const Candidate& candidate : bucket) {
    if (!(candidate.best > 0) || candidate.best < best_.score) return;
    score(candidate);
  }
}

bool Candidates::Contest::enter(const FactIndex& index) {
  const Json* value = facts_.find(index.fact);
  if (value == nullptr) return true;
  // A version equals every text and number that reads as the same one.
  if (ast::is_version(*value)) return false;
  if (value->is_array()) return index.match == Match::Equal || enter_elements(index, *value);
  // `value in fact` looks for a part of a text, or for a key.
  if (index.match == Match::Within) return !value->is_string() && !value->is_object();
  return enter_value(index, *value);
}

bool Candidates::Contest::enter_value(const FactIndex& index, const Json& value) {
  if (!ast::is_requirable(value)) return true;
  auto bucket = index.buckets.find(value);
  if (bucket != index.buckets.end()) enter(bucket->second);
  return true;
}

bool Candidates::Contest::enter_elements(const FactIndex& index, const Json& list) {
  std::array<const Bucket*, 16> entered;
  auto end = entered.begin();
  for (const Json& element : list) {
    if (ast::is_version(element)) return false;
    if (!ast::is_requirable(element)) continue;
    auto found = index.buckets.find(element);
    if (found == index.buckets.end()) continue;
    const Bucket* bucket = &found->second;
    if (std::find(entered.begin(), end, bucket) != end) continue;
    // Nobody may be scored twice.
    bool overlaps = index.several && end != entered.begin();
    if (overlaps || end == entered.end()) return false;
    *end++ = bucket;
    enter(*bucket);
  }
  return true;
}

Candidates::Candidates(const std::vector<Contestant>& contestants, const PredicateSet& named)
    : named_(named) {
  Builder builder(*this);
  for (const Contestant& contestant : contestants) builder.add(contestant);
  builder.build();
}

Best Candidates::best(const ast::Facts& facts) const {
  Contest contest(facts, named_);
  for (const FactIndex& index : indexes_) {
    if (contest.enter(index)) continue;
    Contest of_all(facts, named_);
    of_all.enter(all_);
    return of_all.best();
  }
  contest.enter(others_);
  return contest.best();
}

}  // namespace reg
