#pragma once
// A slow and simple reading of the table of scores, over the generators' own trees: named
// predicates are rewritten into what they stand for, versions become lists. It shares no code with
// the library but the globs.

#include <predicate/generators.h>
#include <reg/text.h>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

namespace reg::test {

// A version as what is compared: numbers, then whether it is a release, then identifiers, of which
// numbers come first.
using VersionKey = std::tuple<std::vector<long double>, bool,
                              std::vector<std::tuple<bool, long double, std::string>>>;

inline std::optional<VersionKey> version_key(const std::string& text) {
  static const std::regex form(
      "v?([0-9]+(?:\\.[0-9]+)*)"
      "(?:(a|b|rc)([0-9]+)|-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
      "(?:\\+[0-9A-Za-z_-]+(?:\\.[0-9A-Za-z_-]+)*)?");
  std::smatch parts;
  if (!std::regex_match(text, parts, form)) return std::nullopt;
  VersionKey key;
  auto& [numbers, release, identifiers] = key;
  std::istringstream dotted(parts[1].str());
  for (std::string number; std::getline(dotted, number, '.');)
    numbers.push_back(std::stold(number));
  while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
  std::string before = parts[2].matched ? parts[2].str() + "." + parts[3].str() : parts[4].str();
  release = before.empty();
  std::istringstream words(before);
  for (std::string word; std::getline(words, word, '.');) {
    bool is_text = word.find_first_not_of("0123456789") != std::string::npos;
    identifiers.push_back({is_text, is_text ? 0 : std::stold(word), is_text ? word : ""});
  }
  return key;
}

class Reference {
 public:
  Reference(Json context, Json self, std::map<std::string, AstDefinition> definitions,
            const Versions& versions = {})
      : context_(std::move(context)),
        self_(std::move(self)),
        definitions_(std::move(definitions)),
        fields_(versions.fields.begin(), versions.fields.end()) {
    // The facts of the generators, as they print.
    static const std::map<std::string, Json> paths = {
        {"a", {"a"}},        {"b", {"b"}},
        {"b.x", {"b", "x"}}, {"c.`x.``y`", {"c", "x.`y"}},
        {"gpu", {"gpu"}},    {"near", {"near"}},
        {"`v2`", {"v2"}},    {"`max-batch`.x", {"max-batch", "x"}}};
    for (const std::string& fact : versions.facts) facts_.insert(paths.at(fact));
  }

  double score(const Json& part) const {
    if (part.contains("and")) return conjunction(part["and"]);
    if (part.contains("or")) return disjunction(part["or"]);
    if (part.contains("not")) return score(part["not"]) == 0 ? 1 : 0;
    if (part.contains("bare")) return is_true(value(part["bare"]).json) ? 1 : 0;
    if (part.contains("has")) return has(part["has"]) ? 1 : 0;
    if (part.contains("yes")) return rank(part["yes"]);
    if (part.contains("call")) return call(part);
    return holds(part["op"], value(part["left"]), value(part["right"])) ? 1 : 0;
  }

 private:
  // Version literals stand as {"version": "1.2"} in values, too; facts of the generators never look
  // like that.
  struct Value {
    std::optional<Json> json;
    bool path = false, version = false;
    bool null() const { return json && json->is_null(); }
  };

  static bool is_literal_version(const Json& value) {
    return value.is_object() && value.contains("version");
  }

  // (a & b) & c is a & b & c: with scores below 0, the sum of a and b alone could be 0.
  static Json flattened(const Json& parts) {
    Json flat = Json::array();
    for (const Json& part : parts) {
      if (!part.contains("and")) flat.push_back(part);
      for (const Json& inner : flattened(part.value("and", Json::array()))) flat.push_back(inner);
    }
    return flat;
  }

  double conjunction(const Json& parts) const {
    double sum = 0;
    for (const Json& part : flattened(parts)) {
      double one = score(part);
      if (one == 0) return 0;
      sum += one;
    }
    return sum;
  }

