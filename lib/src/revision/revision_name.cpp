#include <reg/text.h>
#include <revision/revision_name.h>
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace reg {
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

// Tags and branches of the name that a revision begins with: `v1` of `v1~2`.
std::vector<std::string> references_of(const Git& git, const std::string& revision) {
  const std::string name = revision.substr(0, revision.find_first_of("~^@:"));
  std::vector<std::string> found;
  for (const char* group : {"refs/tags/", "refs/heads/", "refs/remotes/"}) {
    try {
      git.line({"rev-parse", "--verify", group + name});
      found.push_back(group + name);
    } catch (const GitFailed&) {
      // There is none.
    }
  }
  return found;
}

[[noreturn]] void refuse_ambiguous(const Git& git, const std::string& name) {
  const std::vector<std::string> all = references_of(git, name);
  throw InputError(
      "the revision " + in_quotes(name) + " is ambiguous" + (all.empty() ? "" : ": ") + joined(all),
      all.empty() ? "git says so: name it by its whole name, or by its commit"
                  : "name the one that is meant: " + all.back());
}

bool is_object(const std::string& text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string object_of(const Git& git, const std::string& name) {
  std::string object;
  const std::string said = git.run({"rev-parse", "--verify", name}, {},
                                   [&](ProcessOutput& output) { object = output.take_all(); });
  if (said.find("is ambiguous") != std::string::npos) refuse_ambiguous(git, name);
  if (object.ends_with('\n')) object.pop_back();
  if (!is_object(object)) throw GitFailed("git names no object for " + in_quotes(name), said);
  return object;
}

// `A...B`, of which either may be left out; not `:/text...`, nor what git itself knows.
std::optional<std::pair<std::string, std::string>> two_sides(const std::string& name) {
  const std::size_t dots = name.find("...");
  if (dots == std::string::npos || name.starts_with(":/")) return std::nullopt;
  std::string before = name.substr(0, dots), after = name.substr(dots + 3);
  if (after.starts_with('.') || after.starts_with('-')) return std::nullopt;
  return std::pair(before.empty() ? "HEAD" : before, after.empty() ? "HEAD" : after);
}

std::string hint_for_range(const std::string& revision, std::size_t dots) {
  const std::string before = revision.substr(0, dots), after = revision.substr(dots + 2);
  if (after.empty())
    return "`reg diff " + shell_word(before.empty() ? "HEAD" : before) +
           "` compares it with the workspace's cache";
  return "two revisions are two words: `reg diff " + shell_word(before.empty() ? "HEAD" : before) +
         ' ' + shell_word(after) + '`';
}

bool is_shallow(const Git& git) {
  try {
    return git.line({"rev-parse", "--is-shallow-repository"}) == "true";
  } catch (const GitFailed&) {
    return false;
  }
}

std::string hint_for(const Git& git, const std::string& revision) {
  const std::size_t dots = revision.find("..");
  if (dots != std::string::npos && revision.find("...") == std::string::npos)
    return hint_for_range(revision, dots);
  if (is_shallow(git))
    return "the clone is shallow: `git fetch --unshallow`, or `git fetch origin BRANCH:BRANCH`, "
           "brings more";
  return "`git log --oneline --all` shows what there is";
}

}  // namespace

std::string tree_of(const Git& git, const std::string& name) {
  // The type is asked for apart: behind `:/text` it would be a part of the text.
  std::string object;
  if (const auto sides = two_sides(name)) {
    object = git.line({"merge-base", object_of(git, sides->first), object_of(git, sides->second)});
  } else {
    object = object_of(git, name);
  }
  return object_of(git, object + "^{tree}");
}

Revision find_revision(const Workspace& workspace, const std::string& name) {
  const Git git(workspace.root());
  PlaceInRepository place = place_of(git);
  if (name.empty() || name.starts_with('-'))
    throw InputError("\"" + name + "\" cannot be a revision", "HEAD, main, v1.2~3");
  try {
    return {std::move(place), tree_of(git, name)};
  } catch (const GitFailed& error) {
    throw InputError("there is no revision " + in_quotes(name) + " in this repository",
                     hint_for(git, name));
  }
}

}  // namespace reg
