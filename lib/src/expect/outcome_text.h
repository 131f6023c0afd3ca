#pragma once
// What an expectation says of its outcome, as it stands in a file.

#include <manifest/manifest.h>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// `target`, `none` or `tie`, as a key of that format is written, and the value behind it.
std::string outcome_key(const std::vector<std::string>& targets, ManifestFormat format);
std::string outcome_value(const std::vector<std::string>& targets);

// The end of the key, and of the value (a string, a list or a word), that begin there. Nothing for
// what is not laid out so, and for a list with comments, which would be lost with it.
std::optional<std::size_t> end_of_key(std::string_view text, std::size_t begin);
std::optional<std::size_t> end_of_value(std::string_view text, std::size_t begin,
                                        ManifestFormat format);

}  // namespace reg
