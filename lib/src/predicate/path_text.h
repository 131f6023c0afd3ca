#pragma once
// The text of paths, segment by segment: `cpu.isa`, `` `bundle.name`.size ``. Whole ones are parsed
// and printed by `parse_path` and `print_path` (reg/predicate.h).

#include <string>
#include <string_view>

namespace reg::ast {

enum class Segment : bool { First, Later };
// Appends one segment. `Later`: something stands before it, `self.` or another segment.
void append_segment(std::string& out, std::string_view key, Segment segment);

// Takes the first segment off a path's text, and the dot behind it. False, if it is another than
// `key`. Allocates nothing.
bool take_segment(std::string_view& path, std::string_view key);

// Whether a path's text is another one's, or that of something in it: `cpu.isa` lies in `cpu`.
bool lies_in(std::string_view path, std::string_view outer);

}  // namespace reg::ast
