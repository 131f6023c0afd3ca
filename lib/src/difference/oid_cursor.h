#pragma once
// The oids of a cache, one after the other, as their lines stand in it.

#include <cache/cache_file.h>
#include <cache/line_reader.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

// An oid of a registry, with its lines in order. All text is escaped.
struct OidLines {
  std::string registry, oid;
  std::vector<std::string> lines;
};

// Reads a cache from end to end, once. Whoever asks how much was read is told (`Cache::reads`).
class OidCursor {
 public:
  explicit OidCursor(const CacheFile& file);

  // Whether there is none left; then `now` must not be called.
  bool at_end() const { return now_.lines.empty(); }
  const OidLines& now() const { return now_; }
  // Two caches can only be walked side by side if their oids stand in order, so that this is
  // checked. Throws StorageError (Cache).
  void next();

 private:
  void begin(const LineKey& key);

  const CacheFile& file_;
  LineReader reader_;
  std::uint64_t at_;
  OidLines now_;
};

// Below 0 if the oid of `a` comes first, 0 if it is the same, else above.
int order_of(const OidLines& a, const OidLines& b);

}  // namespace reg
