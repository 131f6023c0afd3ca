#pragma once
// An open cache file: its header, and searches in its sorted lines.

#include <reg/json.h>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct CacheSection {
  std::uint64_t begin = 0, end = 0;  // byte offsets; whole lines
};

// Reads with pread only, so that a file that shrinks is an error and not a SIGBUS. Const functions
// are safe from any thread. Every function throws StorageError: kind Cache for what is not laid out
// as written, kind Io for failing reads.
class CacheFile {
 public:
  explicit CacheFile(std::filesystem::path path);
  ~CacheFile();
  CacheFile(const CacheFile&) = delete;
  CacheFile& operator=(const CacheFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  int descriptor() const { return fd_; }
  std::uint64_t size() const { return size_; }
  std::uint64_t symbol_count() const { return symbols_total_; }
  CacheSection workspace() const { return workspace_; }
  CacheSection predicates() const { return predicates_; }
  CacheSection registries() const { return registries_; }
  CacheSection symbols() const { return symbols_; }
  CacheSection oids() const { return oids_; }

  // The bytes of a range, whole.
  std::string read(std::uint64_t begin, std::uint64_t end) const;
  // Calls `visit` with each line of a section (without comma and newline) and its offset until it
  // returns false.
  void each_line(
      CacheSection section,
      const std::function<bool(std::string_view line, std::uint64_t offset)>& visit) const;
  // The offset of the first line in a sorted section for which `before(line)` is false;
  // `section.end` if none.
  std::uint64_t lower_bound(CacheSection section,
                            const std::function<bool(std::string_view line)>& before) const;
  // The symbol lines of one registry; of one oid of it. Escaped text; empty ranges where there is
  // none.
  CacheSection registry_lines(std::string_view registry) const;
  CacheSection oid_lines(std::string_view registry, std::string_view oid) const;
  // The member of an object section (predicates, registries, oids) with that key (escaped text),
  // parsed.
  std::optional<Json> member(CacheSection section, std::string_view key) const;

  [[noreturn]] void broken(const std::string& what) const;

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  std::uint64_t size_ = 0, symbols_total_ = 0;
  CacheSection workspace_, predicates_, registries_, symbols_, oids_;
};

}  // namespace reg
