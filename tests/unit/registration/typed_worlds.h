#pragma once
// Random registries that declare types, predicates that read what they declare, and infos and
// contexts that fit.

#include <predicate/path_text.h>
#include <reg/facts.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <text/kept_number.h>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg::test {

// All of one world follows from one number.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool chance(std::size_t in) { return below(in) == 0; }
  template <typename T>
  const T& of(const std::vector<T>& all) {
    return all[below(all.size())];
  }
  std::string of(std::initializer_list<const char*> all) { return all.begin()[below(all.size())]; }

 private:
  std::minstd_rand random_;
};

// Which worlds: where all that can be read has a type that says what it is, and nothing lies below,
// or any.
enum class Typing : bool { Whole, Loose };

// Few names and values, so that what is compared is equal often enough.
class TypedWorld {
 public:
  TypedWorld(std::uint32_t seed, Typing typing) : dice_(seed), typing_(typing) {
    registry = declare("From");
    other = typing == Typing::Whole || dice_.chance(8) ? declare("Into") : resembling(registry);
    define();
  }

  Dice& dice() { return dice_; }

  // A predicate of that many levels; its leaves are `leaf`.
  std::string predicate(int depth) {
    const std::size_t kind = depth == 0 ? 3 : dice_.below(6);
    if (kind == 0) return "~(" + predicate(depth - 1) + ')';
    if (kind > 2) return leaf();
    std::string text;
    for (std::size_t count = 2 + dice_.below(2); count > 0; --count)
      text += (text.empty() ? "(" : kind == 1 ? " & (" : " | (") + predicate(depth - 1) + ')';
    return text;
  }

  std::string leaf() {
    switch (dice_.below(10)) {
      case 0:
        return path();
      case 1:
        return "has(" + path() + ')';
      case 2:
        return "yes(" + path() + ')';
      case 3:
        return dice_.of({"a", "b"}) + '(' + operands(dice_.below(3)) + ')';
      case 4:
        return "one(" + operand() + ')';
      case 5:
        return "two(" + operand() + ", " + operand() + ')';
      default:
        return comparison(path(), operand());
    }
  }

  // What a candidate's info may be in `registry`.
  Json info() {
    Json made = Json::object();
    for (const Field& field : registry.fields) {
      if (!dice_.chance(5)) made[field.name] = value(field.type);
    }
    return made;
  }

  // A context that fits `registry`, and mostly `other`.
  Context context() {
    Context made = Context::object();
    for (const char* name : {"a", "b", "c", "d"}) {
      if (!dice_.chance(5)) made[name] = value_of(name);
    }
    if (dice_.chance(3)) return made;
    for (const char* name : {"x", "y"}) {
      const std::string path = std::string("e.") + name;
      if (!dice_.chance(4)) made["e"][name] = value_of(path);
    }
    return made;
  }

  RegistryInfo registry, other;
  PredicateSet named;

 private:
  FieldType type() {
    static const std::vector<FieldType> plain = {
        FieldType::String, FieldType::String,  FieldType::Int,    FieldType::Number,
        FieldType::Bool,   FieldType::Version, FieldType::Version};
    if (!dice_.chance(4)) return dice_.of(plain);
    if (typing_ == Typing::Whole) return FieldType::List;
    return dice_.of(std::vector{FieldType::Any, FieldType::List, FieldType::Object});
  }

  RegistryInfo declare(std::string name) {
    RegistryInfo made;
    made.name = std::move(name);
    if (typing_ == Typing::Whole || !dice_.chance(6)) {
      for (const char* field : {"f", "g", "h", "k"}) {
        if (typing_ == Typing::Whole || !dice_.chance(4)) made.fields.push_back({field, type()});
      }
    }
    if (typing_ == Typing::Loose && dice_.chance(4)) return made;
    for (const char* path : {"a", "b", "c", "d", "e.x", "e.y"}) {
      if (typing_ == Typing::Loose && dice_.chance(6)) continue;
      Fact fact{path, type()};
      const bool scalar = fact.type != FieldType::List && fact.type != FieldType::Object;
      while (scalar && fact.values.size() < 3 && dice_.chance(3)) {
        Json one = value(fact.type);
        if (const auto text = version_text(one); text && fact.type == FieldType::Version)
          one = *text;
        if (!one.is_null() && !one.is_structured() && !one.is_binary())
          fact.values.push_back(std::move(one));
      }
      made.context.push_back(std::move(fact));
    }
    if (typing_ == Typing::Loose && dice_.chance(6))
      made.context.push_back({"e", FieldType::Object});
    return made;
  }

  // Some of what another one declares, now and then with another type.
  RegistryInfo resembling(const RegistryInfo& one) {
    RegistryInfo made;
    made.name = "Into";
    const bool no_fields = dice_.chance(4), no_context = dice_.chance(3);
    for (Field field : one.fields) {
      if (dice_.chance(8)) field.type = FieldType::Any;
      if (!no_fields && dice_.chance(2)) made.fields.push_back(std::move(field));
    }
    for (Fact fact : one.context) {
      if (dice_.chance(6)) fact.values.clear();
      if (fact.values.empty() && dice_.chance(8)) fact.type = type();
      if (!no_context && dice_.chance(2)) made.context.push_back(std::move(fact));
    }
    return made;
  }

