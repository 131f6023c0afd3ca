#pragma once
// The functions that a shared object exports, by the names that people know: what `[[match]]` takes
// of it.

#include <object/elf_file.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// What a linked name says: `ns::make_fast` for `_ZN2ns9make_fastEi`; a C function's own. Without
// parameters, what is returned, and ABI tags. Empty for what nobody means by name: operators,
// constructors and destructors, thunks, functions of the compiler's and of reg's own.
std::string plain_function_name(std::string_view linked);

// Sorted, each once.
std::vector<std::string> exported_functions(const ElfFile& file);

}  // namespace reg
