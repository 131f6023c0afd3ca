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

// Of an object file, where it stands in the C++ source; of another origin, where it does there.
FactUsePlace place_of(const LineText& line) {
  std::string origin(origin_of_source(line.source.path));
  if (line.declared) return {declared_place(line), std::move(origin)};
  const Position at = is_in_object(line.source.at) ? Position() : line.source.at;
  return {{unescape(line.source.path), at.line, at.column}, std::move(origin)};
}

}  // namespace

FactTally::FactTally(const RegistryInfo& registry, FactUseLimits limits)
    : registry_(registry), limits_(limits) {
  for (const Fact& fact : registry.context) sums_[fact.path];
}

std::vector<FactSum*> FactTally::read_with(const std::set<std::string>& facts) {
  std::set<std::string> read = facts;
  for (const Fact& declared : registry_.context) {
    const bool is_read = std::any_of(facts.begin(), facts.end(), [&](const std::string& fact) {
      return touches(fact, declared.path);
    });
    if (is_read) read.insert(declared.path);
  }
  std::vector<FactSum*> sums;
  sums.reserve(read.size());
  for (const std::string& fact : read) sums.push_back(&of(fact));
  return sums;
}

void FactTally::add(FactSum& sum, FactComparison comparison) const {
  if (sum.more) return;
  std::string text = text_of(comparison);
  if (sum.known.contains(text)) return;
  if (sum.comparisons.size() == limits_.comparisons) {
    sum.more = true;
    return;
  }
  sum.known.insert(std::move(text));
  sum.comparisons.push_back(std::move(comparison));
}

void FactTally::count(const std::vector<FactSum*>& read, const LineText& candidate) const {
  for (FactSum* sum : read) {
    ++sum->candidates;
    if (sum->places.size() < limits_.places) sum->places.push_back(place_of(candidate));
  }
}

FactUse FactTally::use_of(const std::string& path, FactSum sum, const Context& base) const {
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
  use.by_way_of.assign(sum.by_way_of.begin(), sum.by_way_of.end());
  use.places = std::move(sum.places);
  std::sort(use.places.begin(), use.places.end(), [](const FactUsePlace& a, const FactUsePlace& b) {
    return std::tie(a.origin, a.place.path, a.place.line, a.place.column) <
           std::tie(b.origin, b.place.path, b.place.line, b.place.column);
  });
  return use;
}

std::vector<FactUse> FactTally::take(const Context& base) && {
  std::vector<FactUse> uses;
  uses.reserve(sums_.size());
  for (auto& [path, sum] : sums_) uses.push_back(use_of(path, std::move(sum), base));
  return uses;
}

}  // namespace reg
