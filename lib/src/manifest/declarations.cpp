#include <manifest/declarations.h>
#include <reg/remote.h>
#include <algorithm>

namespace reg {

bool Declarations::failed() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

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

std::string_view origin_of_source(std::string_view path) {
  constexpr std::string_view folder = ".reg/remote/", extension = ".reg.json";
  if (!path.starts_with(folder) || !path.ends_with(extension)) return {};
  if (path.size() < folder.size() + extension.size()) return {};
  path.remove_prefix(folder.size());
  path.remove_suffix(extension.size());
  return origin_name_problem(path).empty() ? path : std::string_view();
}

}  // namespace reg
