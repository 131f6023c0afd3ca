#include <predicate/version_reading.h>
#include <select/candidates.h>
#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace reg {

using ast::Match;
using ast::Requirement;
using ast::VersionReading;

std::size_t Candidates::ValueHash::operator()(std::string_view text) const {
  return std::hash<std::string_view>{}(text);
}

// Numbers that are equal are equal as doubles too.
std::size_t Candidates::ValueHash::operator()(const Json& value) const {
  if (const auto* text = value.get_ptr<const std::string*>())
    return (*this)(std::string_view(*text));
  if (const auto* boolean = value.get_ptr<const bool*>()) return *boolean ? 1 : 2;
  if (ast::is_version(value)) return (*this)(VersionReading(value).version());
  return std::hash<double>{}(ast::number_in(value));
}

bool Candidates::ValueEqual::operator()(const Json& a, const Json& b) const {
  return ast::is_version(a) == ast::is_version(b) && ast::equal(a, b);
}

bool Candidates::ValueEqual::operator()(const VersionText& version, const Json& value) const {
  return ast::is_version(value) && VersionReading(value).version() == version;
}

bool Candidates::ValueEqual::operator()(std::string_view text, const Json& value) const {
  const auto* other = value.get_ptr<const std::string*>();
  return other != nullptr && *other == text;
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
  ast::Outlook outlook =
      ast::outlook(*contestant.predicate, *contestant.info, built_.named_, contestant.versions);
  for (const Requirement& one : outlook.requirements) {
    auto& counts = counts_[key_of(one)];
    for (const Json& value : one.values) ++counts[value];
  }
  built_.graded_.insert(built_.graded_.end(), outlook.graded.begin(), outlook.graded.end());
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
  if (added) built_.indexes_.push_back({requirement.fact, requirement.match, {}});
  FactIndex& index = built_.indexes_[known->second];
  index.several = index.several || requirement.values.size() > 1;
  for (const Json& value : requirement.values) {
    index.versions = index.versions || ast::is_version(value);
    Bucket& bucket = index.buckets[value];
    bool here = !bucket.empty() && bucket.back().place == candidate.place;
    if (!here) bucket.push_back(candidate);
  }
}

void Candidates::Builder::build() {
  auto order = [](const Candidate& a, const Candidate& b) {
    return std::pair(-a.best.ungraded, a.place) < std::pair(-b.best.ungraded, b.place);
  };
  for (const Newcomer& newcomer : newcomers_) {
    built_.all_.push_back(newcomer.candidate);
    if (const Requirement* requirement = rarest(newcomer.requirements))
      place(newcomer.candidate, *requirement);
    else
      built_.others_.push_back(newcomer.candidate);
  }
  auto& graded = built_.graded_;
  std::sort(graded.begin(), graded.end());
  graded.erase(std::unique(graded.begin(), graded.end()), graded.end());
  std::sort(built_.all_.begin(), built_.all_.end(), order);
  std::sort(built_.others_.begin(), built_.others_.end(), order);
  for (FactIndex& index : built_.indexes_) {
    for (auto& [value, bucket] : index.buckets) std::sort(bucket.begin(), bucket.end(), order);
  }
}

// One selection: keeps the best of those that it lets take part.
class Candidates::Contest {
 public:
  Contest(const ast::Facts& facts, const Candidates& candidates)
      : facts_(facts), named_(candidates.named_), graded_(candidates.may_be_graded(facts)) {}

  // Scores those who could still win or tie.
  void enter(const Bucket& bucket);
  // Scores those whose requirement is met. False: the index cannot tell who that is, and what was
  // scored is of no use.
  [[nodiscard]] bool enter(const FactIndex& index);
  const Best& best() const { return best_; }

 private:
  // The buckets of one index that were entered: nobody may be scored twice.
  class Entered;

  [[nodiscard]] bool enter_version(const FactIndex& index, const Json& value);
  [[nodiscard]] bool enter_value(const FactIndex& index, const Json& value, Entered& entered);
  [[nodiscard]] bool enter_elements(const FactIndex& index, const Json& list);
  [[nodiscard]] bool enter_keys(const FactIndex& index, const Json& grades);
  void enter_graded(const Bucket& bucket);
  // `met`: a part that is known to be 1, or null.
  void score(const Candidate& candidate, const Predicate* met);

  const ast::Facts& facts_;
  const PredicateSet& named_;
  const bool graded_;
  Best best_;
};

class Candidates::Contest::Entered {
 public:
  Entered(Contest& contest, const FactIndex& index) : contest_(contest), index_(index) {}

  // Enters the bucket under a key, once. False: somebody may be in two of those entered.
  template <typename Key>
  [[nodiscard]] bool enter(const Key& key) {
    auto found = index_.buckets.find(key);
    if (found == index_.buckets.end()) return true;
    const Bucket* bucket = &found->second;
    if (std::find(entered_.begin(), end_, bucket) != end_) return true;
    bool overlaps = index_.several && end_ != entered_.begin();
    if (overlaps || end_ == entered_.end()) return false;
    *end_++ = bucket;
    contest_.enter(*bucket);
    return true;
  }

