#pragma once
// Where the parts of declarations stand in a manifest: for messages, after the fact, so that
// nothing has to be kept of the places of a million symbols.

#include <manifest/declarations.h>
#include <manifest/manifest.h>
#include <predicate/places.h>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A part of a declaration.
struct DeclarationPart {
  Position symbol = {};                // the symbol's place; 0:0: the way begins at the root
  std::vector<std::string> keys = {};  // the way to it: {"info", "device"}
  bool key_itself = false;             // the key is meant, and not what stands behind it
  std::optional<ast::PartNumber> of_predicate = {};  // that part of the predicate that stands there
  Position at = {};  // if it is set, the part is what stands there, and all else is ignored
};

struct Located {
  Position at;
  std::string excerpt;  // the line of the source, cut if it is long, with a caret below
};

// For each part, where it stands; of a symbol's part that is not there, as far as the way to it
// goes. Nothing for others that are not there, and for all of them if the text does not parse.
// Parses the text once.
std::vector<std::optional<Located>> locate(std::string_view text, ManifestFormat format,
                                           std::span<const DeclarationPart> parts);

// The place of a byte of a string, counted in what the string stands for; `begin` is the place of
// its opening quotes in the text. JSON strings, and all four kinds of TOML's. Nothing if no string
// stands there.
std::optional<Position> position_in_string(std::string_view text, Position begin,
                                           std::size_t offset);

// Two lines: the source's line, cut around the column if it is long, and a caret below.
std::string excerpt_at(std::string_view text, Position at);

}  // namespace reg
