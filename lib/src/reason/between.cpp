#include <predicate/node.h>
#include <predicate/value.h>
#include <reason/between.h>
#include <text/version.h>
#include <cmath>
#include <limits>
#include <vector>

namespace reg::reason {

bool is_less(const Json& a, const Json& b) { return ast::holds(ast::Operator::Less, {&a}, {&b}); }

namespace {

bool lies_between(const Json& value, const Json* below, const Json* above) {
  return (below == nullptr || is_less(*below, value)) &&
         (above == nullptr || is_less(value, *above));
}

// The integer that a whole number is; nullopt: Json has none such.
std::optional<Json> integer_of(double whole) {
  if (whole >= -0x1p63 && whole < 0x1p63) return Json(static_cast<std::int64_t>(whole));
  if (whole >= 0x1p63 && whole < 0x1p64) return Json(static_cast<std::uint64_t>(whole));
  return std::nullopt;
}

// The integers beside a number, of those that Json has.
void add_integers_beside(const Json& number, std::vector<Json>& out) {
  if (number.is_number_unsigned()) {
    const auto natural = number.get<std::uint64_t>();
    if (natural < std::numeric_limits<std::uint64_t>::max()) out.emplace_back(natural + 1);
    if (natural > 0) {
      out.emplace_back(natural - 1);
    } else {
      out.emplace_back(-1);
    }
  } else if (number.is_number_integer()) {
    const auto integer = number.get<std::int64_t>();
    if (integer < std::numeric_limits<std::int64_t>::max()) {
      out.emplace_back(integer + 1);
    } else {
      out.emplace_back(std::uint64_t{1} << 63);
    }
    if (integer > std::numeric_limits<std::int64_t>::min()) out.emplace_back(integer - 1);
  } else {
    const double value = ast::number_in(number);
    for (const double whole : {std::ceil(value), std::floor(value)}) {
      const std::optional<Json> integer = integer_of(whole);
      if (!integer) continue;
      out.push_back(*integer);
      add_integers_beside(*integer, out);
    }
  }
}

// The doubles nearest to a number, on both sides.
void add_doubles_beside(const Json& number, std::vector<Json>& out) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double value = ast::number_in(number);
  for (const double one :
       {value, std::nextafter(value, infinity), std::nextafter(value, -infinity)}) {
    if (std::isfinite(one)) out.emplace_back(one);
  }
}

}  // namespace

// Where there is a number in between, there is one among these: a neighbour of a bound.
std::optional<Json> number_between(const Json* below, const Json* above, Numbers which) {
  std::vector<Json> candidates;
  if (below == nullptr && above == nullptr) candidates.emplace_back(1);
  for (const Json* bound : {below, above}) {
    if (bound != nullptr) add_integers_beside(*bound, candidates);
  }
  candidates.emplace_back(std::numeric_limits<std::int64_t>::min());
  candidates.emplace_back(std::numeric_limits<std::uint64_t>::max());
  if (which == Numbers::All) {
    if (below != nullptr && above != nullptr)
      candidates.emplace_back(ast::number_in(*below) / 2 + ast::number_in(*above) / 2);
    for (const Json* bound : {below, above}) {
      if (bound != nullptr) add_doubles_beside(*bound, candidates);
    }
  }
  for (Json& candidate : candidates) {
    if (lies_between(candidate, below, above)) return std::move(candidate);
  }
  return std::nullopt;
}

// Nothing lies between a text and itself with a NUL behind it; where something does, that does, or
// is that text with a U+0001.
std::optional<std::string> text_between(const std::string* below, const std::string* above) {
  const std::string low = below == nullptr ? "" : *below;
  std::vector<std::string> candidates = {"other",   low + "-other", low + "x",    low + "A",
                                         low + "0", low + "!",      low + '\x01', low + '\0'};
  if (below == nullptr) candidates.emplace_back();
  for (std::string& candidate : candidates) {
    if ((below == nullptr || *below < candidate) && (above == nullptr || candidate < *above))
      return std::move(candidate);
  }
  return std::nullopt;
}

std::optional<std::string> version_between(const std::string* below, const std::string* above) {
  std::vector<std::string> candidates = {"1"};
  if (below != nullptr) {
    const VersionText low = *VersionText::of(*below);
    const std::string normal = low.normal_form();
    const std::string release = normal.substr(0, normal.find('-'));
    candidates.push_back(std::to_string(std::strtoull(release.c_str(), nullptr, 10) + 1));
    for (std::string zeros; zeros.size() < 16; zeros += ".0")
      candidates.push_back(release + zeros + ".1");
    candidates.push_back(release);
    candidates.push_back(normal + (release == normal ? "-0" : ".0"));
    candidates.push_back(normal + "z");
  }
  if (above != nullptr)
    candidates.insert(candidates.end(), {"0", *above + "-0", *above + "-a", "0-0"});
  for (std::string& candidate : candidates) {
    const auto version = VersionText::of(candidate);
    if (!version) continue;
    if ((below == nullptr || *VersionText::of(*below) < *version) &&
        (above == nullptr || *version < *VersionText::of(*above))) {
      return std::move(candidate);
    }
  }
  return std::nullopt;
}

std::string same_version(const std::string& version, std::size_t index) {
  return index == 0 ? version : version + "+other" + std::to_string(index);
}

std::optional<std::string> end_of_prefix(const std::string& prefix) {
  if (prefix.empty() || static_cast<unsigned char>(prefix.back()) >= 0x7f) return std::nullopt;
  std::string end = prefix;
  ++end.back();
  return end;
}

}  // namespace reg::reason
