#include <resolve/match.h>
#include <algorithm>
#include <iterator>

namespace reg {

std::string_view last_part(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

bool is_meant_by(std::string_view path, std::string_view name) {
  if (path == name) return true;
  const std::string_view last = last_part(name);
  if (last_part(path) != last) return false;
  if (last.size() == name.size()) return true;
  return path.starts_with(name.substr(0, name.size() - last.size()));
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
