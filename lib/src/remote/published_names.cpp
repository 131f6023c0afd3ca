#include <manifest/declarations.h>
#include <manifest/settings_reader.h>
#include <reg/text.h>
#include <remote/published_names.h>
#include <workspace/discover.h>
#include <algorithm>

namespace reg {

PublishedNames::PublishedNames(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    if (const std::string problem = path_problem(pattern); !problem.empty())
      throw InputError(in_quotes(pattern) + " of `publish` cannot be used: " + problem);
    patterns_.emplace_back(pattern);
  }
}

bool PublishedNames::have(std::string_view path) const {
  if (!origin_of_source(path).empty()) return false;
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const PathPattern& pattern) {
    return pattern.has_wildcard() ? pattern.matches(path) : is_under(path, pattern.base());
  });
}

}  // namespace reg
