#include <resolve/match.h>
#include <algorithm>
#include <cctype>
#include <iterator>

namespace reg {

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

namespace {

bool is_within(std::string_view path, std::string_view package) {
  return path.starts_with(package) &&
         (path.size() == package.size() || path[package.size()] == '.');
}

// Classes have capitals, as a rule.
bool may_be_modules(std::string_view parts) {
  for (bool is_first = true; const char c : parts) {
    if (is_first && c >= 'A' && c <= 'Z') return false;
    is_first = c == '.';
  }
  return true;
}

// Both have the same last part. For each split of the name into a package and what is in it.
bool is_meant_outside(std::string_view path, std::string_view name) {
  if (path == name) return true;
  for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot != 0;
       dot = name.rfind('.', dot - 1)) {
    const std::string_view rest = name.substr(dot);
    if (path.size() < name.size() || !path.ends_with(rest)) return false;
    const std::string_view module = path.substr(0, path.size() - rest.size());
    if (!is_within(module, name.substr(0, dot))) continue;
    const std::string_view skipped = module.substr(dot);
    if (may_be_modules(skipped.substr(skipped.empty() ? 0 : 1))) return true;
  }
  return false;
}

}  // namespace

bool is_meant_by(const CodePath& path, std::string_view name) {
  if (name.find('.') == std::string_view::npos) return last_part(path.name) == name;
  if (!path.is_split) return is_meant_outside(path.name, name);
  if (path.module.empty()) return path.name == name;
  if (name.size() <= path.name.size() || !name.ends_with(path.name)) return false;
  name.remove_suffix(path.name.size());
  if (name.back() != '.') return false;
  name.remove_suffix(1);
  return is_within(path.module, name);
}

std::string_view name_of_class(const Expression& value) {
  const std::string_view text = value.text;
  if (value.kind == Expression::Kind::Name) return text;
  const std::size_t open = text.find('[');
  if (value.kind != Expression::Kind::Other || open == std::string_view::npos) return {};
  if (!is_plain_name(text.substr(0, open))) return {};
  std::size_t depth = 0;  // the end may be cut off
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && --depth == 0 && i + 1 != text.size()) return {};
  }
  return text.substr(0, open);
}

bool is_of_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || c == '.' || c == '_' || std::isalnum(byte) != 0;
}

bool is_plain_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), is_of_name);
}

bool is_common_method(std::string_view name) {
  static constexpr std::string_view common[] = {"add",      "get",          "match",   "merge",
                                                "register", "register_all", "registry"};
  return std::find(std::begin(common), std::end(common), name) != std::end(common);
}

bool is_capitals(std::string_view name) {
  bool has_letter = false;
  for (const char c : name) {
    const bool is_letter = c >= 'A' && c <= 'Z';
    if (!is_letter && c != '_' && !(c >= '0' && c <= '9')) return false;
    has_letter = has_letter || is_letter;
  }
  return has_letter;
}

}  // namespace reg
