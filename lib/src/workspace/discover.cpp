#include <dirent.h>
#include <sys/stat.h>

#include <text/json_text.h>
#include <workspace/discover.h>
#include <workspace/path_pattern.h>
#include <workspace/source_content.h>
#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

// A hidden file is often no text at all: editors keep their locks and swap files under such names.
bool is_hidden(std::string_view name) { return name.starts_with('.'); }

bool is_ignored_folder(std::string_view name) {
  return name == "node_modules" || name == "__pycache__";
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + '/' + name;
}

// `caf\xe9.reg.toml`: all bytes but those of ASCII, where not all of them are text.
std::string escaped_bytes(const std::string& path) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return text;
}

// Walks the folders of a workspace and collects the sources by path.
class Walk {
  using Inode = std::pair<dev_t, ino_t>;

 public:
  explicit Walk(const Workspace& workspace)
      : workspace_(workspace), root_(workspace.root().string() + '/') {}

  void take(const SourceSet& set) {
    set_ = &set;
    if (set.all_origins_but) return remote(*set.all_origins_but);
    excludes_.clear();
    for (const std::string& pattern : set.exclude) excludes_.emplace_back(pattern);
    if (set.patterns.empty() && !set.code.empty())
      note(Severity::Warning, {Workspace::config_name, set.at.line, set.at.column},
           "this [[scan]] has no `sources`, and [workspace] has none");
    for (const SourceEntry& each : set.patterns) entry(each);
  }

  void entry(const SourceEntry& entry) {
    PathPattern pattern(entry.pattern);
    fs::path base = workspace_.root() / pattern.base();
    std::error_code error;
    fs::file_status status = fs::status(base, error);
    if (!fs::status_known(status)) return unreadable(pattern.base(), error);
    const std::size_t before = count(), failed = result_.unreadable.size();
    if (fs::is_directory(status)) {
      folder(pattern.base(), pattern.has_wildcard() ? &pattern : nullptr);
    } else if (!pattern.has_wildcard() && fs::exists(status)) {
      named_file(pattern.base());
    } else {
      missing(pattern.base());
    }
    // registry.toml, which is a source too, stands in the workspace's own folder.
    const bool is_workspace = !pattern.has_wildcard() && is_under("", pattern.base());
    const bool is_written = entry.at.line != 0;
    if (count() == before && result_.unreadable.size() == failed && !is_workspace && is_written)
      note(Severity::Warning, {Workspace::config_name, entry.at.line, entry.at.column},
           "the entry \"" + entry.pattern + "\" of `sources` matches no source yet");
  }

  void named_file(const std::string& path) {
    const Extractor* extractor = extractor_for(fs::path(path).filename().string());
    if (extractor != nullptr && set_->manifests) return add(path, extractor);
    if (const SourceSet::Reader* reader = reader_for(path)) return add_code(path, *reader);
    if (extractor == nullptr && take_program(path)) return;
    ++repeated_;
    if (extractor != nullptr || (language_of(path) && !set_->code.empty())) return;
    note(Severity::Error, {path}, "nothing here can read declarations from this kind of file");
  }

  // When something is there, it may be a source.
  void missing(const std::string& path) { result_.looked_at.push_back({path, {}}); }

  void add(const std::string& path, const Extractor* extractor) {
    const bool is_misplaced = is_under(path, remote_folder) && !set_->all_origins_but;
    if (is_misplaced || found_.contains(path)) {
      ++repeated_;
      return;
    }
    if (const auto status = status_of(path))
      found_.emplace(path, Found<SourceFile>{{path, extractor, to_stamp(*status)},
                                             {status->st_dev, status->st_ino}});
  }

  // A file may be there for scans of several sets.
  void add_code(const std::string& path, const SourceSet::Reader& reader) {
    auto known = code_.find(path);
    if (known == code_.end()) {
      const auto status = status_of(path);
      if (!status) return;
      known = code_
                  .emplace(path, Found<CodeSource>{{path, reader.language, {}, to_stamp(*status)},
                                                   {status->st_dev, status->st_ino}})
                  .first;
    } else {
      ++repeated_;
    }
    std::vector<std::size_t>& scans = known->second.source.scans;
    scans.insert(scans.end(), reader.scans.begin(), reader.scans.end());
  }

