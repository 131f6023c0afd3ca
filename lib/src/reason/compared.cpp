#include <reason/between.h>
#include <reason/compared.h>
#include <text/version.h>
#include <algorithm>

namespace reg::reason {
namespace {

class Gathering {
 public:
  void add(const Test& test);
  Compared take();

 private:
  void add_comparison(const Test& test);
  void add_contained(const Side& fact, const Json& container);
  void add_glob(const Json& pattern);
  void add_equal(const Side& fact, const Side& other);
  void add_value(const Json& value);
  void add_version(const Json& value);
  static bool is_ordering(ast::Operator op) {
    return op >= ast::Operator::Less && op <= ast::Operator::GreaterEqual;
  }

  Compared out_;
};

void Gathering::add(const Test& test) {
  if (test.kind == Test::Kind::Rank) out_.ranks = true;
  if (test.kind == Test::Kind::Comparison) add_comparison(test);
  if (test.kind != Test::Kind::TestOfFact) return;
  for (std::size_t i = 1; i < test.sides.size(); ++i) add_equal(test.sides.front(), test.sides[i]);
}

void Gathering::add_comparison(const Test& test) {
  const bool fact_is_left = test.sides[0].fact.has_value();
  const Side& fact = test.sides[fact_is_left ? 0 : 1];
  const Side& other = test.sides[fact_is_left ? 1 : 0];
  if (other.value.json == nullptr) return;
  const Json& value = *other.value.json;
  if (test.op == ast::Operator::In) {
    if (fact_is_left) add_contained(fact, value);
  } else if (test.op == ast::Operator::Glob) {
    if (fact_is_left) add_glob(value);
  } else {
    add_equal(fact, other);
    if (is_ordering(test.op) && value.is_string() && !compares_versions(fact, other))
      out_.text_order = true;
  }
}

// `fact in container`
void Gathering::add_contained(const Side& fact, const Json& container) {
  if (container.is_array()) {
    for (const Json& element : container) add_equal(fact, {std::nullopt, {&element}});
  } else if (container.is_string()) {
    add_value(container);
  } else if (container.is_object()) {
    for (const auto& [key, unused] : container.items()) out_.texts.insert(key);
  }
}

void Gathering::add_glob(const Json& pattern) {
  if (!pattern.is_string()) return;
  const GlobShape shape = shape_of_glob(pattern.get_ref<const std::string&>());
  if (shape.kind == GlobShape::Kind::Text) out_.texts.insert(shape.text);
  if (shape.kind == GlobShape::Kind::Prefix) out_.prefixes.insert(shape.text);
}

void Gathering::add_equal(const Side& fact, const Side& other) {
  if (other.value.json == nullptr || other.fact) return;
  if (compares_versions(fact, other)) return add_version(*other.value.json);
  add_value(*other.value.json);
}

void Gathering::add_value(const Json& value) {
  if (ast::is_number(value)) {
    out_.numbers.push_back(plain_numbers(value));
  } else if (value.is_string()) {
    out_.texts.insert(value.get_ref<const std::string&>());
  } else if (value.is_array() || value.is_object()) {
    out_.others.push_back(value);
  }
}

void Gathering::add_version(const Json& value) {
  const std::optional<std::string> text =
      ast::is_version(value) ? std::string(binary_text(value)) : version_text(value);
  if (text && VersionText::of(*text)) out_.versions.push_back(*text);
}

Compared Gathering::take() {
  std::ranges::sort(out_.numbers, is_less);
  const auto same = [](const Json& a, const Json& b) { return ast::equal(a, b); };
  out_.numbers.erase(std::unique(out_.numbers.begin(), out_.numbers.end(), same),
                     out_.numbers.end());
  const auto order = [](const std::string& text) { return *VersionText::of(text); };
  std::vector<std::string>& versions = out_.versions;
  std::ranges::sort(versions, [&](const auto& a, const auto& b) { return order(a) < order(b); });
  versions.erase(std::unique(versions.begin(), versions.end(),
                             [&](const auto& a, const auto& b) { return order(a) == order(b); }),
                 versions.end());
  return std::move(out_);
}

}  // namespace

Compared compared_by(const Tests& tests, const std::vector<TestId>& ids) {
  Gathering gathering;
  for (const TestId id : ids) gathering.add(tests[id]);
  return gathering.take();
}

GlobShape shape_of_glob(const std::string& pattern) {
  const std::size_t special = pattern.find_first_of("*?[\\");
  if (special == std::string::npos) return {GlobShape::Kind::Text, pattern};
  const bool is_prefix = special + 1 == pattern.size() && pattern[special] == '*';
  if (!is_prefix) return {};
  std::string prefix = pattern.substr(0, special);
  if (!end_of_prefix(prefix)) return {};
  return {GlobShape::Kind::Prefix, std::move(prefix)};
}

}  // namespace reg::reason
