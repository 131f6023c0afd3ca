#pragma once
// Whether a cache still holds the bytes that were written.

#include <cache/cache_file.h>
#include <string_view>
#include <vector>

namespace reg {

// The text at an offset that follows from the header alone.
struct FixedText {
  std::uint64_t begin = 0;
  std::string_view text;
};
// All that stands between and after the sections.
std::vector<FixedText> fixed_text(const CacheHeader& header);
bool stands(const CacheFile& file, const FixedText& fixed);

// What the lines add up to, and how many symbols there are. Throws StorageError: kind Cache where a
// line does not even begin or end as it must or is out of order, which the sum does not tell; kind
// Io if the file cannot be read.
struct CacheTally {
  CacheSum sum;
  std::uint64_t symbols = 0;
};
CacheTally tally(const CacheFile& file);

// Whether frame, count and sum are those that were written. Reads the file once, at about the speed
// of memory. Throws StorageError (Io) if it cannot be read.
bool is_intact(const CacheFile& file);

}  // namespace reg
