#include <reg/error.h>
#include <reg/workspace.h>
#include <text/hash.h>
#include <workspace/atomic_file.h>
#include <workspace/files.h>
#include <workspace/reg_folder.h>

namespace reg {
namespace fs = std::filesystem;
namespace {

void write_if_missing(const fs::path& path, std::string_view text) {
  if (is_there(path)) return;
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw StorageError(ErrorKind::Io,
                       "cannot make the folder " + folder.string() + ": " + error.message());
}

bool is_reg_folder(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name == Workspace::folder_name || hash_from_hex(name).has_value();
}

void tag_reg_folder(const fs::path& folder) {
  if (!is_reg_folder(folder)) return;
  // bford.info/cachedir: backups leave out folders that have this file.
  write_if_missing(folder / "CACHEDIR.TAG",
                   "Signature: 8a477f597d28d172789f06886806bc55\n# Made by reg; everything here "
                   "can be rebuilt.\n");
  write_if_missing(folder / ".gitignore", "*\n");
}

}  // namespace reg
