#pragma once
// A node and the way to it from the root: what messages name.

#include <manifest/manifest.h>
#include <manifest/node.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reg {

// Lives on the stack of the function that reads the node; `parent` is the caller's, null for the
// root.
struct Element {
  const Node& node;
  const Element* parent = nullptr;
  std::string_view key = {};  // in a table
  std::size_t index = 0;      // in an array
  bool in_array = false;

  Element member(std::string_view name, const Node& value) const { return {value, this, name}; }
  Element item(std::size_t position, const Node& value) const {
    return {value, this, {}, position, true};
  }
};

// `symbols[12].info`, or `/symbols/12/info` in JSON; empty for the root.
std::string name_of(const Element& element, ManifestFormat format);

// A text from a source, quoted for a message: escaped, and cut if it is long.
std::string shown(std::string_view text);

}  // namespace reg
