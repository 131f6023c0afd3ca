#pragma once
/// @file revision.h
/// The cache that a workspace would have at a revision of its git repository.
///
/// The sources of that revision are written to a folder of their own below the temporary one
/// (`TMPDIR`), and registered there, by the rules and with the code of `auto_register`. `git` is
/// run for that, as a process without a shell, and nothing that it can be configured to run;
/// nothing in the repository, its index or its working tree is changed.
///
/// What is no part of any revision is taken as it is now: sources that git ignores (libraries that
/// were built, what a build generated), and those outside of the repository. A source that git
/// neither tracks nor ignores is new, and in no revision.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const auto before = reg::RevisionCache::make(workspace, "HEAD");
/// for (const reg::Diagnostic& problem : before.problems()) std::cerr << problem.message << '\n';
/// const auto difference = reg::compare(before.cache(), reg::Cache::open(workspace));
/// if (!difference.selects_alike()) std::cout << "not what HEAD selects\n";
/// ```

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/json.h>
#include <reg/workspace.h>
#include <memory>
#include <string>
#include <vector>

namespace reg {

/// Whether the repository that a workspace lies in has a revision of that name: what `git
/// rev-parse` takes for a commit or a tree. False also where there is no repository, or no git.
[[nodiscard]] bool has_revision(const Workspace& workspace, const std::string& name);

/// Owns the temporary folder, and removes it. If the process is killed before, the next one that
/// makes a RevisionCache does. Any number of threads and processes may make some at once.
class RevisionCache {
 public:
  /// Reads the sources of a revision (`HEAD`, `main`, `v1.2~3`, a tree; `A...B`: where the two have
  /// parted) with the facts that `when` is evaluated against, over the `[facts]` of that revision.
  /// What is wrong in them is left out, as under `KeepGoing::Yes`.
  /// @throws InputError if there is no such revision, or more than one of the name, or its
  /// `registry.toml` does not tell what the sources are; StorageError: kind Workspace if the
  /// workspace is in no repository, or was not there yet, kind Io if git cannot be run or fails, or
  /// the folder cannot be written.
  [[nodiscard]] static RevisionCache make(const Workspace& workspace, const std::string& revision,
                                          const Json& define = Json::object(),
                                          const Observer& observer = {});

  RevisionCache(RevisionCache&&) noexcept;
  RevisionCache& operator=(RevisionCache&&) noexcept;
  RevisionCache(const RevisionCache&) = delete;
  RevisionCache& operator=(const RevisionCache&) = delete;
  ~RevisionCache();

  [[nodiscard]] const Cache& cache() const;
  /// What is wrong in the sources of the revision, in their order, and what of them could not be
  /// had: a submodule that is not there, a file whose content is elsewhere. Where something is left
  /// out for it, it is an Error. Paths are relative to the workspace, behind `REVISION:`.
  [[nodiscard]] const std::vector<Diagnostic>& problems() const;
  /// The sources, or folders of sources, that were taken as they are now, since git ignores them,
  /// or they lie outside of the repository; relative to the workspace, sorted.
  [[nodiscard]] const std::vector<std::string>& as_now() const;

 private:
  struct Parts;
  explicit RevisionCache(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace reg
