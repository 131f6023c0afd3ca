#pragma once
// The cache's layout: its first line, and the text between its sections (README.md beside this
// file).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

struct CacheSection {
  std::uint64_t begin = 0, end = 0;  // byte offsets; whole lines
  friend bool operator==(const CacheSection&, const CacheSection&) = default;
};

// What the content adds up to: one number for the lines before the symbols, and one for the
// symbols' and the oids' lines, which a writer that exchanges some of them carries on. Any changed
// byte gives another sum, and so does any changed order within an oid.
struct CacheSum {
  std::uint64_t head = 0, lines = 0;
  friend bool operator==(const CacheSum&, const CacheSum&) = default;

  // 32 hex digits.
  std::string to_string() const;
  static std::optional<CacheSum> from_string(std::string_view text);
};

// What a line adds to the sum; `position`: its place among the head's lines, or among the symbols
// of its oid, from 0.
std::uint64_t head_line_hash(std::string_view line, std::size_t position);
std::uint64_t symbol_line_hash(std::string_view line, std::size_t position);
std::uint64_t oid_line_hash(std::string_view line);

// What the first line says.
struct CacheHeader {
  std::uint64_t bytes = 0;  // of the whole file
  std::uint64_t count = 0;  // of symbols
  CacheSum sum;
  CacheSection workspace, predicates, registries, symbols, oids;
  friend bool operator==(const CacheHeader&, const CacheHeader&) = default;
};

namespace layout {

inline constexpr unsigned version = 3;
// What every version begins with: what tells that a file is a cache.
inline constexpr std::string_view format_start = "{\"format\":\"reg-cache\",\"version\":";
inline constexpr std::size_t header_size = 512;  // of the first line, with its newline
// No reader holds more than one line, so this bounds its memory whatever the file says.
inline constexpr std::size_t max_line = std::size_t{64} << 20;

// What stands before each section, and after the last.
inline constexpr std::string_view before_predicates = "\"predicates\":{\n";
inline constexpr std::string_view before_registries = "},\n\"registries\":{\n";
inline constexpr std::string_view before_symbols = "},\n\"symbols\":[\n";
inline constexpr std::string_view before_oids = "],\n\"oids\":{\n";
inline constexpr std::string_view after_oids = "}\n}\n";

}  // namespace layout

// The first line, `header_size` bytes.
std::string header_line(const CacheHeader& header);

// What a file's first bytes say; `problem` is empty if they are a header that fits a file of
// `file_size` bytes.
struct HeaderText {
  CacheHeader header;
  std::string problem;  // "is not a cache": to follow the file's name
};
HeaderText read_header(std::string_view text, std::uint64_t file_size);

}  // namespace reg
