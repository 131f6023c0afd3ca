#pragma once
// What publishing and following keep in a workspace's `.reg`.

#include "published_note.h"

#include <reg/workspace.h>
#include <workspace/file_lock.h>
#include <workspace/files.h>
#include <filesystem>
#include <optional>
#include <string>

namespace reg::fleet {

class WorkspaceFiles {
 public:
  explicit WorkspaceFiles(const Workspace& workspace);

  // `published.reg.json`: what this workspace published last, for whoever is to put it again.
  // Who reads it in order to do that, or changes it, holds `publish_lock`.
  std::optional<PublishedNote> published() const;  // nullopt: there is none, or none to be read
  std::optional<FileStamp> published_stamp() const;
  void set_published(const PublishedNote& note);
  void remove_published();

  // Waits for whoever publishes. Throws StorageError (LockTimeout).
  FileLock publish_lock();
  // nullopt: somebody publishes.
  std::optional<FileLock> try_publish_lock();
  // Held by the one `follow` that runs. Throws StorageError (Locked): another one does.
  FileLock follow_lock();
  bool is_followed();

 private:
  std::filesystem::path in_folder(const char* name);
  std::filesystem::path folder_;
};

}  // namespace reg::fleet
