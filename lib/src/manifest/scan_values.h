#pragma once
// Reads where the values of a registration are taken from: `"text"`, `{ argument = 0 }`, ….

#include <manifest/element.h>
#include <manifest/problems.h>
#include <manifest/scan_settings.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The forms that a value may have.
enum class Forms : std::uint8_t {
  None = 0,
  Text = 1,       // "text"
  Texts = 2,      // ["a", "b"]
  Receiver = 4,   // { receiver = true }
  Position = 8,   // { argument = 0 }
  Keyword = 16,   // { argument = "name" }, { argument = ["name", 0] }
  Template = 32,  // { template = 0 }
  Attribute = 64  // { attribute = "__name__" }
};
constexpr Forms operator|(Forms a, Forms b) {
  return static_cast<Forms>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr Forms operator&(Forms a, Forms b) {
  return static_cast<Forms>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}
constexpr bool has(Forms set, Forms form) { return (set & form) != Forms::None; }
inline constexpr Forms any_argument = Forms::Position | Forms::Keyword;

// The forms that a value may have here, and in whose company the others are ("a macro").
struct FormsHere {
  Forms forms = Forms::None;   // those that this key takes of what there is here
  Forms of_key = Forms::None;  // those that it takes anywhere
  std::string_view place;
};

// A value of one of these forms; all else is reported.
ValueFrom read_value_from(Problems& problems, const Element& value, const FormsHere& here);

// Whether the text is a name as languages have them; `a.b.C` and, in C++, `a::b::C` are dotted.
bool is_identifier(std::string_view text);
bool is_dotted_name(std::string_view text, Language language);

// The names in a text or an array of texts, which are dotted names of the language. An empty array
// is reported.
std::vector<std::string> read_code_names(Problems& problems, const Element& value,
                                         Language language);

}  // namespace reg
