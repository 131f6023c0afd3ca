#include <manifest/declarations.h>
#include <reg/text.h>
#include <revision/checkout.h>
#include <revision/git_tree.h>
#include <revision/new_folder.h>
#include <revision/revision_name.h>
#include <revision/wanted_files.h>
#include <workspace/discover.h>
#include <workspace/files.h>
#include <optional>

namespace reg {
namespace fs = std::filesystem;
namespace {

// What Git LFS commits in the place of a large file names the file's content by its hash.
// It becomes a part of a path, so that nothing else is taken for one.
std::optional<std::string> lfs_hash(std::string_view content) {
  constexpr std::string_view first = "version https://git-lfs.github.com/spec/",
                             key = "\noid sha256:";
  constexpr std::size_t digits = 64;
  const std::size_t found = content.find(key);
  if (content.size() > 1024 || !content.starts_with(first) || found == std::string_view::npos)
    return std::nullopt;
  const std::string_view hash = content.substr(found + key.size(), digits);
  const std::string_view rest = content.substr(found + key.size() + hash.size());
  const bool is_hash = hash.size() == digits && rest.starts_with('\n') &&
                       hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return is_hash ? std::optional<std::string>(hash) : std::nullopt;
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
      : place_(place), wanted_(place, workspace, settings), root_(into) {
    if (settings.remote) remote_ = workspace.root() / remote_folder;
  }

  Checkout write(const std::string& tree) {
    result_.workspace = root_.path() / name_of(place_.folder);
    take_part(Git(place_.top), "", tree);
    find_links();
    write_files();
    if (!remote_.empty()) add_publications();
    for (const Part& part : parts_) add_ignored(part);
    for (const auto& [path, to] : links_) add_link(path, to);
    for (const fs::path& path : wanted_.outside()) add_outside(path);
    for (const std::string& path : wanted_.absolute())
      add_problem(Severity::Warning, Workspace::config_name,
                  "the source " + path + " is named by an absolute path",
                  "it is taken as it is now; a path relative to registry.toml would be the "
                  "revision's");
    return std::move(result_);
  }

 private:
  // Where in the folder something lies that lies there in the file system.
  static fs::path name_of(const fs::path& whole) { return whole.relative_path(); }
  fs::path name_of(const std::string& path) const { return name_of(place_.top / path); }

  std::string from_workspace(const fs::path& path) const {
    return place_.folder.empty() ? path.string() : path.lexically_relative(place_.folder).string();
  }

  void add_problem(Severity severity, const std::string& path, const std::string& message,
                   const std::string& hint) {
    result_.problems.push_back({severity, {path}, message, hint, "", ErrorKind::Input});
  }
  void left_out(const std::string& path, const std::string& message, const std::string& hint) {
    add_problem(Severity::Error, path, message, hint);
  }

  void take_part(Git git, const std::string& at, const std::string& tree) {
    Tree found = read_tree(Git(place_.top / at), tree);
    for (const std::string& path : found.refused) {
      if (wanted_.reaches_into(at + path))
        left_out(from_workspace(at + path), "no repository should have such a path: it is left out",
                 "`git fsck` tells what is wrong with it");
    }
    Part part{std::move(git), at, std::move(found.entries)};
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
        return take_part(git, entry.path + '/', tree_of(git, entry.object));
    } catch (const GitFailed&) {
      // What follows says so.
    }
    left_out(from_workspace(entry.path),
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
    if (!hash) return root_.write_file(name_of(entry.path), content);
    const fs::path kept = part.git.folder() / part.git.line({"rev-parse", "--git-common-dir"}) /
                          "lfs" / "objects" / hash->substr(0, 2) / hash->substr(2, 2) / *hash;
    std::error_code error;
    if (fs::exists(kept, error)) {
      links_.emplace_back(entry.path, kept.string());
      return;
    }
    left_out(from_workspace(entry.path), "its content is kept by Git LFS, and is not here",
             "`git lfs fetch --all` brings it; what it declares is left out");
  }

  // Links come after all files, none of which can then be written through one.
  void add_link(const std::string& path, const std::string& to) {
    if (root_.write_link(name_of(path), to) || !wanted_.reaches_into(path)) return;
    left_out(from_workspace(path), "something else stands in the place of this link",
             "a file that git ignores now, most likely");
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

  // What others publish is the same for both sides. As discovery: regular files that are called so,
  // and what cannot be read now is not there.
  void add_publications() {
    std::error_code error;
    for (fs::directory_iterator each(remote_, error), end; !error && each != end;
         each.increment(error)) {
      const std::string path = std::string(remote_folder) + '/' + each->path().filename().string();
      const fs::path name = result_.workspace.lexically_relative(root_.path()) / path;
      std::error_code unknown;
      const bool is_one = !origin_of_source(path).empty() &&
                          fs::is_regular_file(each->symlink_status(unknown)) && !root_.has(name);
      if (!is_one) continue;
      try {
        root_.write_file(name, read_file(each->path()).text);
      } catch (const StorageError& failed) {
        add_problem(Severity::Warning, path, failed.what(), failed.hint());
      }
    }
  }

  // What the revision has itself stays.
  void add_now(const std::string& path) {
    if (wanted_.wants(path) && root_.write_link(name_of(path), place_.top / path))
      result_.as_now.push_back(from_workspace(path));
  }

  void add_outside(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) return;
    if (root_.has(name_of(path))) return add_each_of(path);
    const std::string named = path.lexically_relative(place_.top / place_.folder).string();
    if (root_.write_link(name_of(path), path)) {
      result_.as_now.push_back(named);
    } else {
      left_out(named, "it lies outside of the repository, and cannot be linked to", {});
    }
  }

  // A folder above the repository, or one that something of it was linked in before; neither the
  // repository, nor what is written here.
  void add_each_of(const fs::path& folder) {
    std::error_code error;
    if (is_under(folder.string(), place_.top.string())) return;
    if (!fs::is_directory(root_.path() / name_of(folder), error) ||
        fs::is_symlink(root_.path() / name_of(folder), error))
      return;
    for (fs::directory_iterator each(folder, error), end; !error && each != end;
         each.increment(error)) {
      if (!is_under(root_.path().string(), each->path().string())) add_outside(each->path());
    }
  }

  const PlaceInRepository& place_;
  fs::path remote_;  // where what others publish is now; empty: the revision has none
  WantedFiles wanted_;
  NewFolder root_;
  std::vector<Part> parts_;
  std::vector<std::pair<std::string, std::string>> links_;
  Checkout result_;
};

// The settings of a revision, from its `registry.toml`.
Settings settings_of(const Git& git, const Revision& revision, const std::string& name) {
  const std::string path = (fs::path(revision.place.folder) / Workspace::config_name).string();
  const Tree tree = read_tree(git, revision.tree, path);
  const TreeEntry* entry = tree.entries.empty() ? nullptr : &tree.entries.front();
  if (entry == nullptr || entry->path != path)
    throw StorageError(ErrorKind::Workspace, "there is no " + path + " in " + name,
                       "there was no workspace in this folder then; name a revision that has it");
  std::string text;
  each_content(git, std::span(&entry, 1),
               [&](const TreeEntry&, std::string content) { text = std::move(content); });
  ConfigFile config = read_config(text, name + ':' + Workspace::config_name);
  if (config.state == SettingsState::Unknown)
    throw InputError(std::move(config.declarations.diagnostics));
  return std::move(config.settings);
}

}  // namespace

Checkout check_out(const Workspace& workspace, const std::string& name, const fs::path& into) {
  const Revision revision = find_revision(workspace, name);
  const Git git(revision.place.top);
  const Settings settings = settings_of(git, revision, name);
  return Writer(workspace, revision.place, settings, into).write(revision.tree);
}

}  // namespace reg