  Discovery finish() {
    std::set<Inode> taken;
    for (auto& [path, found] : found_) {
      // A file may well be a hard link to what an origin publishes: that is a source of its own,
      // and takes no other's place.
      const bool is_remote = !origin_of_source(path).empty();
      if (is_remote || taken.insert(found.inode).second)
        result_.sources.push_back(std::move(found.source));
    }
    for (auto& [path, found] : code_) {
      std::vector<std::size_t>& scans = found.source.scans;
      std::sort(scans.begin(), scans.end());
      scans.erase(std::unique(scans.begin(), scans.end()), scans.end());
      if (taken.insert(found.inode).second) result_.code.push_back(std::move(found.source));
    }
    add_package_markers(taken);
    tidy_looked_at();
    std::sort(
        result_.sources.begin(), result_.sources.end(),
        [](const SourceFile& a, const SourceFile& b) { return source_before(a.path, b.path); });
    // Two entries of `sources` may have come by one file.
    for (std::vector<std::string>* paths : {&result_.passed_by, &result_.expectations}) {
      std::sort(paths->begin(), paths->end());
      paths->erase(std::unique(paths->begin(), paths->end()), paths->end());
    }
    return std::move(result_);
  }

 private:
  std::size_t count() const { return found_.size() + code_.size() + repeated_; }

  // Nothing: it vanished, or something is wrong, which is noted.
  std::optional<struct stat> status_of(const std::string& path) {
    struct stat status {};
    const std::string file = place_of(path);
    if (::stat(file.c_str(), &status) != 0) {
      const std::error_code error(errno, std::generic_category());
      const bool vanished = error == std::errc::no_such_file_or_directory &&
                            ::lstat(file.c_str(), &status) != 0 && errno == ENOENT;
      if (!vanished) unreadable(path, error);
      return std::nullopt;
    }
    if (is_valid_utf8(path)) return status;
    unnameable(path);
    return std::nullopt;
  }

  const SourceSet::Reader* reader_for(std::string_view path) const {
    if (set_->code.empty()) return nullptr;
    const auto language = language_of(path);
    if (!language) return nullptr;
    const auto found =
        std::find_if(set_->code.begin(), set_->code.end(),
                     [&](const SourceSet::Reader& each) { return each.language == *language; });
    return found == set_->code.end() ? nullptr : &*found;
  }

  // What makes the folders around Python files packages tells their modules' names, be it among the
  // sources or not.
  void add_package_markers(const std::set<Inode>& taken) {
    std::set<std::string> known, looked_at;
    for (const CodeSource& file : result_.code) known.insert(file.path);
    std::vector<CodeSource> markers;
    for (const CodeSource& file : result_.code) {
      std::string folder = file.language == Language::Python ? parent_of(file.path) : "";
      for (; !folder.empty() && looked_at.insert(folder).second; folder = parent_of(folder)) {
        const std::string marker = folder + "/__init__.py";
        if (known.contains(marker)) continue;
        struct stat status {};
        if (::stat(place_of(marker).c_str(), &status) != 0 || !S_ISREG(status.st_mode)) break;
        if (!taken.contains({status.st_dev, status.st_ino}))
          markers.push_back({marker, Language::Python, {}, to_stamp(status)});
      }
    }
    for (CodeSource& marker : markers) result_.code.push_back(std::move(marker));
    std::sort(result_.code.begin(), result_.code.end(),
              [](const CodeSource& a, const CodeSource& b) { return a.path < b.path; });
  }

