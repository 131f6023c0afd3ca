#include <reg/remote_settings.h>
#include <algorithm>

namespace reg {

std::string origin_name_problem(std::string_view name) {
  const auto is_first = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  const auto is_other = [&](char c) { return is_first(c) || c == '.' || c == '-'; };
  if (name.empty()) return "an origin has a name";
  if (name.size() > 64) return "an origin's name has 64 characters at most";
  if (!is_first(name.front()) || !std::all_of(name.begin(), name.end(), is_other))
    return "an origin's name has letters, digits and _, and behind the first also . and -";
  return {};
}

}  // namespace reg
