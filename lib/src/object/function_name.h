#pragma once
// The names of functions, as they are linked and as people know them.

#include <string>
#include <string_view>

namespace reg {

// What a linked name says: `ns::make_fast` for `_ZN2ns9make_fastEi`; a C function's own. Without
// parameters, what is returned, and ABI tags, and otherwise as REG_SYMBOL writes names: blanks only
// as `_` between two words. Empty for what nobody means by name: operators, constructors and
// destructors, thunks, what is local to a function, functions of the compiler's and of reg's own;
// and for instances of templates whose names are so entangled that nobody writes them.
std::string plain_function_name(std::string_view linked);

}  // namespace reg
