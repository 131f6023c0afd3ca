#pragma once
// The JSON values that most fields have, read without a parser.

#include <reg/json.h>
#include <optional>
#include <string_view>

namespace reg {

// Whether text is printable ASCII without backslashes, so that it stands for itself in JSON, and is
// harmless on a terminal.
bool is_plain(std::string_view text);

// The value of a JSON text that is a number, `true`, `false`, `null`, or a string of plain text; as
// `parse_json` gives it. nullopt for any other text, valid or not.
std::optional<Json> simple_scalar(std::string_view text);

}  // namespace reg
