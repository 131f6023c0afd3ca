#include <update/targets.h>
#include <workspace/io_error.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

fs::path without_links(const fs::path& folder) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(folder, error);
  if (error) throw io_error("find", folder, error.value());
  return path;
}

// Without `.`, `..` and a slash at its end.
fs::path plain(const fs::path& path) {
  fs::path whole = path.lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

bool is_or_is_below(const fs::path& path, const fs::path& target) {
  return std::mismatch(target.begin(), target.end(), path.begin(), path.end()).first ==
         target.end();
}

}  // namespace

Targets::Targets(const Workspace& workspace, const std::vector<fs::path>& targets)
    : root_(workspace.root()) {
  for (const fs::path& given : targets) {
    const fs::path whole = plain(fs::absolute(given));
    targets_.push_back({given, real(whole), without_links(whole)});
  }
}

const fs::path& Targets::real_folder(const fs::path& folder) {
  auto [known, is_new] = real_folders_.try_emplace(folder);
  if (is_new) known->second = without_links(folder);
  return known->second;
}

fs::path Targets::real(const fs::path& path) {
  return real_folder(path.parent_path()) / path.filename();
}

bool Targets::contain(const std::string& source) {
  if (targets_.empty()) return false;
  const fs::path path = real(plain(root_ / source));
  bool contained = false;
  for (Target& target : targets_) {
    if (!is_or_is_below(path, target.real) && !is_or_is_below(path, target.resolved)) continue;
    target.found = contained = true;
  }
  return contained;
}

bool Targets::meet(const std::string& path) {
  if (targets_.empty()) return false;
  const fs::path place = real(plain(root_ / path));
  return std::any_of(targets_.begin(), targets_.end(), [&](const Target& target) {
    return is_or_is_below(place, target.real) || is_or_is_below(place, target.resolved) ||
           is_or_is_below(target.real, place);
  });
}

const fs::path* Targets::not_found() const {
  auto found = std::find_if(targets_.begin(), targets_.end(),
                            [](const Target& target) { return !target.found; });
  return found == targets_.end() ? nullptr : &found->given;
}

}  // namespace reg