  double disjunction(const Json& parts) const {
    for (const Json& part : parts) {
      if (double one = score(part); one != 0) return one;
    }
    return 0;
  }

  bool has(const Json& operand) const {
    Value found = value(operand);
    return found.json && !(operand.contains("self") && found.null());
  }

  double rank(const Json& operand) const {
    if (operand.is_null()) return 0.5;
    Value found = value(operand);
    return found.json && is_number(*found.json) ? static_cast<double>(number(*found.json)) : 0;
  }

  double call(const Json& part) const {
    const AstDefinition& definition = definitions_.at(part["call"]);
    if (definition.expr.is_null()) return test_of_fact(part, definition.all);
    std::map<std::string, Json> bound;
    for (std::size_t i = 0; i < definition.params.size(); ++i)
      bound[definition.params[i]] = part["arguments"][i];
    return score(substituted(definition.expr, bound));
  }

  double test_of_fact(const Json& part, bool all) const {
    Value fact = value({{"path", {part["call"]}}});
    if (!fact.json) return 0;
    if (part["arguments"].empty()) {
      if (!fact.json->is_object()) return is_true(fact.json) ? 1 : 0;
      for (const Json& grade : *fact.json) {
        if (graded(grade) > 0) return 1;
      }
      return 0;
    }
    std::vector<double> scores;
    for (const Json& argument : part["arguments"]) scores.push_back(tested(fact, value(argument)));
    if (!all) return *std::max_element(scores.begin(), scores.end());
    if (std::count(scores.begin(), scores.end(), 0) > 0) return 0;
    return std::accumulate(scores.begin(), scores.end(), 0.0);
  }

  static double tested(const Value& fact, const Value& wanted) {
    if (!wanted.json) return 0;
    if (fact.json->is_object()) {
      bool there = wanted.json->is_string() && fact.json->contains(wanted.json->get<std::string>());
      return there ? graded((*fact.json)[wanted.json->get<std::string>()]) : 0;
    }
    bool equals = holds("==", wanted, fact);
    return equals || (fact.json->is_array() && holds("in", wanted, fact)) ? 1 : 0;
  }

  static double graded(const Json& value) {
    if (value == true) return 1;
    return is_number(value) && number(value) > 0 ? static_cast<double>(number(value)) : 0;
  }

  static Json substituted(const Json& tree, const std::map<std::string, Json>& bound) {
    if (tree.is_object() && tree.contains("path") && bound.contains(tree["path"][0])) {
      Json operand = bound.at(tree["path"][0]);
      const char* kind = operand.contains("path")   ? "path"
                         : operand.contains("self") ? "self"
                                                    : nullptr;
      if (kind == nullptr) return tree["path"].size() == 1 ? operand : Json{{"nothing", true}};
      for (std::size_t i = 1; i < tree["path"].size(); ++i)
        operand[kind].push_back(tree["path"][i]);
      return operand;
    }
    if (!tree.is_structured() || tree.contains("literal")) return tree;
    Json copy = tree;
    for (Json& child : copy) child = substituted(child, bound);
    return copy;
  }

  Value value(const Json& operand) const {
    if (operand.contains("path"))
      return {descend(context_, operand["path"]), true, facts_.contains(operand["path"])};
    if (operand.contains("self")) {
      const Json& keys = operand["self"];
      bool version = keys.size() == 1 && fields_.contains(keys[0]);
      return {descend(self_, keys).value_or(Json()), true, version};
    }
    if (operand.contains("literal")) return {operand["literal"]};
    if (operand.contains("version")) return {operand};
    if (!operand.contains("list")) return {};
    Json list = Json::array();
    for (const Json& element : operand["list"]) list.push_back(*value(element).json);
    return {list};
  }

  static std::optional<Json> descend(Json value, const Json& keys) {
    for (const Json& key : keys) {
      if (!value.is_object() || !value.contains(key)) return std::nullopt;
      Json next = value[key.get<std::string>()];
      value = next;
    }
    return value;
  }

