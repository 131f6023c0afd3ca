#include <manifest/declarations.h>
#include <reg/remote_settings.h>
#include <algorithm>

namespace reg {

bool Declarations::failed() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

std::string_view origin_of_source(std::string_view path) {
  constexpr std::string_view extension = ".reg.json";
  if (!path.starts_with(remote_folder) || !path.ends_with(extension)) return {};
  path.remove_prefix(remote_folder.size());
  if (path.size() <= extension.size() || path.front() != '/') return {};
  path = path.substr(1, path.size() - 1 - extension.size());
  return origin_name_problem(path).empty() ? path : std::string_view();
}

}  // namespace reg
