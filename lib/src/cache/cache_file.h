#pragma once
// An open cache file: its header, and searches in its sorted lines.

#include <cache/layout.h>
#include <manifest/line.h>
#include <reg/error.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <workspace/descriptor.h>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

class LineReader;

// A cache that is not laid out as it was written; `detail` is what is wrong, without the file's
// name.
class BrokenCache : public StorageError {
 public:
  BrokenCache(const std::string& message, std::string detail, std::string hint)
      : StorageError(ErrorKind::Cache, message, std::move(hint)), detail_(std::move(detail)) {}
  const std::string& detail() const noexcept { return detail_; }

 private:
  std::string detail_;
};

class MissingCache : public StorageError {
 public:
  using StorageError::StorageError;
};

// A line of an object section: `"key":value`.
struct MemberLine {
  std::string_view key;    // escaped
  std::string_view value;  // JSON text
};
std::optional<MemberLine> split_member(std::string_view line);

// Reads with pread only, so that a file that shrinks is an error and not a SIGBUS. Const functions
// are safe from any thread. Every function throws StorageError: kind Cache for what is not laid out
// as written, kind Io for failing reads; StaleCache if it is to be opened again.
class CacheFile {
 public:
  using Before = std::function<bool(std::string_view line)>;

  // Reads the first line only. A symbolic link to a regular file is followed; nothing but a regular
  // file is read.
  // `root`: of its workspace; empty: not told.
  explicit CacheFile(std::filesystem::path path, const std::filesystem::path& root = {});
  ~CacheFile();
  CacheFile(const CacheFile&) = delete;
  CacheFile& operator=(const CacheFile&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Where it was when it was opened, wherever the current folder is now.
  const std::filesystem::path& absolute_path() const { return absolute_; }
  const std::filesystem::path& root() const { return root_; }
  int descriptor() const { return file_.get(); }
  std::uint64_t size() const { return header_.bytes; }
  std::uint64_t symbol_count() const { return header_.count; }
  const CacheHeader& header() const { return header_; }
  CacheSection workspace() const { return header_.workspace; }
  CacheSection predicates() const { return header_.predicates; }
  CacheSection registries() const { return header_.registries; }
  CacheSection symbols() const { return header_.symbols; }
  CacheSection oids() const { return header_.oids; }

  // How much was read so far.
  std::uint64_t read_calls() const { return calls_; }
  std::uint64_t read_bytes() const { return bytes_; }
  // What `each_line` and `each_oid_line` call with every symbol's line.
  using Tell = std::function<void(std::string_view line)>;
  void tell_lines(Tell tell) { tell_ = std::move(tell); }

  // The bytes of a range, whole; at most layout::max_line of them.
  std::string read(std::uint64_t begin, std::uint64_t end) const;
  // Fills the whole buffer from that offset.
  void read_into(char* buffer, std::size_t size, std::uint64_t offset) const;
  // Calls `visit` with each line of a section (without comma and newline) and its offset until it
  // returns false.
  void each_line(
      CacheSection section,
      const std::function<bool(std::string_view line, std::uint64_t offset)>& visit) const;
  // The offset of the first line in a sorted section for which `before(line)` is false;
  // `section.end` if none.
  std::uint64_t lower_bound(CacheSection section, const Before& before) const;
  // The symbol lines of one registry; of one oid of it. Escaped text; empty ranges where there is
  // none.
  CacheSection registry_lines(std::string_view registry) const;
  CacheSection oid_lines(std::string_view registry, std::string_view oid) const;
  // As `oid_lines`, and calls `visit` with each of them.
  CacheSection each_oid_line(std::string_view registry, std::string_view oid,
                             const std::function<void(std::string_view line)>& visit) const;
  // The member of an object section (predicates, registries, oids) with that key (escaped text),
  // parsed.
  std::optional<Json> member(CacheSection section, std::string_view key) const;

  // The error for what is not laid out as written: "the cache <path> is broken: <what>".
  [[noreturn]] void broken(const std::string& what) const;
  // What stands in it, taken apart; `broken` if it cannot be.
  std::string plain(std::string_view escaped) const;
  Json parsed(std::string_view text) const;
  // As `parsed`; numbers keep their text (reg/json.h).
  Json parsed_context(std::string_view text) const;
  LineKey key_of(std::string_view line) const;
  MemberLine member_of(std::string_view line) const;
  Symbol symbol_of(std::string_view line) const;

 private:
  Json info_of(std::string_view text) const;
  std::uint64_t lower_bound(LineReader& reader, CacheSection section, const Before& before) const;
  void read_header();
  [[noreturn]] void refuse(const std::string& why) const;

  std::filesystem::path path_;
  std::filesystem::path absolute_;
  std::filesystem::path root_;
  Descriptor file_;
  CacheHeader header_;
  Tell tell_;
  mutable std::atomic<std::uint64_t> calls_ = 0, bytes_ = 0;
};

}  // namespace reg
