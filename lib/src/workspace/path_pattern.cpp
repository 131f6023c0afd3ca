#include <reg/text.h>
#include <workspace/path_pattern.h>
#include <algorithm>
#include <span>

namespace reg {
namespace {

constexpr std::string_view root = "/";

void go_up(std::vector<std::string>& components) {
  if (components.empty() || components.back() == "..") {
    components.emplace_back("..");
  } else if (components.back() != root) {
    components.pop_back();
  }
}

// An absolute path has `root` as its first component.
std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> components;
  if (path.starts_with('/')) components.emplace_back(root);
  while (!path.empty()) {
    std::size_t slash = path.find('/');
    std::string_view component = path.substr(0, slash);
    if (component == "..") {
      go_up(components);
    } else if (!component.empty() && component != ".") {
      components.emplace_back(component);
    }
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return components;
}

bool is_wild(std::string_view component) {
  return component.find_first_of("*?[") != std::string_view::npos;
}

// As glob_match on characters, with `**` in the place of `*` and components in the place of
// characters.
bool match(std::span<const std::string> pattern, std::span<const std::string> path) {
  constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t p = 0, at = 0, star = none, resume = 0;
  while (at < path.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == "**") {
      star = ++p;
      resume = at;
    } else if (p < pattern.size() && at < path.size() && glob_match(pattern[p], path[at])) {
      ++p;
      ++at;
    } else if (star != none && resume < path.size()) {
      p = star;
      at = ++resume;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

PathPattern::PathPattern(std::string_view text) : components_(split(text)) {
  for (const std::string& component : components_) {
    has_wildcard_ = has_wildcard_ || is_wild(component);
    if (has_wildcard_) continue;
    if (!base_.empty() && base_ != root) base_ += '/';
    base_ += component;
  }
}

bool PathPattern::matches(std::string_view path) const { return match(components_, split(path)); }

bool PathPattern::names_files() const {
  return !components_.empty() && !is_wild(components_.back());
}

bool PathPattern::reaches_into(std::string_view folder) const {
  const std::vector<std::string> path = split(folder);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i >= components_.size()) return false;
    if (components_[i] == "**") return true;
    if (!glob_match(components_[i], path[i])) return false;
  }
  return path.size() < components_.size();
}

namespace {

std::string_view without_last_slash(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  return text;
}

std::string_view without_first_slash(std::string_view text) {
  if (text.starts_with('/')) text.remove_prefix(1);
  return text;
}

}  // namespace

Exclusion::Exclusion(std::string_view text)
    : folders_only_(text.ends_with('/')),
      any_folder_(without_last_slash(text).find('/') == std::string_view::npos),
      pattern_(without_first_slash(without_last_slash(text))) {}

bool Exclusion::matches(std::string_view path, bool is_folder) const {
  if (folders_only_ && !is_folder) return false;
  if (any_folder_) path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));
  return pattern_.matches(path);
}

}  // namespace reg
