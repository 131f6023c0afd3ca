#pragma once
// How the dotted names of idioms are compared with what is in code.

#include <string>
#include <string_view>

namespace reg {

// What follows the last dot.
std::string_view last_part(std::string_view dotted);
// Whether a dotted path is meant by an idiom's name: `mmengine.Registry` means
// `mmengine.registry.registry.Registry`, too; a name without package means it in any.
bool is_meant_by(std::string_view path, std::string_view name);
// Methods that are named so in much that is no registry.
bool is_common_method(std::string_view name);
// Letters, digits and `_`, with no small letter: how registries that are constants are named.
bool is_capitals(std::string_view name);

}  // namespace reg
