#pragma once
// Names: which are the nearest, and which match a pattern.

#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The known name with the smallest edit distance to `name`, if it is near enough to be a slip; else
// empty.
std::string nearest(std::string_view name, const std::vector<std::string>& known);
// `did you mean "x"?`, or nothing where no known name is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

// fnmatch(3) without flags, on bytes, in time linear in text times pattern: `*` crosses `/` and
// `.`, `?` takes one code point, `[a-z]`, `[!a-z]`, `\` quotes. A pattern with an unclosed `[`
// takes it literally.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace reg
