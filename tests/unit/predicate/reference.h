#pragma once
// A slow and simple reading of the table of scores, over the generators' own trees: named
// predicates are rewritten into what they stand for, versions become lists of numbers. It shares no
// code with the library but the globs.

#include <predicate/generators.h>
#include <text/names.h>
#include <map>
#include <optional>
#include <sstream>

namespace reg::test {

class Reference {
 public:
  Reference(Json context, Json self, std::map<std::string, AstDefinition> definitions)
      : context_(std::move(context)),
        self_(std::move(self)),
        definitions_(std::move(definitions)) {}

  double score(const Json& part) const {
    if (part.contains("and")) return conjunction(part["and"]);
    if (part.contains("or")) return disjunction(part["or"]);
    if (part.contains("not")) return score(part["not"]) == 0 ? 1 : 0;
    if (part.contains("bare")) return is_true(value(part["bare"])) ? 1 : 0;
    if (part.contains("has")) return value(part["has"]) ? 1 : 0;
    if (part.contains("yes")) return rank(part["yes"]);
    if (part.contains("call")) return call(part);
    return holds(part["op"], value(part["left"]), value(part["right"])) ? 1 : 0;
  }

 private:
  // Versions stand as {"version": "1.2"} in values, too; facts of the generators never look like
  // that.
  using Value = std::optional<Json>;

  static bool is_version(const Json& value) {
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

  double rank(const Json& operand) const {
    if (operand.is_null()) return 0.5;
    Value found = value(operand);
    return found && found->is_number() ? found->get<double>() : 0;
  }

  double call(const Json& part) const {
    const AstDefinition& definition = definitions_.at(part["call"]);
    if (definition.expr.is_null()) return test_of_fact(part);
    std::map<std::string, Json> bound;
    for (std::size_t i = 0; i < definition.params.size(); ++i)
      bound[definition.params[i]] = part["arguments"][i];
    return score(substituted(definition.expr, bound));
  }

  double test_of_fact(const Json& part) const {
    if (!context_.contains(part["call"])) return 0;
    Json fact = context_[part["call"].get<std::string>()];
    if (part["arguments"].empty()) return is_true(fact) ? 1 : 0;
    for (const Json& argument : part["arguments"]) {
      Value wanted = value(argument);
      if (wanted && (equal(*wanted, fact) || (fact.is_array() && contains(fact, *wanted))))
        return 1;
    }
    return 0;
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
    if (operand.contains("path")) return descend(context_, operand["path"]);
    if (operand.contains("self")) return descend(self_, operand["self"]);
    if (operand.contains("literal")) return operand["literal"];
    if (operand.contains("version")) return operand;
    if (!operand.contains("list")) return std::nullopt;
    Json list = Json::array();
    for (const Json& element : operand["list"]) list.push_back(*value(element));
    return list;
  }

  static Value descend(Json value, const Json& keys) {
    for (const Json& key : keys) {
      if (!value.is_object() || !value.contains(key)) return std::nullopt;
      Json next = value[key.get<std::string>()];
      value = next;
    }
    return value;
  }

  static bool is_true(const Value& value) {
    if (!value || *value == nullptr || *value == false) return false;
    if (value->is_number()) return *value != 0;
    if (value->is_string()) return !value->get<std::string>().empty();
    return !value->is_structured() || !value->empty();
  }

  static bool equal(const Json& a, const Json& b) {
    if (is_version(a) || is_version(b)) return order(a, b) == 0;
    if (a.is_number_integer() && b.is_number_integer())
      return a.get<std::int64_t>() == b.get<std::int64_t>();
    if (a.is_number() && b.is_number()) return a.get<long double>() == b.get<long double>();
    if (a.type() != b.type() || a.size() != b.size()) return false;
    if (!a.is_structured()) return a == b;
    for (const auto& [key, element] : a.items()) {
      if (a.is_object() ? !b.contains(key) || !equal(element, b[key])
                        : !equal(element, b[std::stoul(key)]))
        return false;
    }
    return true;
  }

  // What a value reads like where a version is wanted.
  static std::string version_text(const Json& value) {
    if (is_version(value)) return value["version"].get<std::string>();
    if (value.is_number_integer()) return value.dump();
    if (value.is_number()) {
      std::string text = std::to_string(value.get<double>());
      text.erase(text.find_last_not_of('0') + 1);
      return text.back() == '.' ? text + '0' : text;
    }
    std::string text = value.is_string() ? value.get<std::string>() : "";
    return text.starts_with("v") ? text.substr(1) : text;
  }

  static std::optional<std::vector<long>> version(const Json& value) {
    std::string text = version_text(value);
    if (text.empty() || text.back() == '.') return {};
    std::vector<long> numbers;
    std::istringstream in(text);
    for (std::string number; std::getline(in, number, '.');) {
      if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos) return {};
      numbers.push_back(std::stol(number));
    }
    while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
    return numbers;
  }

  // -1, 0, 1; nothing if the two have no order.
  static std::optional<int> order(const Json& a, const Json& b) {
    auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : y < x ? 1 : 0; };
    if (is_version(a) || is_version(b)) {
      auto left = version(a), right = version(b);
      if (!left || !right) return std::nullopt;
      return sign(*left, *right);
    }
    if (a.is_number() && b.is_number()) return sign(a.get<long double>(), b.get<long double>());
    if (a.is_string() && b.is_string()) return sign(a.get<std::string>(), b.get<std::string>());
    return std::nullopt;
  }

  static bool contains(const Json& container, const Json& value) {
    if (container.is_array()) {
      for (const Json& element : container) {
        if (equal(element, value)) return true;
      }
      return false;
    }
    if (!value.is_string()) return false;
    if (container.is_object())
      return container.contains(value.get<std::string>()) && !is_version(container);
    return container.is_string() &&
           container.get<std::string>().find(value.get<std::string>()) != std::string::npos;
  }

  static bool holds(const std::string& op, const Value& left, const Value& right) {
    if (op == "!=") return !holds("==", left, right);
    if (!left || !right) return false;
    if (op == "==") return equal(*left, *right);
    if (op == "in") return contains(*right, *left);
    if (op == "glob") {
      return left->is_string() && right->is_string() &&
             glob_match(right->get<std::string>(), left->get<std::string>());
    }
    std::optional<int> sign = order(*left, *right);
    if (!sign) return false;
    return op == "<" ? *sign < 0 : op == "<=" ? *sign <= 0 : op == ">" ? *sign > 0 : *sign >= 0;
  }

  Json context_, self_;
  std::map<std::string, AstDefinition> definitions_;
};

}  // namespace reg::test
