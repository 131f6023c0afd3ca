#pragma once
/// @file plugin/declaration.hpp
/// A declaration while it is compiled: what REG_SYMBOL is given, and the JSON that it becomes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <reg/plugin/abi.hpp>
#include <string_view>
#include <type_traits>

namespace reg::plugin {

struct Member;

/// A JSON value: a text, a number, true, false, nullptr, a list `{1, 2}` or an object
/// `{{"key", value}}`.
class Value {
 public:
  enum class Kind : std::uint8_t { Null, Bool, Integer, Natural, Real, Text, List, Object };

  constexpr Value(std::nullptr_t) {}
  constexpr Value(bool value) : kind_(Kind::Bool), bool_(value) {}
  template <typename Number>
  requires(std::is_integral_v<Number> &&
           !std::is_same_v<Number, bool>) constexpr Value(Number value)
      : kind_(value < 0 ? Kind::Integer : Kind::Natural),
        natural_(value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                           : static_cast<std::uint64_t>(value)) {}
  constexpr Value(const char* value) : kind_(Kind::Text), text_(value) {}
  constexpr Value(std::string_view value) : kind_(Kind::Text), text_(value) {}
  constexpr Value(std::initializer_list<Value> items) : kind_(Kind::List), items_(items) {}

  Kind kind_ = Kind::Null;
  bool bool_ = false;
  std::uint64_t natural_ = 0;
  double real_ = 0;
  std::string_view text_;
  std::initializer_list<Value> items_;
};

/// What REG_SYMBOL takes besides the interface and the class, all of it optional, in this order.
struct Declaration {
  struct Field {
    std::string_view name;
    Value value;
  };
  std::string_view registry = {};  ///< default: the interface's
  std::string_view oid = {};       ///< default: the last component of the class's name
  std::initializer_list<Field> info = {};
  std::string_view select = {};    ///< a predicate
  std::string_view replaces = {};  ///< a target
  bool force = false;
  bool clear = false;
  std::string_view when = {};  ///< a predicate over what is known when declarations are read
  std::string_view doc = {};
};

/// Writes JSON, or only counts how much there is to write.
class Writer {
 public:
  constexpr explicit Writer(char* out) : out_(out) {}
  constexpr void raw(std::string_view text) {
    for (const char c : text) put(c);
  }
  constexpr void string(std::string_view text) {
    put('"');
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (byte < 0x20 || byte == 0x7F) {
        raw("\\u00");
        put("0123456789abcdef"[byte >> 4]);
        put("0123456789abcdef"[byte & 15]);
      } else {
        put(c);
      }
    }
    put('"');
  }
  constexpr void number(std::uint64_t value) {
    if (value > 9) number(value / 10);
    put(static_cast<char>('0' + value % 10));
  }
  constexpr void value(const Value& value) {
    switch (value.kind_) {
      case Value::Kind::Null:
        return raw("null");
      case Value::Kind::Bool:
        return raw(value.bool_ ? "true" : "false");
      case Value::Kind::Integer:
        put('-');
        return number(value.natural_);
      case Value::Kind::Natural:
        return number(value.natural_);
      case Value::Kind::Text:
        return string(value.text_);
      default:
        break;
    }
    put('[');
    bool first = true;
    for (const Value& item : value.items_) {
      if (!first) put(',');
      first = false;
      this->value(item);
    }
    put(']');
  }
  constexpr void text_member(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    put(',');
    string(key);
    put(':');
    string(text);
  }
  constexpr void put(char c) {
    if (out_ != nullptr) out_[size_] = c;
    ++size_;
  }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }

 private:
  char* out_;
  std::size_t size_ = 0;
};

/// Where, and behind which interface, something is declared.
struct Surroundings {
  std::string_view name;      // of the class
  std::string_view registry;  // the interface's
  InterfaceInfo interface;
  std::string_view file;
  std::uint32_t line;
};

constexpr std::string_view oid_of(const Declaration& declared, std::string_view name) {
  return declared.oid.empty() ? name.substr(name.find_last_of(".:/") + 1) : declared.oid;
}

constexpr std::size_t write(const Declaration& declared, const Surroundings& around, char* out) {
  Writer json(out);
  json.raw("\x1eREG1 {\"registry\":");
  json.string(declared.registry.empty() ? around.registry : declared.registry);
  json.text_member("oid", oid_of(declared, around.name));
  json.text_member("target", around.name);
  if (declared.info.size() != 0) {
    json.raw(",\"info\":{");
    bool first = true;
    for (const Declaration::Field& field : declared.info) {
      if (!first) json.put(',');
      first = false;
      json.string(field.name);
      json.put(':');
      json.value(field.value);
    }
    json.put('}');
  }
  json.text_member("select", declared.select);
  json.text_member("replaces", declared.replaces);
  if (declared.force) json.raw(",\"force\":true");
  if (declared.clear) json.raw(",\"clear\":true");
  json.text_member("when", declared.when);
  json.text_member("doc", declared.doc);
  json.raw(",\"declared\":{\"path\":");
  json.string(around.file);
  json.raw(",\"line\":");
  json.number(around.line);
  json.raw("},\"interface\":{\"type\":");
  json.string(around.interface.type);
  json.raw(",\"version\":");
  json.number(around.interface.version);
  json.raw(",\"size\":");
  json.number(around.interface.size);
  json.raw(",\"abi\":");
  json.string(around.interface.abi);
  json.raw("}}\n");
  return json.size();
}

}  // namespace reg::plugin
