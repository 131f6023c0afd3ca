#include <manifest/manifest.h>
#include <reg/error.h>
#include <sys/stat.h>
#include <text/hash.h>
#include <update/look.h>
#include <algorithm>
#include <cerrno>
#include <set>

namespace reg {
namespace {

// A query reads no more than this to find out whether sources of another time have another content.
constexpr std::uint64_t most_read = std::uint64_t{1} << 20;

// What is counted for an object file: its headers and a section of a few declarations.
constexpr std::uint64_t object_part = std::uint64_t{8} << 10;

// The stamp under a name now, or the error that there is none.
struct Found {
  FileStamp stamp;
  int error = 0;

  bool is_missing() const { return error == ENOENT || error == ENOTDIR; }
};

class Looking {
 public:
  explicit Looking(const LookAround& around)
      : around_(around), root_(around.workspace.root().string() + '/') {
    result_.known = true;
  }

  void source(const SourceStamp& known) {
    const Found found = find(known.path);
    const bool was_missing = is_of_nothing(known);
    if (was_missing) {
      if (!found.is_missing()) change(known.path, SourceState::Changed);
    } else if (found.error != 0) {
      if (!found.is_missing()) {
        change(known.path, SourceState::Failed);
      } else if (!was_bare(known)) {
        change(known.path, SourceState::Gone);
      }
    } else if (found.stamp.size != known.stamp.size && known.reads == Reads::Whole) {
      change(known.path, SourceState::Changed);
    } else if (!is_unchanged(known.stamp, found.stamp)) {
      content(known, found.stamp);
    }
  }

  // Whether what is under that name is what was there.
  bool is_same(const LookedAt& known) {
    const Found found = find(known.path);
    const bool was_missing = known.stamp.inode == 0;
    if (found.error != 0) return was_missing && found.is_missing();
    return is_unchanged(known.stamp, found.stamp);
  }

  // Lists what there is.
  void new_sources(const StampTable& table) {
    try {
      compare(table, discover(around_.workspace, sets_from(table.sets)));
    } catch (const StorageError&) {
      change(Workspace::manual_name, SourceState::Failed);
    }
  }

  Freshness finish() {
    std::vector<SourceChange>& changed = result_.changed;
    std::sort(changed.begin(), changed.end(), [](const SourceChange& a, const SourceChange& b) {
      return source_before(a.path, b.path);
    });
    changed.erase(std::unique(changed.begin(), changed.end(),
                              [](const auto& a, const auto& b) { return a.path == b.path; }),
                  changed.end());
    return std::move(result_);
  }

 private:
  Found find(const std::string& path) {
    struct stat status {};
    const std::string place = path.starts_with('/') ? path : root_ + path;
    if (::stat(place.c_str(), &status) != 0) return {{}, errno};
    return {to_stamp(status), 0};
  }

  void compare(const StampTable& table, const Discovery& discovery) {
    std::set<std::string_view> known, looked_at, there;
    for (const SourceStamp& source : table.sources) {
      if (source.reads != Reads::ObjectExports) known.insert(source.path);
    }
    for (const LookedAt& name : table.looked_at) looked_at.insert(name.path);
    const auto found = [&](const std::string& path) {
      if (!known.contains(path) && !is_bare(path)) change(path, SourceState::New);
      there.insert(path);
    };
    for (const SourceFile& file : discovery.sources) found(file.path);
    for (const CodeSource& file : discovery.code) found(file.path);
    for (const SourceStamp& source : table.sources) {
      if (known.contains(source.path) && !there.contains(source.path) && !was_bare(source) &&
          find(source.path).error == 0)
        change(source.path, SourceState::Gone);
    }
    for (const Unreadable& name : discovery.unreadable) {
      if (!known.contains(name.path) && !looked_at.contains(name.path))
        change(name.path, SourceState::Failed);
    }
  }

  // An object file that declares nothing says as much as none.
  static bool was_bare(const SourceStamp& known) {
    return known.reads == Reads::ObjectManifest && known.hash == hash_of({});
  }
  bool is_bare(const std::string& path) {
    if (reads_of(path) != Reads::ObjectManifest || object_part > most_read - read_) return false;
    read_ += object_part;
    try {
      return read_content(around_.workspace.root() / path, Reads::ObjectManifest).text.empty();
    } catch (const RegistryError&) {
      return false;
    }
  }

  void change(const std::string& path, SourceState state) {
    result_.changed.push_back({path, state});
  }

  // Of the known size, with other times: only its content tells.
  void content(const SourceStamp& known, const FileStamp& now) {
    // Of an object file little is read, whatever its size.
    const std::uint64_t size = known.reads == Reads::Whole ? now.size : object_part;
    if (size > most_read - read_) {
      if (now.modified > around_.cache_time) return change(known.path, SourceState::Changed);
      return result_.unread.push_back(known.path);
    }
    read_ += size;
    try {
      const std::filesystem::path file = around_.workspace.root() / known.path;
      if (hash_of(read_content(file, known.reads).text) != known.hash)
        change(known.path, SourceState::Changed);
    } catch (const RegistryError& error) {
      failed(known, error);
    }
  }

  // As far as an object's functions go, what is wrong with it is what is known of it.
  void failed(const SourceStamp& known, const RegistryError& error) {
    if (known.reads == Reads::ObjectExports) {
      if (known.hash != hash_of_problem(error)) change(known.path, SourceState::Changed);
    } else if (dynamic_cast<const InputError*>(&error) == nullptr) {
      change(known.path, SourceState::Failed);
    } else if (known.hash != 0) {  // it may have been damaged before
      change(known.path, SourceState::Changed);
    }
  }

  const LookAround& around_;
  std::string root_;
  std::uint64_t read_ = 0;
  Freshness result_;
};

}  // namespace

Freshness look_at_all(const LookAround& around, const StampTable& table) {
  Looking looking(around);
  for (const SourceStamp& source : table.sources) looking.source(source);
  const bool all_same = std::all_of(table.looked_at.begin(), table.looked_at.end(),
                                    [&](const LookedAt& known) { return looking.is_same(known); });
  if (!all_same) looking.new_sources(table);
  Freshness result = looking.finish();
  result.refresh = table.refresh;
  result.had_errors = table.had_errors;
  return result;
}

Freshness look_at_some(const LookAround& around, const StampFile& stamps,
                       std::vector<std::string> paths, std::vector<std::string> registries) {
  Looking looking(around);
  registries.emplace_back();  // any
  std::set<std::string> seen;
  for (const std::string& registry : registries) {
    for (const SourceStamp& source : stamps.concerning(registry)) {
      const bool is_object = source.reads == Reads::ObjectExports;
      if (is_object || seen.insert(source.path).second) looking.source(source);
    }
  }
  std::erase_if(paths, [&](const std::string& path) { return seen.contains(path); });
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  // To look one up takes some reads of the file.
  const bool many = paths.size() > 8 && paths.size() > stamps.size() / 64;
  const std::optional<StampTable> table = many ? stamps.whole() : std::nullopt;
  for (const std::string& path : paths) {
    if (table) {
      if (const SourceStamp* known = table->find(path)) looking.source(*known);
    } else if (const auto known = stamps.find(path)) {
      looking.source(*known);
    }
  }
  Freshness result = looking.finish();
  result.refresh = stamps.refresh();
  result.had_errors = stamps.had_errors();
  return result;
}

}  // namespace reg
