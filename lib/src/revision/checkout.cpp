#include <fcntl.h>
#include <unistd.h>

#include <reg/text.h>
#include <revision/checkout.h>
#include <revision/git_tree.h>
#include <revision/wanted_files.h>
#include <workspace/descriptor.h>
#include <workspace/io_error.h>
#include <cerrno>
#include <optional>

namespace reg {
namespace fs = std::filesystem;
namespace {

// The repository that a folder lies in; not a bare one, which has no such folders.
PlaceInRepository place_of(const Git& git) {
  try {
    PlaceInRepository place{git.line({"rev-parse", "--show-toplevel"}),
                            git.line({"rev-parse", "--show-prefix"})};
    if (place.folder.ends_with('/')) place.folder.pop_back();
    return place;
  } catch (const GitFailed& error) {
    throw StorageError(ErrorKind::Workspace,
                       git.folder().string() + " is in no git repository that can be used",
                       "git says: " + error.said());
  }
}

std::string object_of(const Git& git, const std::string& name) {
  // The type is asked for apart: behind `:/text` it would be a part of the text.
  const std::string object = git.line({"rev-parse", "--verify", name});
  return git.line({"rev-parse", "--verify", object + "^{tree}"});
}

std::string hint_for(const std::string& revision) {
  const std::size_t dots = revision.find("..");
  if (dots == std::string::npos) return "`git log --oneline --all` shows what there is";
  const std::string_view before = std::string_view(revision).substr(0, dots);
  std::string_view after = std::string_view(revision).substr(dots + 2);
  if (after.starts_with('.')) after.remove_prefix(1);
  return "two revisions are two words: `reg diff " + shell_word(before.empty() ? "HEAD" : before) +
         ' ' + shell_word(after.empty() ? "HEAD" : after) + '`';
}

void write_file(const fs::path& path, std::string_view content) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) throw io_error("make", path.parent_path(), error.value());
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) throw io_error("write", path, errno);
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno != EINTR) throw io_error("write", path, errno);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Where something stands already, or cannot, it is left out.
bool write_link(const fs::path& path, const fs::path& to) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (!error) fs::create_symlink(to, path, error);
  return !error;
}

// What Git LFS commits in the place of a large file names the file's content by its hash.
std::optional<std::string> lfs_hash(std::string_view content) {
  constexpr std::string_view first = "version https://git-lfs.github.com/spec/",
                             key = "\noid sha256:";
  constexpr std::size_t digits = 64;
  const std::size_t found = content.find(key);
  if (content.size() > 1024 || !content.starts_with(first) || found == std::string_view::npos)
    return std::nullopt;
  return std::string(content.substr(found + key.size(), digits));
}

// A repository, or a submodule of it, with what it has in the revision.
struct Part {
  Git git;
  std::string at;  // from the top folder, with its `/`; empty: the repository itself
  std::vector<TreeEntry> entries;
};

class Writer {
 public:
  Writer(const Workspace& workspace, const PlaceInRepository& place, const Settings& settings,
         const fs::path& into)
      : place_(place), wanted_(place, workspace, settings), root_(into) {}

  Checkout write(const std::string& tree) {
    result_.workspace = below(place_.folder);
    take_part(Git(place_.top), "", tree);
    find_links();
    write_files();
    // Links come after all files, so that nothing is written through one.
    for (const Part& part : parts_) add_ignored(part);
    for (const auto& [path, to] : links_) write_link(below(path), to);
    for (const fs::path& path : wanted_.outside()) add_outside(path);
    for (const std::string& path : wanted_.absolute())
      warn(Workspace::config_name, "the source " + path + " is named by an absolute path",
           "it is taken as it is now; a path relative to registry.toml would be the revision's");
    return std::move(result_);
  }

 private:
  fs::path below(const std::string& path) const {
    return fs::path(root_.string() + (place_.top / path).string());
  }

  std::string from_workspace(const fs::path& path) const {
    return place_.folder.empty() ? path.string() : path.lexically_relative(place_.folder).string();
  }

  void warn(const std::string& path, const std::string& message, const std::string& hint) {
    result_.problems.push_back({Severity::Warning, {path}, message, hint, "", ErrorKind::Input});
  }

  void take_part(Git git, const std::string& at, const std::string& tree) {
    Part part{std::move(git), at, entries_of(Git(place_.top / at), tree)};
    for (TreeEntry& entry : part.entries) entry.path.insert(0, at);
    std::vector<TreeEntry> submodules;
    for (const TreeEntry& entry : part.entries) {
      if (entry.kind == TreeEntry::Kind::Submodule && wanted_.reaches_into(entry.path))
        submodules.push_back(entry);
    }
    parts_.push_back(std::move(part));
    for (const TreeEntry& entry : submodules) take_submodule(entry);
  }

  void take_submodule(const TreeEntry& entry) {
    const Git git(place_.top / entry.path);
    try {
      // Without a repository of its own, git would answer from the one around it.
      if (fs::path(git.line({"rev-parse", "--show-toplevel"})) == git.folder())
        return take_part(git, entry.path + '/', object_of(git, entry.object));
    } catch (const GitFailed&) {
      // What follows says so.
    }
    warn(from_workspace(entry.path),
         "the submodule is not there with its commit " + entry.object +
             ": what it declares is left out",
         "`git submodule update --init` brings it");
  }

