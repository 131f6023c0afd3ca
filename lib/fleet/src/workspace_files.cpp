#include "workspace_files.h"

#include <workspace/atomic_file.h>
#include <workspace/files.h>
#include <workspace/io_error.h>
#include <workspace/reg_folder.h>
#include <cerrno>
#include <system_error>

namespace reg::fleet {

namespace {

constexpr const char* published_name = "published.reg.json";
constexpr const char* follow_name = "follow.lock";
// A publication of any size that is taken is put within that.
constexpr std::chrono::seconds patience{60};

}  // namespace

WorkspaceFiles::WorkspaceFiles(const Workspace& workspace)
    : folder_(workspace.root() / Workspace::folder_name) {}

std::filesystem::path WorkspaceFiles::in_folder(const char* name) {
  make_folder(folder_);
  return folder_ / name;
}

std::optional<PublishedNote> WorkspaceFiles::published() const {
  const std::filesystem::path file = folder_ / published_name;
  if (!is_there(file)) return std::nullopt;
  return published_note(read_file(file).text);
}

std::optional<FileStamp> WorkspaceFiles::published_stamp() const {
  const std::filesystem::path file = folder_ / published_name;
  if (!is_there(file)) return std::nullopt;
  return stamp_of(file);
}

void WorkspaceFiles::set_published(const PublishedNote& note) {
  AtomicFile file(in_folder(published_name));
  file.write(to_file(note));
  file.commit();
}

void WorkspaceFiles::remove_published() {
  const std::filesystem::path file = folder_ / published_name;
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) throw io_error("remove", file, error.value());
}

FileLock WorkspaceFiles::publish_lock() {
  return FileLock(in_folder("publish.lock"), wait_for(patience));
}
std::optional<FileLock> WorkspaceFiles::try_publish_lock() {
  return FileLock::try_lock(in_folder("publish.lock"));
}
// A `publish` that asks whether somebody follows holds it for a moment.
FileLock WorkspaceFiles::follow_lock() {
  try {
    return FileLock(in_folder(follow_name), wait_for(std::chrono::milliseconds(500)));
  } catch (const StorageError& error) {
    if (error.kind() != ErrorKind::LockTimeout) throw;
    throw StorageError(ErrorKind::Locked, "`reg follow` runs in this workspace already");
  }
}
bool WorkspaceFiles::is_followed() { return !FileLock::try_lock(in_folder(follow_name)); }

}  // namespace reg::fleet
