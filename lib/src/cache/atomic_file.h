#pragma once
// A file that appears under its name whole or not at all.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace reg {

// Writes to an unpredictably named temporary file in the target's folder; `commit` makes it the
// target: fsync, rename, fsync of the folder. Without a commit, the destructor removes it. Keeps
// the mode of an existing target, else the umask's. Removes what earlier, killed writers of this
// target left behind: the caller must hold the target's lock, so nobody else's temporary file can
// be in use.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);  // buffered; throws StorageError (Io)
  void copy_from(int fd, std::uint64_t offset, std::uint64_t size);  // a range of another file
  void overwrite(std::uint64_t offset, std::string_view bytes);      // within what has been written
  std::uint64_t size() const { return size_; }                       // bytes so far
  void commit();                                                     // throws StorageError (Io)

 private:
  void flush();
  void discard() noexcept;
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  std::string buffer_;
  std::uint64_t size_ = 0;
  int fd_ = -1;
};

}  // namespace reg
