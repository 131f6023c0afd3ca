#pragma once
// How the dotted names of idioms are compared with what is in code.

#include <scan/account.h>
#include <string>
#include <string_view>

namespace reg {

// What follows the last dot.
std::string_view last_part(std::string_view dotted);

// Where something is defined: `pkg.mod` and `Model.register`. Of what is outside of the files it is
// not known where the module's name ends: all is in `name`.
struct CodePath {
  std::string module, name;
  bool is_split = true;
};

// Whether an idiom's name means what is there: `mmengine.Registry` is Registry in any module of the
// package, and no attribute of anything in it. A name without package means it anywhere.
bool is_meant_by(const CodePath& path, std::string_view name);
// The name that is written, or the one that `[…]` follows: `Base[int]` is Base. Empty for all else.
std::string_view name_of_class(const Expression& value);
// Letters, digits, `_` and dots.
bool is_of_name(char c);
bool is_plain_name(std::string_view name);
// Methods that are named so in much that is no registry.
bool is_common_method(std::string_view name);
// Letters, digits and `_`, with no small letter: how registries that are constants are named.
bool is_capitals(std::string_view name);

}  // namespace reg
