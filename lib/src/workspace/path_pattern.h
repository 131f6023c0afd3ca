#pragma once
// Globs over paths, as `sources` and `exclude` use them.

#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A pattern of `/`-separated components, each a glob; `**` stands for any number of folders, none
// included.
class PathPattern {
 public:
  explicit PathPattern(std::string_view text);

  // Whether the whole path matches.
  bool matches(std::string_view path) const;
  // The leading components that have no wildcard: the folder to begin at.
  const std::string& base() const { return base_; }
  bool has_wildcard() const { return has_wildcard_; }

 private:
  std::vector<std::string> components_;
  std::string base_;
  bool has_wildcard_ = false;
};

}  // namespace reg