 private:
  Contest& contest_;
  const FactIndex& index_;
  std::array<const Bucket*, 16> entered_;
  decltype(entered_)::iterator end_ = entered_.begin();
};

bool Candidates::may_be_graded(const ast::Facts& facts) const {
  return std::any_of(graded_.begin(), graded_.end(), [&facts](const std::string& name) {
    const Json* fact = facts.find({&name, 1});
    return fact != nullptr && fact->is_object();
  });
}

void Candidates::Contest::score(const Candidate& candidate, const Predicate* met) {
  const Contestant& contestant = candidate.contestant;
  ast::Evaluation evaluation(facts_, *contestant.info, named_, contestant.versions, met);
  double score = evaluation.score(*contestant.predicate, nullptr);
  if (!(score > 0) || score < best_.score) return;
  if (score > best_.score) {
    best_ = {score, candidate.place, 1};
  } else {
    best_.first = std::min(best_.first, candidate.place);
    ++best_.tied;
  }
}

void Candidates::Contest::enter(const Bucket& bucket) {
  if (graded_) return enter_graded(bucket);
  for (const Candidate& candidate : bucket) {
    if (!(candidate.best.ungraded > 0) || candidate.best.ungraded < best_.score) return;
    score(candidate, candidate.met);
  }
}

void Candidates::Contest::enter_graded(const Bucket& bucket) {
  for (const Candidate& candidate : bucket) {
    if (candidate.best.any > 0 && candidate.best.any >= best_.score) score(candidate, nullptr);
  }
}

bool Candidates::Contest::enter(const FactIndex& index) {
  const Json* value = facts_.find(index.fact);
  if (value == nullptr) return true;
  if (value->is_array()) return index.match == Match::Equal || enter_elements(index, *value);
  if (value->is_object() && index.match == Match::Tested) return enter_keys(index, *value);
  // `value in fact` looks for a part of a text, or for a key.
  if (index.match == Match::Within) return !value->is_string() && !value->is_object();
  if (index.versions || value->is_binary()) return enter_version(index, *value);
  if (!ast::is_requirable(*value)) return true;
  auto found = index.buckets.find(*value);
  if (found != index.buckets.end()) enter(found->second);
  return true;
}

bool Candidates::Contest::enter_value(const FactIndex& index, const Json& value, Entered& entered) {
  // A version literal equals every text and number that reads as the same version.
  if (ast::is_version(value)) return false;
  if (ast::is_requirable(value) && !entered.enter(value)) return false;
  if (!index.versions) return true;
  VersionReading reading(value);
  return !reading.valid() || entered.enter(reading.version());
}

// What may be found as a version, too.
bool Candidates::Contest::enter_version(const FactIndex& index, const Json& value) {
  Entered entered(*this, index);
  return enter_value(index, value, entered);
}

bool Candidates::Contest::enter_elements(const FactIndex& index, const Json& list) {
  Entered entered(*this, index);
  return std::all_of(list.begin(), list.end(),
                     [&](const Json& element) { return enter_value(index, element, entered); });
}

// A fact that grades: its keys are texts, also where arguments are versions.
bool Candidates::Contest::enter_keys(const FactIndex& index, const Json& grades) {
  if (index.versions) return false;
  Entered entered(*this, index);
  const auto& members = *grades.get_ptr<const Json::object_t*>();
  return std::all_of(members.begin(), members.end(), [&entered](const auto& member) {
    return ast::grade(member.second) <= 0 || entered.enter(std::string_view(member.first));
  });
}

Candidates::Candidates(const std::vector<Contestant>& contestants, const PredicateSet& named,
                       const std::vector<std::size_t>& pinned)
    : named_(named) {
  for (const std::size_t place : pinned) pinned_.emplace_back(place, contestants.at(place));
  Builder builder(*this);
  for (const Contestant& contestant : contestants) builder.add(contestant);
  builder.build();
}

bool Candidates::has_pinned(const ast::Facts& facts, Best& best) const {
  for (const auto& [place, contestant] : pinned_) {
    ast::Evaluation evaluation(facts, *contestant.info, named_, contestant.versions, nullptr);
    const double score = evaluation.score(*contestant.predicate, nullptr);
    if (score > best.score) best = {score, place, 1, true};
  }
  return best.pinned;
}

Best Candidates::best(const ast::Facts& facts) const {
  if (Best pinned; has_pinned(facts, pinned)) return pinned;
  Contest contest(facts, *this);
  for (const FactIndex& index : indexes_) {
    if (contest.enter(index)) continue;
    Contest of_all(facts, *this);
    of_all.enter(all_);
    return of_all.best();
  }
  contest.enter(others_);
  return contest.best();
}

}  // namespace reg
