#pragma once
// This program's own `write`, `pwrite`, `read`, `pread` and `copy_file_range`: they can be told to
// transfer less than they are asked for, as POSIX lets them, and to fail.

#include <cstddef>

namespace reg_test {

struct Transfers {
  std::size_t most = static_cast<std::size_t>(-1);  // bytes that one call transfers
  // The how many-th write from now on transfers half of what it is asked for, and the next one
  // fails; 0: none.
  int short_write = 0;
  int error = 0;   // errno of that failure
  int writes = 0;  // counts the writes
};

// For this thread, as long as it lives.
class TransferRules {
 public:
  explicit TransferRules(const Transfers& transfers);
  ~TransferRules();
  TransferRules(const TransferRules&) = delete;
  TransferRules& operator=(const TransferRules&) = delete;
  int writes() const;
};

}  // namespace reg_test