  static std::string bytes(const Json& binary) {
    return {binary.get_binary().begin(), binary.get_binary().end()};
  }
  static bool is_number(const Json& value) { return value.is_number() || value.is_binary(); }
  static long double number(const Json& value) {
    return value.is_binary() ? std::stod(bytes(value)) : value.get<long double>();
  }

  static bool is_true(const std::optional<Json>& value) {
    if (!value || *value == nullptr || *value == false) return false;
    if (is_number(*value)) return number(*value) != 0;
    if (value->is_string()) return !value->get<std::string>().empty();
    return !value->is_structured() || !value->empty();
  }

  static bool equal(const Json& a, const Json& b, bool versions) {
    if (versions && (a.is_null() || b.is_null())) return a.is_null() && b.is_null();
    if (versions || is_literal_version(a) || is_literal_version(b)) return order(a, b, true) == 0;
    if (a.is_number_integer() && b.is_number_integer())
      return a.get<std::int64_t>() == b.get<std::int64_t>();
    if (is_number(a) && is_number(b)) return number(a) == number(b);
    if (a.type() != b.type() || a.size() != b.size()) return false;
    if (!a.is_structured()) return a == b;
    for (const auto& [key, element] : a.items()) {
      if (a.is_object() ? !b.contains(key) || !equal(element, b[key], false)
                        : !equal(element, b[std::stoul(key)], false))
        return false;
    }
    return true;
  }

  // What a value reads like where a version is wanted.
  static std::string version_text(const Json& value) {
    if (is_literal_version(value)) return value["version"].get<std::string>();
    if (value.is_binary()) return bytes(value);
    if (value.is_number_integer()) return value.dump();
    if (value.is_number()) {
      std::string text = std::to_string(value.get<double>());
      text.erase(text.find_last_not_of('0') + 1);
      return text.back() == '.' ? text + '0' : text;
    }
    return value.is_string() ? value.get<std::string>() : "";
  }

  // -1, 0, 1; nothing if the two have no order.
  static std::optional<int> order(const Json& a, const Json& b, bool versions) {
    auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (versions || is_literal_version(a) || is_literal_version(b)) {
      auto left = version_key(version_text(a)), right = version_key(version_text(b));
      if (!left || !right) return std::nullopt;
      return sign(*left, *right);
    }
    if (is_number(a) && is_number(b)) return sign(number(a), number(b));
    if (a.is_string() && b.is_string()) return sign(a.get<std::string>(), b.get<std::string>());
    return std::nullopt;
  }

  static bool contains(const Json& container, const Json& value, bool versions) {
    if (container.is_array()) {
      for (const Json& element : container) {
        if (equal(element, value, versions)) return true;
      }
      return false;
    }
    if (!value.is_string()) return false;
    if (container.is_object())
      return container.contains(value.get<std::string>()) && !is_literal_version(container);
    return container.is_string() &&
           container.get<std::string>().find(value.get<std::string>()) != std::string::npos;
  }

  static bool holds(const std::string& op, const Value& left, const Value& right) {
    if (op == "!=") return !holds("==", left, right);
    if (!left.json || !right.json) return false;
    if (left.path && right.path && (left.null() || right.null())) return false;
    const Json &a = *left.json, &b = *right.json;
    bool versions = left.version || right.version;
    if (op == "==") return equal(a, b, versions);
    if (op == "in") return contains(b, a, versions);
    if (op == "glob") {
      return a.is_string() && b.is_string() &&
             glob_match(b.get<std::string>(), a.get<std::string>());
    }
    std::optional<int> sign = order(a, b, versions);
    if (!sign) return false;
    return op == "<" ? *sign < 0 : op == "<=" ? *sign <= 0 : op == ">" ? *sign > 0 : *sign >= 0;
  }

  Json context_, self_;
  std::map<std::string, AstDefinition> definitions_;
  std::set<Json> facts_;
  std::set<std::string> fields_;
};

}  // namespace reg::test
