#pragma once
// What publishing and following keep in a workspace's `.reg`.

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
  std::optional<std::string> published() const;
  std::optional<FileStamp> published_stamp() const;
  void set_published(const std::string& text);
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
