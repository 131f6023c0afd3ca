#pragma once
// A file that appears under its name whole or not at all.

#include <workspace/descriptor.h>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace reg {

// Writes to an unpredictably named temporary file in the target's folder; `commit` makes it the
// target: fsync, rename, fsync of the folder. Without a commit, the destructor removes it. Keeps
// the mode of an existing target, else the umask's. A cache's lock is held for as long as it lives,
// so that what it finds of earlier, killed writers of the same target is in nobody's use: it
// removes that first.
class AtomicFile {
 public:
  // Whether killed writers left something of a target; an absolute path.
  static bool has_leftovers(const std::filesystem::path& target) noexcept;
  // Removes what killed writers left of a target that this run does not write. What cannot be
  // removed is left. The lock is held.
  static void remove_leftovers(const std::filesystem::path& target) noexcept;  // an absolute path

  // Throws StorageError (Io).
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);  // buffered; throws StorageError (Io)
  void copy_from(int fd, std::uint64_t offset, std::uint64_t size);  // a range of another file
  void overwrite(std::uint64_t offset, std::string_view bytes);      // within what has been written
  std::uint64_t size() const { return written_ + buffer_.size(); }   // bytes so far
  // Brings what was written to the disk, so that `commit` has little left that can fail. Nothing
  // but `commit` may follow. Throws StorageError (Io).
  void prepare();
  void commit();  // prepares it, if that has not been done; throws StorageError (Io)

 private:
  void open_folder();
  void create();
  void keep_mode();
  void flush();
  void write_through(std::string_view bytes);
  void count_written(std::uint64_t bytes);
  std::uint64_t copy_in_kernel(int fd, std::uint64_t offset, std::uint64_t size);
  void copy_by_hand(int fd, std::uint64_t offset, std::uint64_t size);
  void close_file();
  void sync_folder();
  void discard() noexcept;
  [[noreturn]] void fail(const char* doing, int error) const;

  std::filesystem::path target_;
  std::string name_;       // of the target in its folder
  std::string temporary_;  // likewise; empty: there is none
  std::string buffer_;
  std::uint64_t written_ = 0;       // bytes, without those in the buffer
  std::uint64_t written_back_ = 0;  // what the disk has been asked to begin with
  Descriptor folder_;
  Descriptor file_;
};

}  // namespace reg
