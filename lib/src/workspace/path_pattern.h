#pragma once
// Globs over paths, as `sources` and `exclude` use them.

#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A pattern of `/`-separated components, each a glob; `**` stands for any number of folders, none
// included. An absolute one, or one that begins with `..`, matches paths that begin likewise.
class PathPattern {
 public:
  explicit PathPattern(std::string_view text);

  // Whether the whole path matches.
  bool matches(std::string_view path) const;
  // Whether a path below this folder could match.
  bool reaches_into(std::string_view folder) const;
  // The leading components that have no wildcard: the folder to begin at.
  const std::string& base() const { return base_; }
  bool has_wildcard() const { return has_wildcard_; }
  // Whether it names the files that it matches, in folders whose names may vary.
  bool names_files() const;

 private:
  std::vector<std::string> components_;
  std::string base_;
  bool has_wildcard_ = false;
};

// What `exclude` leaves out, by the rules of .gitignore: a pattern without a slash fits a name in
// any folder, one with a slash a path from the workspace on; one that ends with a slash fits
// folders only.
class Exclusion {
 public:
  explicit Exclusion(std::string_view text);

  bool matches(std::string_view path, bool is_folder) const;

 private:
  bool folders_only_, any_folder_;
  PathPattern pattern_;
};

}  // namespace reg
