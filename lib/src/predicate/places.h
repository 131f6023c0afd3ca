#pragma once
// Where parts of a predicate stand in the text that it is parsed from. The tree does not keep that,
// but it has its parts in the order of the text.

#include <cstddef>
#include <optional>
#include <string_view>

namespace reg::ast {

// A part of a predicate: its nth path, or the nth call of a named predicate, from 0.
struct PartNumber {
  enum class Kind : bool { Path, Call };
  Kind kind = Kind::Path;
  std::size_t number = 0;
  friend bool operator==(const PartNumber&, const PartNumber&) = default;
};

// The offset, in bytes, of that part in a text; nothing if the text does not parse, or has no such
// part.
std::optional<std::size_t> offset_of(std::string_view text, PartNumber part);

}  // namespace reg::ast
