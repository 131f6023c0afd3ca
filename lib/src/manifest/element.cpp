#include <manifest/element.h>
#include <reg/text.h>
#include <text/json_text.h>
#include <text/utf8.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t longest_shown = 80;

bool is_bare(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

void append_toml_step(std::string& out, const Element& element) {
  if (element.in_array) {
    out += '[' + std::to_string(element.index) + ']';
    return;
  }
  if (!out.empty()) out += '.';
  const bool bare = !element.key.empty() && element.key.size() <= longest_shown &&
                    std::all_of(element.key.begin(), element.key.end(), is_bare);
  out += bare ? std::string(element.key) : shown(element.key);
}

// A step of a JSON pointer (RFC 6901).
void append_pointer_step(std::string& out, const Element& element) {
  out += '/';
  if (element.in_array) {
    out += std::to_string(element.index);
    return;
  }
  std::string escaped;
  for (char c : cut(element.key, longest_shown)) {
    if (c == '~' || c == '/') {
      escaped += c == '~' ? "~0" : "~1";
    } else {
      escaped += c;
    }
  }
  append_escaped(out, escaped);
}

}  // namespace

std::string name_of(const Element& element, ManifestFormat format) {
  if (element.parent == nullptr) return {};
  std::string name = name_of(*element.parent, format);
  if (format == ManifestFormat::JsonText) {
    append_pointer_step(name, element);
  } else {
    append_toml_step(name, element);
  }
  return name;
}

std::string shown(std::string_view text) { return in_quotes(shortened(text, longest_shown)); }

}  // namespace reg
