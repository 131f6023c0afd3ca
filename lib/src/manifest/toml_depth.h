#pragma once
// How deeply a TOML text nests, before it is parsed.

#include <cstddef>
#include <optional>
#include <string_view>

namespace reg {

// The offset at which the text nests deeper than `limit`, counting the parts of dotted keys and
// table headers: the parser recurses for each, and bounds brackets only. Understands just enough
// TOML for this; beyond the first syntax error its answer means nothing.
std::optional<std::size_t> toml_too_deep(std::string_view text, std::size_t limit);

}  // namespace reg