  void define() {
    named.define("a", {});
    named.define("b", {{}, {}, true});
    named.define("one", {{"p"}, Predicate::parse(body({"p"}))});
    // The second parameter may hide a fact.
    const std::string second = typing_ == Typing::Whole ? "q" : "d";
    named.define(
        "two", {{"p", second},
                Predicate::parse(body({"p", second}) + dice_.of({" | ", " & "}) + body({second}))});
  }

  // Reads what its callers' registries declare, or not.
  std::string body(const std::vector<std::string>& params) {
    const std::string param = dice_.of(params);
    if (typing_ == Typing::Whole) return comparison(path(), param);
    switch (dice_.below(5)) {
      case 0:
        return "has(" + param + ") & " + leaf_without_calls();
      case 1:
        return comparison(param + ".x", operand());
      case 2:
        return dice_.of({"a", "b"}) + '(' + param + ')';
      case 3:
        return comparison(param, dice_.of(params));
      default:
        return comparison(path(), param);
    }
  }
  std::string leaf_without_calls() {
    return dice_.chance(2) ? "yes(" + path() + ')' : comparison(path(), operand());
  }

  std::string comparison(const std::string& left, const std::string& right) {
    const std::string op = dice_.of({"==", "==", "!=", "<", "<=", ">", ">=", "in", "in", "glob"});
    if (op == "glob") return left + " glob " + dice_.of({"\"*\"", "\"2*\"", "\"a*\"", "\"?\""});
    return dice_.chance(2) ? left + ' ' + op + ' ' + right : right + ' ' + op + ' ' + left;
  }

  std::string path() {
    if (typing_ == Typing::Loose && dice_.chance(8))
      return dice_.of({"a.x", "b.a", "e", "e.x.y", "self.f.x", "self.g.a", "e.z"});
    const bool of_self = dice_.chance(3) && (typing_ == Typing::Loose || !registry.fields.empty());
    if (of_self) return dice_.of({"self.f", "self.g", "self.h", "self.k"});
    return dice_.of({"a", "b", "c", "d", "e.x", "e.y"});
  }

  std::string operand() {
    if (dice_.chance(2)) return path();
    if (!dice_.chance(5)) return literal();
    std::string list;
    for (std::size_t count = dice_.below(4); count > 0; --count)
      list += (list.empty() ? "" : ", ") + literal();
    return '[' + list + ']';
  }

  std::string literal() {
    if (dice_.chance(4)) return dice_.of({"v2", "v2.10", "v2.1", "v2.0rc1"});
    const Json one = value(type());
    return one.is_structured() ? "[]" : to_text(one);
  }

  std::string operands(std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += (text.empty() ? "" : ", ") + operand();
    return text;
  }

  Json value_of(const std::string& path) {
    for (const RegistryInfo* one : {&registry, &other}) {
      for (const Fact& fact : one->context) {
        if (fact.path != path || fact.type == FieldType::Any) continue;
        return fact.values.empty() ? fact_value(fact.type) : dice_.of(fact.values);
      }
    }
    return fact_value(FieldType::Any);
  }

  // Numbers may be given for versions.
  Json fact_value(FieldType of_type) {
    if (of_type != FieldType::Version || !dice_.chance(3)) return value(of_type);
    return dice_.of(std::vector<Json>{2, 2.5, 2.1, number_of("2.10", 2.1), number_of("2.0", 2)});
  }

  Json scalar() {
    static const std::vector<Json> all = {"a", "", "2", "2.10", 2, 2.5, true, false, nullptr, 0};
    return dice_.of(all);
  }

  Json value(FieldType of_type) {
    static const std::vector<Json> strings = {"a", "", "2", "2.0", "2.10", "v2.1", "cuda-2.10"},
                                   ints = {0, 1, 2, -1, -3}, numbers = {0, 2, 2.5, 2.0, -1.5},
                                   versions = {"2", "2.0", "v2.10", "2.10", "2.1", "2.0rc1"};
    if (typing_ == Typing::Loose && dice_.chance(8)) return nullptr;
    switch (of_type) {
      case FieldType::String:
        return dice_.of(strings);
      case FieldType::Int:
        return dice_.of(ints);
      case FieldType::Number:
        return dice_.of(numbers);
      case FieldType::Bool:
        return dice_.chance(2);
      case FieldType::Version:
        return dice_.of(versions);
      case FieldType::List:
        return Json::array({scalar(), scalar(), dice_.of(versions)});
      case FieldType::Object:
        return {{"x", scalar()}, {"a", scalar()}, {"2.10", scalar()}, {"2", 1}};
      case FieldType::Any:
        break;
    }
    switch (dice_.below(6)) {
      case 0:
        return value(FieldType::List);
      case 1:
        return value(FieldType::Object);
      case 2:
        return dice_.of(versions);
      default:
        return scalar();
    }
  }

  Dice dice_;
  Typing typing_;
};

}  // namespace reg::test
