#include <reason/cells.h>
#include <reason/score.h>
#include <text/version.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace reg::reason {

ast::Kinds kind_of(const Json& value) {
  if (value.is_boolean()) return ast::Boolean;
  if (ast::is_number(value)) return ast::Number;
  if (value.is_string()) return ast::Text;
  if (value.is_array()) return ast::List;
  return value.is_object() ? ast::Object : ast::Null;
}

namespace {

using Kind = Cell::Kind;

class Division {
 public:
  Division(Compared compared, const Domain& domain)
      : compared_(std::move(compared)), domain_(domain) {}

  FactCells divide();

 private:
  bool may_be(ast::Kinds kinds) const { return (domain_.kinds & kinds) != 0; }
  void add(Kind kind, Json value, double low = 0, double high = 0) {
    out_.cells.push_back({kind, std::move(value), low, high});
  }
  void add_value(Json value) { add(Kind::Value, std::move(value)); }
  void divide_numbers();
  void add_number(const Json& number);
  void add_numbers_between(const Json* below, const Json* above);
  void divide_texts();
  void divide_by_versions();
  void add_version(const std::string& version);
  bool find_versions();
  void add_containers();

  Compared compared_;
  const Domain& domain_;
  FactCells out_;
  std::vector<std::string> versions_;  // one of each that tests tell apart
};

FactCells Division::divide() {
  add(Kind::NotGiven, {});
  if (domain_.may_be_missing) add(Kind::Missing, {});
  add_value(nullptr);
  if (domain_.values) {
    // A version may be given as any text that reads as it, a number with a text that is another
    // version.
    for (const Json& value : *domain_.values)
      add(domain_.versions_only ? Kind::Texts : Kind::Value, value);
    out_.rules.versions_are_free = !compared_.versions.empty() && !domain_.versions_only;
    out_.rules.prefixes_are_free = domain_.versions_only;
    return std::move(out_);
  }
  const bool by_versions = !compared_.versions.empty() || domain_.versions_only;
  out_.rules.prefixes_are_free = by_versions;
  out_.rules.versions_are_free = by_versions && !find_versions();
  if (may_be(ast::Boolean)) {
    add_value(false);
    add_value(true);
  }
  const bool tells_versions = by_versions && !out_.rules.versions_are_free;
  if (tells_versions && may_be(ast::Number | ast::Text)) divide_by_versions();
  if (!tells_versions && may_be(ast::Number)) divide_numbers();
  if (!tells_versions && may_be(ast::Text)) divide_texts();
  add_containers();
  return std::move(out_);
}

// Bounds that tests have, and 0, which is not true.
void Division::divide_numbers() {
  std::vector<Json>& numbers = compared_.numbers;
  const Json zero = 0;
  const auto at = std::lower_bound(numbers.begin(), numbers.end(), zero, is_less);
  if (at == numbers.end() || !ast::equal(*at, zero)) numbers.insert(at, zero);
  const Json* below = nullptr;
  for (const Json& number : numbers) {
    add_numbers_between(below, &number);
    add_number(number);
    below = &number;
  }
  add_numbers_between(below, nullptr);
}

// An integer that equals a float stands for both.
void Division::add_number(const Json& number) {
  if (domain_.numbers == Numbers::All || number.is_number_integer()) return add_value(number);
  const double value = ast::number_in(number);
  if (value != std::floor(value)) return;
  if (value >= -0x1p63 && value < 0x1p63) {
    add_value(static_cast<std::int64_t>(value));
  } else if (value >= 0x1p63 && value < 0x1p64) {
    add_value(static_cast<std::uint64_t>(value));
  }
}

void Division::add_numbers_between(const Json* below, const Json* above) {
  auto number = number_between(below, above, domain_.numbers);
  if (!number) return;
  double low = below == nullptr ? -most : ast::number_in(*below);
  double high = above == nullptr ? most : ast::number_in(*above);
  if (low == 0) low = least_positive;
  if (high == 0) high = -least_positive;
  add(Kind::Numbers, std::move(*number), low, high);
}

void Division::divide_texts() {
  std::set<std::string>& texts = compared_.texts;
  texts.insert("");
  for (const std::string& prefix : compared_.prefixes) {
    if (out_.rules.prefixes_are_free) break;
    texts.insert(prefix);
    texts.insert(*end_of_prefix(prefix));
    compared_.text_order = true;
  }
  const auto add_between = [this](const std::string* below, const std::string* above) {
    if (auto text = text_between(below, above)) add(Kind::Texts, std::move(*text));
  };
  const std::string* below = nullptr;
  for (const std::string& text : texts) {
    if (compared_.text_order && below != nullptr) add_between(below, &text);
    if (!domain_.versions_only || VersionText::of(text)) add_value(text);
    below = &text;
  }
  if (compared_.text_order) return add_between(below, nullptr);
  std::string other = "other";
  while (texts.contains(other)) other += "-other";
  add(Kind::Texts, std::move(other));
}

// One version of each that tests tell apart. False: not all were found, or other tests of numbers
// and texts would need to know more of them.
bool Division::find_versions() {
  const Compared& compared = compared_;
  const bool other_orders = !compared.numbers.empty() || compared.ranks || compared.text_order;
  if (other_orders && !domain_.versions_only) return false;
  if (compared.text_order) return false;
  const std::string* below = nullptr;
  for (const std::string& version : compared.versions) {
    const auto between = version_between(below, &version);
    if (!between) return false;
    versions_.push_back(*between);
    versions_.push_back(version);
    below = &version;
  }
  const auto above = version_between(below, nullptr);
  if (above) versions_.push_back(*above);
  return above.has_value();
}

void Division::divide_by_versions() {
  if (!domain_.versions_only) {
    compared_.texts.insert("");
    if (may_be(ast::Text)) {
      std::string other = "other";
      while (compared_.texts.contains(other)) other += "-other";
      add(Kind::Texts, other);
    }
    if (may_be(ast::Number)) {
      for (const Json& number : {Json(0), Json(-0.0), Json(-1)}) add(Kind::Numbers, number);
    }
  }
  for (const std::string& text : compared_.texts) {
    if (may_be(ast::Text) && (!domain_.versions_only || VersionText::of(text))) add_value(text);
  }
  for (const std::string& version : versions_) add_version(version);
}

// A number that has this text is no other cell for any test: what tests for numbers alone makes
// versions free, and 0 is a cell.
void Division::add_version(const std::string& version) {
  for (std::size_t index = 0;; ++index) {
    std::string text = same_version(version, index);
    if (compared_.texts.contains(text)) continue;
    if (may_be(ast::Text)) return add(Kind::Texts, std::move(text));
    const Json value = number_of(version, std::strtod(version.c_str(), nullptr));
    return add(Kind::Numbers, value);
  }
}

void Division::add_containers() {
  for (const Json& other : compared_.others) {
    if (may_be(other.is_array() ? ast::List : ast::Object) && !other.empty()) add_value(other);
  }
  if (may_be(ast::List)) {
    add_value(Json::array());
    Json list = Json::array({"other"});
    while (std::ranges::find(compared_.others, list) != compared_.others.end())
      list.push_back("other");
    add(Kind::List, std::move(list));
  }
  if (may_be(ast::Object)) {
    add_value(Json::object());
    Json object = {{"other", nullptr}};
    while (std::ranges::find(compared_.others, object) != compared_.others.end())
      object["other"].push_back(0);
    add(Kind::Object, std::move(object));
  }
}

ast::Kinds kinds_of(FieldType type) {
  switch (type) {
    case FieldType::String:
    case FieldType::Version:
      return ast::Text;
    case FieldType::Int:
    case FieldType::Number:
      return ast::Number;
    case FieldType::Bool:
      return ast::Boolean;
    case FieldType::List:
      return ast::List;
    case FieldType::Object:
      return ast::Object;
    case FieldType::Any:
      break;
  }
  return ast::Anything;
}

bool accepts(const Domain& domain, const Json& value) {
  const ast::Kinds kind = kind_of(value);
  if ((domain.kinds & kind) == 0) return false;
  if (kind == ast::Number && domain.numbers == Numbers::Integers && !value.is_number_integer())
    return false;
  if (kind == ast::Text && domain.versions_only &&
      !VersionText::of(value.get_ref<const std::string&>())) {
    return false;
  }
  return !domain.values || std::ranges::any_of(*domain.values, [&](const Json& one) {
    return domain.versions_only ? ast::equal_versions(one, value) : ast::equal(one, value);
  });
}

}  // namespace

Domain domain_of(const Fact* declared) {
  if (declared == nullptr) return {};
  Domain domain;
  domain.kinds = kinds_of(declared->type);
  domain.numbers = declared->type == FieldType::Int ? Numbers::Integers : Numbers::All;
  domain.versions_only = declared->type == FieldType::Version;
  if (!declared->values.empty()) domain.values = declared->values;
  return domain;
}

Domain common(const Domain& a, const Domain& b) {
  Domain out = a;
  out.kinds &= b.kinds;
  if (b.numbers == Numbers::Integers) out.numbers = Numbers::Integers;
  out.versions_only = a.versions_only || b.versions_only;
  out.may_be_missing = a.may_be_missing || b.may_be_missing;
  if (!a.values) out.values = b.values;
  if (!out.values) return out;
  std::erase_if(*out.values,
                [&](const Json& value) { return !accepts(a, value) || !accepts(b, value); });
  return out;
}

FactCells cells_of(const Compared& compared, const Domain& domain) {
  return Division(compared, domain).divide();
}

}  // namespace reg::reason
