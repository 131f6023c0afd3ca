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
#include <workspace/files.h>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A file of code as it was when it was last looked at.
struct KeptAccount {
  std::string path;
  Language language = Language::Python;
  FileStamp stamp;
  std::uint64_t hash = 0;  // of its content
  WordFilter filter;
  // What was looked for in it; null: the filter passed it by.
  std::shared_ptr<const Words> words;
  std::string bytes;  // of its account; empty: it has none
};

// By path. Empty: none are kept, or not as they were written.
std::vector<KeptAccount> read_accounts(const std::filesystem::path& cache);
// Throws StorageError (Io).
void write_accounts(const CacheLock& lock, std::span<const KeptAccount> accounts);

}  // namespace reg
