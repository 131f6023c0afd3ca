#pragma once
/// @file remote.h
/// What other machines publish (`[remote]` in `registry.toml`): what a workspace shares of its
/// settled symbols, as one text, and the texts of others, which lie in `.reg/remote`, one file for
/// each origin, and are sources of the workspace like any other.
///
/// Nothing here speaks to a network: `reg-fleet` carries the texts.
///
/// ```cpp
/// const std::string text = R"({"published": {"format": 1, "origin": "host-17"}})";
/// assert(reg::publication_problems(text, "host-17").empty());
/// assert(!reg::publication_problems(text, "host-18").empty());
/// ```

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/error.h>
#include <reg/remote_settings.h>
#include <reg/workspace.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// `[remote]` of a workspace; nullopt: it has none. @throws InputError with all that is wrong in
/// `registry.toml`; StorageError.
[[nodiscard]] std::optional<RemoteSettings> remote_settings(const Workspace& workspace);

/// What an origin publishes.
struct Publication {
  std::string text;  ///< a JSON manifest, one symbol a line; the same for the same symbols
  std::size_t symbols = 0, registries = 0;
  std::vector<Diagnostic> warnings;  ///< of symbols that cannot be published, which are left out
};

/// The settled symbols that come from sources that `remote.publish` names, with their own and their
/// registries' predicates written out, and what is declared of those registries. What came from
/// other origins is never in it.
/// @throws InputError if a pattern of `publish` is none; StorageError (kind Cache).
[[nodiscard]] Publication publication_of(const Cache& cache, const RemoteSettings& remote);

/// What is wrong with a text that is said to be what that origin publishes; empty: nothing, so that
/// it can be a source. Any bytes may be asked about.
[[nodiscard]] std::vector<Diagnostic> publication_problems(std::string_view text,
                                                           const std::string& origin);

/// Tells whether a file is the same as before, without reading it.
struct FileMark {
  std::uint64_t size = 0;
  std::int64_t modified = 0, changed = 0;  ///< mtime and ctime, nanoseconds
  std::uint64_t inode = 0;
  friend bool operator==(const FileMark&, const FileMark&) = default;
};

/// The folder `.reg/remote`, in which each origin's file is called `ORIGIN.reg.json`. What is
/// staged is seen by nobody until it is applied.
class RemoteFolder {
 public:
  explicit RemoteFolder(const Workspace& workspace);
  RemoteFolder(RemoteFolder&&) noexcept;
  RemoteFolder(const RemoteFolder&) = delete;
  RemoteFolder& operator=(const RemoteFolder&) = delete;
  RemoteFolder& operator=(RemoteFolder&&) = delete;
  /// Removes what is staged and was not applied.
  ~RemoteFolder();

  /// Whose files are there, sorted. @throws StorageError (kind Io).
  [[nodiscard]] std::vector<std::string> origins() const;
  /// The same, with a mark for each file. What was looked at is not overwritten where others
  /// change it meanwhile: see `apply`. @throws StorageError (kind Io).
  std::map<std::string, FileMark> look();
  /// An origin's file; nullopt: it has none. @throws StorageError (kind Io).
  [[nodiscard]] std::optional<std::string> text_of(const std::string& origin) const;

  /// Writes a text beside the others, to take the place of that origin's. The text must have no
  /// `publication_problems`. @throws UsageError if that is no origin's name, StorageError (kind
  /// Io).
  void stage(const std::string& origin, std::string_view text);
  /// That origin's file is to go.
  void stage_removal(const std::string& origin);
  [[nodiscard]] bool has_staged() const;

  /// Holding the locks of the workspace and of its cache, puts all that is staged in place and
  /// brings the cache up to date; where `options` have no `define`, with the facts that it was
  /// written with. After `look`, an origin's file that is another one by now stays as it is, and is
  /// one of `overtaken`. Removes what killed processes staged. Killed in between, the files are
  /// where they are, and the next `auto_register` sees them.
  /// @throws as `auto_register`; StorageError (kind LockTimeout), (kind Locked) before anything is
  /// put in place.
  AutoRegisterReport apply(const AutoRegisterOptions& options = {});
  /// The origins whose staged texts the last `apply` left out, because others were faster.
  [[nodiscard]] const std::vector<std::string>& overtaken() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace reg
