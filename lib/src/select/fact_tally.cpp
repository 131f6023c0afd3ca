#include <predicate/evaluation.h>
#include <predicate/path_text.h>
#include <predicate/typing.h>
#include <predicate/value.h>
#include <select/fact_tally.h>
#include <text/json_text.h>
#include <text/version.h>
#include <algorithm>
#include <tuple>

namespace reg {
namespace {

// Versions as versions; all else as JSON has it: by type, numbers by value.
bool value_less(const FactComparison& a, const FactComparison& b) {
  if (a.is_version != b.is_version) return b.is_version;
  if (!a.is_version) {
    if (!ast::is_number(a.value) || !ast::is_number(b.value)) return a.value < b.value;
    const double one = ast::number_in(a.value), other = ast::number_in(b.value);
    return one != other ? one < other : to_text(a.value) < to_text(b.value);
  }
  const auto& one = a.value.get_ref<const std::string&>();
  const auto& other = b.value.get_ref<const std::string&>();
  const auto version = VersionText::of(one), against = VersionText::of(other);
  if (version && against && *version != *against) return *version < *against;
  return one < other;
}

bool comes_before(const FactComparison& a, const FactComparison& b) {
  if (a.test != b.test) return a.test < b.test;
  if (a.other != b.other) return a.other < b.other;
  return value_less(a, b);
}

std::string text_of(const FactComparison& one) {
  return std::string(to_string(one.test)) + (one.is_version ? " v" : " ") + to_text(one.value) +
         '\n' + one.other;
}

// What reads a part of an object reads it, and so does what reads the whole of it.
bool touches(const std::string& path, const std::string& other) {
  return ast::lies_in(path, other) || ast::lies_in(other, path);
}

}  // namespace

SeenAt SeenPlaces::at(std::size_t order, const LineText& line) {
  const bool in_code = line.declared.has_value();
  const std::string path(in_code ? line.declared->path : line.source.path);
  const auto [known, is_new] = numbers_.try_emplace(path, paths_.size());
  if (is_new) paths_.push_back(unescape(path));
  if (in_code) return {order, known->second, {line.declared->line, 0}};
  return {order, known->second, is_in_object(line.source.at) ? Position() : line.source.at};
}

Place SeenPlaces::place(const SeenAt& seen) const {
  return {paths_[seen.path], seen.at.line, seen.at.column};
}

FactTally::FactTally(const RegistryInfo& registry, FactUseLimits limits)
    : registry_(registry), limits_(limits) {
  for (const Fact& fact : registry.context) sums_[fact.path];
}

void FactTally::add(const std::string& fact, FactComparison comparison) {
  Sum& sum = sum_of(fact);
  if (sum.comparisons.size() < limits_.comparisons) {
    if (sum.known.insert(text_of(comparison)).second)
      sum.comparisons.push_back(std::move(comparison));
  } else if (!sum.more) {
    sum.more = !sum.known.contains(text_of(comparison));
  }
}

void FactTally::note_way(const std::string& fact, const std::string& named) {
  Sum& sum = sum_of(fact);
  if (!named.empty()) sum.ways.insert(named);
}

void FactTally::keep_first_places(Sum& sum) const {
  const auto earlier = [](const SeenAt& a, const SeenAt& b) { return a.order < b.order; };
  std::sort(sum.places.begin(), sum.places.end(), earlier);
  if (sum.places.size() > limits_.places) sum.places.resize(limits_.places);
}

void FactTally::add_candidates(const std::vector<ast::FactQuestion>& questions, std::size_t count,
                               const std::vector<SeenAt>& places) {
  std::set<std::string> facts;
  for (const ast::FactQuestion& question : questions) {
    facts.insert(question.fact);
    for (const Fact& declared : registry_.context) {
      if (touches(question.fact, declared.path)) facts.insert(declared.path);
    }
  }
  for (const std::string& fact : facts) {
    Sum& sum = sum_of(fact);
    sum.candidates += count;
    sum.places.insert(sum.places.end(), places.begin(), places.end());
    // Now and then, so that the places of many predicates take no time.
    if (sum.places.size() > 2 * limits_.places + 1000) keep_first_places(sum);
  }
}

FactUse FactTally::use_of(const std::string& path, Sum sum, const Context& base,
                          const SeenPlaces& places) const {
  FactUse use;
  use.fact.path = path;
  if (const Fact* declared = ast::covering(registry_.context, path)) {
    use.declared = true;
    if (declared->path == path) use.fact = *declared;
  }
  if (const Json* value = ast::descend(&base, parse_path(path))) use.base = *value;
  use.candidates = sum.candidates;
  use.comparisons = std::move(sum.comparisons);
  std::sort(use.comparisons.begin(), use.comparisons.end(), comes_before);
  use.more_comparisons = sum.more;
  use.by_way_of.assign(sum.ways.begin(), sum.ways.end());
  keep_first_places(sum);
  for (const SeenAt& seen : sum.places) use.places.push_back(places.place(seen));
  return use;
}

std::vector<FactUse> FactTally::take(const Context& base, const SeenPlaces& places) && {
  std::vector<FactUse> uses;
  uses.reserve(sums_.size());
  for (auto& [path, sum] : sums_) uses.push_back(use_of(path, std::move(sum), base, places));
  return uses;
}

}  // namespace reg
