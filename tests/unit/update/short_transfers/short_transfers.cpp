#include "short_transfers.h"

#include <sys/syscall.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>

namespace {

thread_local reg_test::Transfers rules;

enum class Fate { Whole, Half, Fail };

// What becomes of the next write.
Fate next_write() {
  ++rules.writes;
  if (rules.short_write == 0 || rules.writes < rules.short_write) return Fate::Whole;
  return rules.writes == rules.short_write ? Fate::Half : Fate::Fail;
}

// Calls `transfer` with the size that the rules leave.
template <typename Transfer>
ssize_t write_by_the_rules(std::size_t size, Transfer transfer) {
  const Fate fate = next_write();
  if (fate == Fate::Fail) {
    errno = rules.error;
    return -1;
  }
  if (fate == Fate::Half) size = std::max<std::size_t>(size / 2, 1);
  return transfer(std::min(size, rules.most));
}

}  // namespace

namespace reg_test {

TransferRules::TransferRules(const Transfers& transfers) { rules = transfers; }
TransferRules::~TransferRules() { rules = {}; }
int TransferRules::writes() const { return rules.writes; }

}  // namespace reg_test

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  return write_by_the_rules(size,
                            [=](size_t count) { return syscall(SYS_write, fd, data, count); });
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  return write_by_the_rules(
      size, [=](size_t count) { return syscall(SYS_pwrite64, fd, data, count, offset); });
}

ssize_t copy_file_range(int in, off64_t* from, int out, off64_t* to, size_t size, unsigned flags) {
  return write_by_the_rules(size, [=](size_t count) {
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
  });
}

ssize_t read(int fd, void* data, size_t size) {
  return syscall(SYS_read, fd, data, std::min(size, rules.most));
}

ssize_t pread(int fd, void* data, size_t size, off_t offset) {
  return syscall(SYS_pread64, fd, data, std::min(size, rules.most), offset);
}
}