  static std::string parent_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
  }

  // Several sets may have looked at one folder, and found it the same or not: the first look
  // counts.
  void tidy_looked_at() {
    std::set<std::string_view> seen;
    std::vector<LookedAt> kept;
    for (const LookedAt& each : result_.looked_at) {
      if (seen.insert(each.path).second) kept.push_back(each);
    }
    result_.looked_at = std::move(kept);
  }

  void folder(const std::string& path, const PathPattern* pattern) {
    struct stat status {};
    const bool is_there = ::stat(place_of(path).c_str(), &status) == 0;
    result_.looked_at.push_back({path, is_there ? noted(to_stamp(status)) : FileStamp{}});
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(place_of(path).c_str()),
                                                      ::closedir);
    errno = entries ? 0 : errno;
    while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
      visit(path, entry->d_name, entry->d_type, pattern);
      errno = 0;  // only that of the listing tells that it ended too early
    }
    if (errno != 0) unreadable(path, std::error_code(errno, std::generic_category()));
  }

  // What others publish.
  void remote(const std::string& own_origin) {
    const std::string path(remote_folder);
    struct stat status {};
    if (::lstat(place_of(path).c_str(), &status) != 0) {
      const std::error_code error(errno, std::generic_category());
      const bool is_missing = errno == ENOENT || errno == ENOTDIR;
      return is_missing ? missing(path) : unreadable(path, error);
    }
    if (!S_ISDIR(status.st_mode)) {
      missing(path);
      return note(Severity::Warning, {path}, "is no folder, so that nobody is followed");
    }
    result_.looked_at.push_back({path, noted(to_stamp(status))});
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(place_of(path).c_str()),
                                                      ::closedir);
    errno = entries ? 0 : errno;
    while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
      publication(entry->d_name, own_origin);
      errno = 0;  // only that of the listing tells that it ended too early
    }
    if (errno != 0) unreadable(path, std::error_code(errno, std::generic_category()));
  }

  void publication(const std::string& name, const std::string& own_origin) {
    if (is_hidden(name)) return;  // not in place yet
    const std::string path = join(std::string(remote_folder), name);
    const std::string_view origin = origin_of_source(path);
    struct stat status {};
    if (origin.empty()) {
      note(Severity::Warning, {is_valid_utf8(path) ? path : escaped_bytes(path)},
           "is not called as what an origin publishes, ORIGIN.reg.json, and is not read");
    } else if (origin == own_origin) {
      return;
    } else if (::lstat(place_of(path).c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
      note(Severity::Warning, {path}, "is no regular file, and is not read");
    } else {
      add(path, &remote_extractor());
    }
  }

  std::string place_of(const std::string& path) const {
    return path.starts_with('/') ? path : root_ + path;
  }

  void visit(const std::string& parent, const std::string& name, unsigned char type,
             const PathPattern* pattern) {
    if (is_hidden(name)) return;
    const std::string path = join(parent, name);
    if (is_excluded(path, false)) return;
    const std::optional<Kind> kind = kind_of(path, type);
    if (!kind || *kind == Kind::LinkToFolder) return;
    if (*kind == Kind::Folder) {
      const bool is_wanted = pattern == nullptr || pattern->reaches_into(path);
      if (is_wanted && !is_ignored_folder(name) && !is_excluded(path, true)) folder(path, pattern);
      return;
    }
    if (set_->manifests) manifest(path, name, pattern);
    const SourceSet::Reader* reader = reader_for(path);
    if (reader != nullptr && (pattern == nullptr || pattern->matches(path)))
      add_code(path, *reader);
  }

  // An executable may have any name, so that it is taken only where `sources` names it. False: it
  // is none. What cannot be read may be one.
  bool take_program(const std::string& path) {
    if (!set_->manifests || reads_of(path) != Reads::ObjectManifest) return false;
    const ProgramLook look = look_for_program(place_of(path));
    if (look.kind == ProgramLook::Kind::Other) return false;
    if (look.kind == ProgramLook::Kind::Unreadable) {
      unreadable(path, look.why);
    } else {
      add(path, &object_extractor());
    }
    return true;
  }

  void manifest(const std::string& path, const std::string& name, const PathPattern* pattern) {
    if (is_expectation_file(name)) return add_expectations(path);
    const Extractor* extractor = extractor_for(name);
    const bool is_named = pattern != nullptr && pattern->names_files() && pattern->matches(path);
    if (extractor == nullptr && is_named && take_program(path)) return;
    if (extractor == nullptr) return pass_by(path, name);
    if (pattern == nullptr || pattern->matches(path)) add(path, extractor);
  }

  // It is no source: what patterns say of names is not said of it.
  void add_expectations(const std::string& path) {
    if (is_valid_utf8(path)) return result_.expectations.push_back(path);
    unnameable(path);
  }

  void pass_by(const std::string& path, std::string_view name) {
    const bool is_like = name.ends_with(".toml") || name.ends_with(".json");
    if (is_like && is_valid_utf8(path) && name != Workspace::config_name &&
        result_.passed_by.size() <= Discovery::most_passed_by)
      result_.passed_by.push_back(path);
  }

  enum class Kind : std::uint8_t { File, Folder, LinkToFolder };

  // Where a file system lists names without types, finding one out can fail, which is noted. A link
  // would not be entered anyway.
  std::optional<Kind> kind_of(const std::string& path, unsigned char type) {
    if (type == DT_DIR) return Kind::Folder;
    if (type != DT_LNK && type != DT_UNKNOWN) return Kind::File;
    struct stat status {};
    const bool is_found = ::stat(place_of(path).c_str(), &status) == 0;
    const std::error_code error(is_found ? 0 : errno, std::generic_category());
    if (is_found && !S_ISDIR(status.st_mode)) return Kind::File;
    struct stat own {};
    const bool is_link =
        type == DT_LNK || (::lstat(place_of(path).c_str(), &own) == 0 && S_ISLNK(own.st_mode));
    if (is_found) return is_link ? Kind::LinkToFolder : Kind::Folder;
    if (is_link || error == std::errc::no_such_file_or_directory) return Kind::File;
    unreadable(path, error);
    return std::nullopt;
  }

  bool is_excluded(const std::string& path, bool is_folder) const {
    return std::any_of(excludes_.begin(), excludes_.end(),
                       [&](const Exclusion& each) { return each.matches(path, is_folder); });
  }

  // An error: what lies there must not count as gone.
  void unreadable(const std::string& path, const std::error_code& error) {
    const bool dangles = error == std::errc::no_such_file_or_directory;
    const std::string why =
        "cannot be read: " + (dangles ? "it is a link to nothing" : error.message());
    const std::string name = is_valid_utf8(path) ? path : escaped_bytes(path);
    note(Severity::Error, {name.empty() ? "." : name}, why);
    result_.diagnostics.back().kind = ErrorKind::Io;
    result_.unreadable.push_back({name, why});
  }

  // The cache names every source, and holds only text.
  void unnameable(const std::string& path) {
    const std::string name = escaped_bytes(path), why = "cannot be a source: its path is not UTF-8";
    note(Severity::Error, {name}, why);
    result_.diagnostics.back().kind = ErrorKind::Io;
    result_.diagnostics.back().hint = "rename it, or leave it out with a pattern in `exclude`";
    result_.unreadable.push_back({name, why});
  }

  void note(Severity severity, Place place, const std::string& message) {
    result_.diagnostics.push_back({severity, std::move(place), message, "", "", ErrorKind::Input});
  }

  template <typename T>
  struct Found {
    T source;
    Inode inode;
  };

  const Workspace& workspace_;
  std::string root_;
  const SourceSet* set_ = nullptr;
  std::vector<Exclusion> excludes_;
  std::map<std::string, Found<SourceFile>> found_;
  std::map<std::string, Found<CodeSource>> code_;
  std::size_t repeated_ = 0;
  Discovery result_;
};

}  // namespace

