#pragma once
// A JSON array with one element a line, so that `grep` and `diff` work on it.

#include "../output.h"

#include <cstddef>
#include <string>

namespace reg::app {

// What stands before an element, given how many there are already.
inline void append_json_separator(std::string& out, std::size_t written) {
  out += written == 0 ? "[\n" : ",\n";
}

inline void close_json_array(Output& out, std::size_t written) {
  out.write(written == 0 ? "[]\n" : "\n]\n");
}

}  // namespace reg::app
