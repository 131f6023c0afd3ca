#pragma once
// The accounts of files of code, kept between runs beside the cache, in `<cache>.accounts`.
//
// An account is a pure function of a file's bytes and of the words that were looked for, so that
// what is kept is right as long as the file is as it was, whichever cache it lies beside. It may be
// lost or damaged at any time: then the next run that looks at code reads all of it.

#include <cache/cache_lock.h>
#include <manifest/scan_settings.h>
#include <scan/account.h>
#include <scan/words.h>
#include <workspace/descriptor.h>
#include <workspace/files.h>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Which accounts, and what is made of them, this program would understand another way.
std::uint64_t accounts_format();

// What tells whether a file of code is as it was when it was last looked at.
struct KeptStamp {
  std::string path;
  Language language = Language::Python;
  FileStamp stamp;
  std::uint64_t hash = 0;  // of its content
};

// All that is kept of a file of code.
struct KeptAccount : KeptStamp {
  WordFilter filter;
  // What was looked for in it; null: the filter passed it by.
  std::shared_ptr<const Words> words;
  std::string bytes;  // of its account; empty: it has none
};

// The file that is there. Most runs find that nothing changed, and need the stamps alone.
class KeptAccounts {
 public:
  KeptAccounts() = default;  // nothing is kept
  // Without any, if there is no such file or it is not as it was written.
  static KeptAccounts open(const std::filesystem::path& cache);

  // By path.
  const std::vector<KeptStamp>& stamps() const { return stamps_; }
  // The accounts of the same files; none, if they are not as they were written.
  std::vector<KeptAccount> load() const;

 private:
  std::vector<KeptStamp> stamps_;
  Descriptor file_;
  std::uint64_t begin_ = 0, size_ = 0, hash_ = 0;  // of what follows the stamps
};

// Of accounts by path, that of a file in that language; null: there is none.
const KeptAccount* find_account(std::span<const KeptAccount> accounts, std::string_view path,
                                Language language);
// Throws StorageError (Io).
void write_accounts(const CacheLock& lock, std::span<const KeptAccount> accounts);

}  // namespace reg
