#include <sys/stat.h>

#include <workspace/discover.h>
#include <workspace/path_pattern.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_ignored_folder(std::string_view name) {
  return name.starts_with('.') || name == "node_modules" || name == "__pycache__";
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + '/' + name;
}

// Walks the folders of a workspace and collects the sources by path.
class Walk {
 public:
  Walk(const Workspace& workspace, const Settings& settings) : workspace_(workspace) {
    for (const std::string& pattern : settings.exclude) excludes_.emplace_back(pattern);
  }

  void entry(const std::string& text) {
    PathPattern pattern(text);
    fs::path base = workspace_.root() / pattern.base();
    std::error_code error;
    fs::file_status status = fs::status(base, error);
    if (!fs::status_known(status)) return unreadable(pattern.base(), error);
    std::size_t before = found_.size() + repeated_;
    if (fs::is_directory(status)) {
      folder(pattern.base(), pattern.has_wildcard() ? &pattern : nullptr);
    } else if (!pattern.has_wildcard() && fs::exists(status)) {
      named_file(pattern.base());
    }
    if (found_.size() + repeated_ == before)
      note(Severity::Warning, Workspace::config_name,
           "the entry \"" + text + "\" of `sources` matches no source yet");
  }

  void named_file(const std::string& path) {
    const Extractor* extractor = extractor_for(fs::path(path).filename().string());
    if (extractor != nullptr) return add(path, extractor);
    ++repeated_;
    note(Severity::Error, path, "nothing here can read declarations from this kind of file");
  }

  void add(const std::string& path, const Extractor* extractor) {
    struct stat status {};
    if (::stat((workspace_.root() / path).c_str(), &status) != 0) {
      return unreadable(path, std::error_code(errno, std::generic_category()));
    }
    auto [place, is_new] = found_.try_emplace(path, SourceFile{path, extractor, {}});
    if (!is_new) {
      ++repeated_;
      return;
    }
    place->second.stamp = stamp_of(workspace_.root() / path);
    inodes_[path] = {status.st_dev, status.st_ino};
  }

  Discovery finish() {
    Discovery result;
    std::set<std::pair<dev_t, ino_t>> taken;
    for (auto& [path, source] : found_) {
      if (taken.insert(inodes_[path]).second) result.sources.push_back(std::move(source));
    }
    std::sort(
        result.sources.begin(), result.sources.end(),
        [](const SourceFile& a, const SourceFile& b) { return source_before(a.path, b.path); });
    result.diagnostics = std::move(diagnostics_);
    return result;
  }

 private:
  void folder(const std::string& path, const PathPattern* pattern) {
    std::error_code error;
    fs::directory_iterator entries(workspace_.root() / path, error);
    // An iterator that fails to go on is at its end, so that only `error` tells.
    while (!error && entries != fs::directory_iterator()) {
      visit(path, *entries, pattern);
      entries.increment(error);
    }
    if (error) unreadable(path, error);
  }

  void visit(const std::string& parent, const fs::directory_entry& entry,
             const PathPattern* pattern) {
    std::string name = entry.path().filename().string();
    std::string path = join(parent, name);
    if (is_excluded(path)) return;
    std::error_code error;
    bool is_folder = entry.is_directory(error);
    if (error && may_be_folder(entry, error)) return unreadable(path, error);
    if (is_folder && !entry.is_symlink(error)) {
      if (!is_ignored_folder(name)) folder(path, pattern);
      return;
    }
    if (is_folder || (pattern != nullptr && !pattern->matches(path))) return;
    if (const Extractor* extractor = extractor_for(name); extractor != nullptr)
      add(path, extractor);
  }

  // Where a file system lists names without types, finding one out can fail. A link would not be
  // entered anyway.
  static bool may_be_folder(const fs::directory_entry& entry, const std::error_code& error) {
    std::error_code ignored;
    return error != std::errc::no_such_file_or_directory && !entry.is_symlink(ignored);
  }

  bool is_excluded(const std::string& path) const {
    return std::any_of(excludes_.begin(), excludes_.end(),
                       [&](const PathPattern& p) { return p.matches(path); });
  }

  // An error: what lies there must not count as gone.
  void unreadable(const std::string& path, const std::error_code& error) {
    const bool dangles = error == std::errc::no_such_file_or_directory;
    note(Severity::Error, path,
         "cannot be read: " + (dangles ? "it is a link to nothing" : error.message()));
    diagnostics_.back().kind = ErrorKind::Io;
  }

  void note(Severity severity, const std::string& path, const std::string& message) {
    diagnostics_.push_back(
        {severity, {path.empty() ? "." : path}, message, "", "", ErrorKind::Input});
  }

  const Workspace& workspace_;
  std::vector<PathPattern> excludes_;
  std::map<std::string, SourceFile> found_;
  std::map<std::string, std::pair<dev_t, ino_t>> inodes_;
  std::size_t repeated_ = 0;
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

bool is_under(std::string_view path, std::string_view target) {
  if (target.empty() || target == ".") return true;
  return path.starts_with(target) && (path.size() == target.size() || path[target.size()] == '/');
}

bool source_before(std::string_view a, std::string_view b) {
  bool a_manual = a == Workspace::manual_name, b_manual = b == Workspace::manual_name;
  return a_manual != b_manual ? b_manual : a < b;
}

Discovery discover(const Workspace& workspace, const Settings& settings) {
  Walk walk(workspace, settings);
  walk.add(Workspace::config_name, nullptr);
  for (const std::string& entry : settings.sources) walk.entry(entry);
  if (is_there(workspace.manual())) walk.named_file(Workspace::manual_name);
  return walk.finish();
}

}  // namespace reg
