#pragma once
// The lines of a part of a cache, read block by block.

#include <cache/cache_file.h>
#include <cstdint>
#include <string>
#include <string_view>

namespace reg {

// Keeps the last block read, so that neighbouring lines cost one read. Blocks are small after a
// jump, and grow up to 1 MiB while they follow each other. Holds at most one block and one line.
class LineReader {
 public:
  LineReader(const CacheFile& file, CacheSection part) : file_(file), part_(part) {}

  // A line with its newline, and perhaps a comma before that; valid until the next call.
  std::string_view raw_line(std::uint64_t offset);
  // The offset of the first line that begins at or after `from`; `limit` if none begins before it.
  std::uint64_t line_start(std::uint64_t from, std::uint64_t limit);
  // Reads a range at once.
  void prefetch(std::uint64_t begin, std::uint64_t end);

 private:
  void load(std::uint64_t offset);
  void extend();
  void grow_block();
  std::string_view loaded_from(std::uint64_t offset) const;
  std::uint64_t loaded_end() const { return start_ + buffer_.size(); }

  const CacheFile& file_;
  CacheSection part_;
  std::string buffer_;
  std::uint64_t start_ = 0;  // of the buffer in the file
  std::size_t block_ = 0;
};

// A line as it stands in the file, without its newline and its comma.
std::string_view bare_line(std::string_view raw);

}  // namespace reg