  void find_links() {
    for (const Part& part : parts_) {
      each_content(part.git, of_kind(part, TreeEntry::Kind::Link),
                   [&](const TreeEntry& entry, std::string content) {
                     const fs::path to = fs::path(entry.path).parent_path() / content;
                     wanted_.add(to.lexically_normal().string());
                     links_.emplace_back(entry.path, std::move(content));
                   });
    }
  }

  static std::vector<const TreeEntry*> of_kind(const Part& part, TreeEntry::Kind kind) {
    std::vector<const TreeEntry*> found;
    for (const TreeEntry& entry : part.entries) {
      if (entry.kind == kind) found.push_back(&entry);
    }
    return found;
  }

  bool is_wanted(const TreeEntry& entry) const {
    const bool is_file =
        entry.kind == TreeEntry::Kind::File || entry.kind == TreeEntry::Kind::Program;
    return is_file && wanted_.wants(entry.path);
  }

  void write_files() {
    for (const Part& part : parts_) {
      std::vector<const TreeEntry*> wanted;
      for (const TreeEntry& entry : part.entries) {
        if (is_wanted(entry)) wanted.push_back(&entry);
      }
      each_content(part.git, wanted, [&](const TreeEntry& entry, const std::string& content) {
        write_entry(part, entry, content);
      });
    }
  }

  void write_entry(const Part& part, const TreeEntry& entry, const std::string& content) {
    const auto hash = lfs_hash(content);
    if (!hash) return write_file(below(entry.path), content);
    const fs::path kept = part.git.folder() / part.git.line({"rev-parse", "--git-common-dir"}) /
                          "lfs" / "objects" / hash->substr(0, 2) / hash->substr(2, 2) / *hash;
    std::error_code error;
    if (fs::exists(kept, error) && write_link(below(entry.path), kept)) return;
    warn(from_workspace(entry.path), "its content is kept by Git LFS, and is not here",
         "`git lfs fetch --all` brings it; what it declares is left out");
  }

  void add_ignored(const Part& part) {
    for (const std::string& path : ignored_files(part.git)) {
      if (path.ends_with('/')) {
        add_all_of(part.at + path);
      } else {
        add_now(part.at + path);
      }
    }
  }

  // Of a repository that git does not look into.
  void add_all_of(const std::string& folder) {
    std::error_code error;
    for (fs::recursive_directory_iterator each(place_.top / folder, error), end;
         !error && each != end; each.increment(error)) {
      if (each->path().filename() == ".git") each.disable_recursion_pending();
      std::error_code unknown;
      if (each->is_regular_file(unknown))
        add_now(each->path().lexically_relative(place_.top).string());
    }
  }

  void add_now(const std::string& path) {
    if (wanted_.wants(path) && write_link(below(path), place_.top / path))
      result_.as_now.push_back(from_workspace(path));
  }

  void add_outside(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return;
    if (write_link(root_.string() + path.string(), path))
      result_.as_now.push_back(path.lexically_relative(place_.top / place_.folder).string());
  }

  const PlaceInRepository& place_;
  WantedFiles wanted_;
  fs::path root_;
  std::vector<Part> parts_;
  std::vector<std::pair<std::string, std::string>> links_;
  Checkout result_;
};

// The settings of a revision, from its `registry.toml`.
Settings settings_of(const Git& git, const PlaceInRepository& place, const std::string& tree,
                     const std::string& revision) {
  const std::string path = (fs::path(place.folder) / Workspace::config_name).string();
  std::string text;
  try {
    git.run({"cat-file", "blob", tree + ':' + path}, {},
            [&](ProcessOutput& output) { text = output.take_all(); });
  } catch (const GitFailed&) {
    throw StorageError(ErrorKind::Workspace, "there is no " + path + " in " + revision,
                       "there was no workspace in this folder then; name a revision that has it");
  }
  ConfigFile config = read_config(text, revision + ':' + Workspace::config_name);
  if (config.state == SettingsState::Unknown)
    throw InputError(std::move(config.declarations.diagnostics));
  return std::move(config.settings);
}

}  // namespace

std::string tree_of(const Workspace& workspace, const std::string& revision) {
  const Git git(workspace.root());
  place_of(git);
  if (revision.empty() || revision.starts_with('-'))
    throw InputError("\"" + revision + "\" cannot be a revision", "HEAD, main, v1.2~3");
  try {
    return object_of(git, revision);
  } catch (const GitFailed& error) {
    throw InputError("there is no revision " + in_quotes(revision) + " in this repository",
                     hint_for(revision));
  }
}

Checkout check_out(const Workspace& workspace, const std::string& revision, const fs::path& into) {
  const std::string tree = tree_of(workspace, revision);
  const PlaceInRepository place = place_of(Git(workspace.root()));
  const Git git(place.top);
  const Settings settings = settings_of(git, place, tree, revision);
  return Writer(workspace, place, settings, into).write(tree);
}

}  // namespace reg
