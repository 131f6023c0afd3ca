#pragma once
/// @file plugin/value.hpp
/// JSON values while a program is compiled, and the text that they become.
///
/// ```cpp
/// char text[64] = {};
/// reg::plugin::Writer json(text);
/// json.value(reg::Object{{"width", 4096}, {"formats", {"png", 2.5, nullptr}}});
/// assert(std::string_view(text) == R"({"width":4096,"formats":["png",2.5,null]})");
/// ```

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <reg/plugin/decimal.hpp>
#include <reg/plugin/scan.hpp>
#include <string_view>
#include <type_traits>

namespace reg {

namespace plugin {
struct Member;
class Value;

template <typename Type, typename... Others>
inline constexpr bool is_one_of = (std::is_same_v<Type, Others> || ...);
/// Integers of at most 64 bits; characters are none, since who writes 'x' may mean a text or a
/// number.
template <typename Type>
concept IntegerOfJson = std::is_integral_v<Type> && sizeof(Type) <= sizeof(std::uint64_t) &&
                        !is_one_of<Type, bool, char, wchar_t, char8_t, char16_t, char32_t>;
template <typename Type>
concept NumberOfJson = is_one_of<Type, float, double>;
template <typename Type>
concept TextOfJson = std::is_convertible_v<const Type&, std::string_view>;
/// A type that no JSON value can be made of.
template <typename Type>
concept NoJson = !is_one_of<Type, bool, std::nullptr_t> && !IntegerOfJson<Type> &&
                 !NumberOfJson<Type> && !TextOfJson<Type>;

/// A text of a declaration. One that is not given has no data. A view: what it is made of must live
/// as long.
class DeclaredText {
 public:
  constexpr DeclaredText() = default;
  /// A literal, whose text ends at the first NUL; what stands behind it was lost.
  template <std::size_t Size>
  constexpr DeclaredText(const char (&literal)[Size]) : view_(literal) {
    for (std::size_t i = view_.size(); i < Size; ++i) is_cut_ = is_cut_ || literal[i] != '\0';
  }
  template <TextOfJson Text>
  requires(!std::is_array_v<Text>) constexpr DeclaredText(const Text& text) : view_(text) {}

  [[nodiscard]] constexpr std::string_view view() const { return view_; }
  [[nodiscard]] constexpr bool is_given() const { return view_.data() != nullptr; }
  /// Whether it was a literal with a NUL in it.
  [[nodiscard]] constexpr bool is_cut() const { return is_cut_; }

 private:
  std::string_view view_ = {};
  bool is_cut_ = false;
};
}  // namespace plugin

/// A JSON object in a declaration: `reg::Object{{"width", 4096}, {"height", 4096}}`;
/// `reg::Object{}` is the empty one.
struct Object {
  std::initializer_list<plugin::Member> members;
  constexpr Object(std::initializer_list<plugin::Member> given) : members(given) {}
};

/// A JSON list in a declaration, where a braced one would be taken for a mistaken object:
/// `reg::List{{"a", 1}, {"b", 2}}` is [["a", 1], ["b", 2]].
struct List {
  std::initializer_list<plugin::Value> items;
  constexpr List(std::initializer_list<plugin::Value> given) : items(given) {}
};

namespace plugin {

/// A JSON value: a text, an integer, a finite float or double, true, false, nullptr, a list
/// `{1, "x"}` (`{}` is the empty one), or a `reg::Object`. A `float` is the double that it equals.
/// Versions are written as texts, `"2.10"`: the number 2.10 is 2.1.
/// Views: what it is made of must live as long.
class Value {
 public:
  enum class Kind : std::uint8_t { Null, Bool, Integer, Natural, Real, Text, List, Object };

  constexpr Value(std::nullptr_t) {}
  template <typename Bool>
  requires std::is_same_v<Bool, bool>
  constexpr Value(Bool value) : kind(Kind::Bool), boolean(value) {}
  template <IntegerOfJson Integer>
  constexpr Value(Integer value)
      : kind(value < 0 ? Kind::Integer : Kind::Natural),
        size(value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                       : static_cast<std::uint64_t>(value)) {}
  template <NumberOfJson Number>
  constexpr Value(Number value) : kind(Kind::Real), real(static_cast<double>(value)) {}
  template <std::size_t Size>
  constexpr Value(const char (&literal)[Size]) : kind(Kind::Text), text(literal) {}
  template <TextOfJson Text>
  requires(!std::is_array_v<Text>) constexpr Value(const Text& given)
      : kind(Kind::Text), text(given) {}
  constexpr Value(std::initializer_list<Value> list) : kind(Kind::List), items(list) {}
  constexpr Value(const reg::List& list) : kind(Kind::List), is_explicit(true), items(list.items) {}
  constexpr Value(const reg::Object& object) : kind(Kind::Object), members(object.members) {}
  /// A character (write a text or a number), a pointer, a long double, or another type that is no
  /// JSON.
  template <NoJson Other>
  Value(Other) = delete;

