#pragma once
// The functions that a shared object exports: what `[[match]]` takes of it.

#include <object/elf_file.h>
#include <string>
#include <vector>

namespace reg {

// By the names that people know (`plain_function_name`). Sorted, each once.
std::vector<std::string> exported_functions(const ElfFile& file);

}  // namespace reg