bool is_expectation_file(std::string_view file_name) {
  return file_name.ends_with(".regtest.toml");
}

bool is_under(std::string_view path, std::string_view target) {
  if (target.empty() || target == ".") return true;
  return path.starts_with(target) && (path.size() == target.size() || path[target.size()] == '/');
}

bool source_before(std::string_view a, std::string_view b) {
  const std::string_view a_origin = origin_of_source(a), b_origin = origin_of_source(b);
  if (!a_origin.empty() && !b_origin.empty()) return a_origin < b_origin;
  if (a_origin.empty() != b_origin.empty()) return a_origin.empty();
  const bool a_manual = a == Workspace::manual_name, b_manual = b == Workspace::manual_name;
  return a_manual != b_manual ? b_manual : a < b;
}

Discovery discover(const Workspace& workspace, std::span<const SourceSet> sets) {
  const SourceSet own{{}, {}, true, {}};
  Walk walk(workspace);
  walk.take(own);
  walk.add(Workspace::config_name, nullptr);
  for (const SourceSet& set : sets) walk.take(set);
  walk.take(own);
  if (is_there(workspace.manual())) {
    walk.named_file(Workspace::manual_name);
  } else {
    walk.missing(Workspace::manual_name);
  }
  return walk.finish();
}

}  // namespace reg
