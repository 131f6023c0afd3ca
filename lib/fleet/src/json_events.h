#pragma once
// JSON as a stream of its scalars, each with the path that it stands under. What nobody asks about
// takes no memory, however much of it there is.

#include <functional>
#include <string>
#include <string_view>

namespace reg::fleet {

// Paths are as in `responses[].response_range.kvs[].key`; an element of an array has no number. A
// member whose name is none of protobuf's is called `?`.
struct JsonEvents {
  std::function<void(std::string_view path)> object;  // one begins
  // A string, or the text of a number, of `true` or of `false`.
  std::function<void(std::string_view path, std::string_view text)> scalar;
};

// False: the text is no JSON, or is nested too deep; some events may have been told. What an event
// throws comes through.
bool read_json_events(std::string_view text, const JsonEvents& events);

}  // namespace reg::fleet