  Kind kind = Kind::Null;
  bool boolean = false;
  bool is_explicit = false;  ///< of a List: said to be one
  std::uint64_t size = 0;    ///< of an Integer, which is below 0, or a Natural
  double real = 0;
  DeclaredText text = {};
  std::initializer_list<Value> items = {};
  std::initializer_list<Member> members = {};
};

/// A member of an object.
struct Member {
  constexpr Member(DeclaredText name, const Value& given) : key(name), value(given) {}
  /// A key alone: `{"lossy"}` has no value.
  template <TextOfJson Text>
  Member(const Text&) = delete;

  DeclaredText key;
  Value value;
};

/// Whether a braced list looks as an object does in other places: `{{"a", 1}, {"b", 2}}`.
constexpr bool looks_like_object(const Value& value) {
  if (value.kind != Value::Kind::List || value.is_explicit || value.items.size() == 0) return false;
  for (const Value& item : value.items) {
    const bool pair = item.kind == Value::Kind::List && !item.is_explicit && item.items.size() == 2;
    if (!pair || item.items.begin()->kind != Value::Kind::Text) return false;
  }
  return true;
}

/// Writes JSON, or only counts how much there is to write.
class Writer {
 public:
  /// Counts.
  constexpr Writer() = default;
  constexpr explicit Writer(char* out) : out_(out), writes_(true) {}

  [[nodiscard]] constexpr std::size_t size() const { return size_; }

  constexpr void put(char c) {
    if (writes_) out_[size_] = c;
    ++size_;
  }
  constexpr void raw(std::string_view text) { copy(text.data(), text.data() + text.size()); }
  /// What is no UTF-8 becomes U+FFFD. Nothing is called for a character that is written as it is:
  /// compilers count what they do for a declaration, and give up.
  constexpr void string(std::string_view text) {
    put('"');
    const char *at = text.data(), *const end = at + text.size();
    while (at != end) {
      const char* const begin = at;
      while (at != end && *at >= 0x20 && *at < 0x7F && *at != '"' && *at != '\\') ++at;
      copy(begin, at);
      if (at == end) break;
      const std::string_view rest(at, static_cast<std::size_t>(end - at));
      const std::size_t size = grammar::sequence_length(rest);
      character(rest, size);
      at += size == 0 ? 1 : size;
    }
    put('"');
  }
  constexpr void number(std::uint64_t value) {
    if (value > 9) number(value / 10);
    put(static_cast<char>('0' + value % 10));
  }
  constexpr void value(const Value& value) {
    switch (value.kind) {
      case Value::Kind::Null:
        return raw("null");
      case Value::Kind::Bool:
        return raw(value.boolean ? "true" : "false");
      case Value::Kind::Integer:
        put('-');
        return number(value.size);
      case Value::Kind::Natural:
        return number(value.size);
      case Value::Kind::Real:
        return grammar::write_double(value.real, [this](char c) { put(c); });
      case Value::Kind::Text:
        return string(value.text.view());
      case Value::Kind::List:
        return list(value.items);
      case Value::Kind::Object:
        return object(value.members);
    }
  }
  constexpr void object(std::initializer_list<Member> members) {
    char before = '{';
    for (const Member& member : members) {
      put(before);
      before = ',';
      string(member.key.view());
      put(':');
      value(member.value);
    }
    if (before == '{') put(before);
    put('}');
  }

 private:
  constexpr void list(std::initializer_list<Value> items) {
    char before = '[';
    for (const Value& item : items) {
      put(before);
      before = ',';
      value(item);
    }
    if (before == '[') put(before);
    put(']');
  }
  constexpr void copy(const char* begin, const char* end) {
    if (writes_) {
      char* out = out_ + size_;
      for (const char* at = begin; at != end; ++at) *out++ = *at;
    }
    size_ += static_cast<std::size_t>(end - begin);
  }
  // The first of the text, which has that size; 0: it is none.
  constexpr void character(std::string_view text, std::size_t size) {
    const char c = text.front();
    if (size == 0) return raw("\\ufffd");
    if (grammar::is_control(text, 0)) return escape(grammar::byte_of(text[size - 1]));
    if (c == '"' || c == '\\') put('\\');
    raw(text.substr(0, size));
  }
  constexpr void escape(unsigned char point) {
    raw("\\u00");
    put("0123456789abcdef"[point >> 4]);
    put("0123456789abcdef"[point & 15]);
  }

  // Not told from a null pointer: what is compared with one is no constant to a sanitizer of GCC.
  char* out_ = nullptr;
  bool writes_ = false;
  std::size_t size_ = 0;
};

}  // namespace plugin
}  // namespace reg
