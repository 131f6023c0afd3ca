#include <extract/extractor.h>
#include <revision/wanted_files.h>
#include <scan/scanner.h>
#include <workspace/discover.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string tidy(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text == "." ? std::string() : text;
}

// As discovery passes by such folders, and hidden files.
bool is_passed_by(std::string_view path) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view name = path.substr(begin, end - begin);
    if (name.starts_with('.') || name == "node_modules" || name == "__pycache__") return true;
    begin = end + 1;
  }
  return false;
}

std::string_view behind(std::string_view path, std::string_view folder) {
  return path.substr(std::min(folder.empty() ? 0 : folder.size() + 1, path.size()));
}

bool leaves(const std::string& path) { return path == ".." || path.starts_with("../"); }

}  // namespace

WantedFiles::WantedFiles(const PlaceInRepository& place, const Workspace& workspace,
                         const Settings& settings)
    : folder_(place.folder) {
  for (const SourceSet& set : source_sets(workspace, settings)) {
    for (const SourceEntry& entry : set.patterns) {
      const PathPattern pattern(entry.pattern);
      take(place, pattern.base());
      if (set.manifests && pattern.has_wildcard() && pattern.names_files())
        named_.push_back(pattern);
    }
  }
  // An interpreter tells by where it lies which packages it has.
  for (const Scan& scan : settings.scans) {
    if (!scan.python.empty()) take(place, tidy(fs::path(scan.python).parent_path().parent_path()));
  }
}

void WantedFiles::take(const PlaceInRepository& place, const std::string& base) {
  const fs::path whole = tidy(place.top / place.folder / base);
  const std::string path = tidy(whole.lexically_relative(place.top));
  if (base.starts_with('/')) {
    if (!leaves(path)) absolute_.push_back(base);
  } else if (leaves(path)) {
    outside_.push_back(whole);
  } else {
    bases_.push_back(path);
  }
}

bool WantedFiles::is_below_base(const std::string& path) const {
  return std::any_of(bases_.begin(), bases_.end(),
                     [&](const std::string& base) { return is_under(path, base); });
}

bool WantedFiles::is_named(const std::string& path) const {
  if (std::find(bases_.begin(), bases_.end(), path) != bases_.end()) return true;
  if (named_.empty()) return false;
  const std::string from_workspace =
      folder_.empty() ? path : fs::path(path).lexically_relative(folder_).string();
  return std::any_of(named_.begin(), named_.end(),
                     [&](const PathPattern& pattern) { return pattern.matches(from_workspace); });
}

bool WantedFiles::is_open(const std::string& path) const {
  if (is_under(path, folder_) && !is_passed_by(behind(path, folder_))) return true;
  return std::any_of(bases_.begin(), bases_.end(), [&](const std::string& base) {
    return is_under(path, base) && !is_passed_by(behind(path, base));
  });
}

bool WantedFiles::wants(const std::string& path) const {
  if (is_named(path)) return true;
  const std::string name = path.substr(path.rfind('/') + 1);
  const Extractor* extractor = extractor_for(name);
  // A [[match]] may name one that lies anywhere.
  if (extractor == &object_extractor() && !is_passed_by(path)) return true;
  if (!is_open(path)) return false;
  if (extractor != nullptr) return true;
  if (name == Workspace::config_name || name == "pyvenv.cfg") return true;
  // It makes a package of the folder, and so a module's name, be it a source or not.
  if (name == "__init__.py") return true;
  return language_of(path) && is_below_base(path);
}

bool WantedFiles::reaches_into(const std::string& folder) const {
  return is_under(folder, folder_) || is_under(folder_, folder) || is_below_base(folder) ||
         std::any_of(bases_.begin(), bases_.end(),
                     [&](const std::string& base) { return is_under(base, folder); });
}

}  // namespace reg
