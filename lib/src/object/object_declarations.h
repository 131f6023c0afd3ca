#pragma once
// From the section `reg_manifest` of an object file to declarations.

#include <manifest/declarations.h>
#include <manifest/locate.h>
#include <object/entries.h>
#include <object/exported_functions.h>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// `libpng.so`, `libpng.so.1.6`.
bool is_shared_object_name(std::string_view path);

// What is read of a source that is an object file: its section `reg_manifest`. Of a shared object
// that is no ELF file (a linker script), nothing. Throws InputError if it cannot be read.
std::string read_object_manifest(int descriptor, std::string_view path);
// The functions that an object file exports, a line each. Throws InputError, also if it is no ELF
// file.
std::string read_object_exports(int descriptor);

// As an extractor. The target of a declaration is `<file name>:<name>`. A symbol's place is line 0
// of the object file, and for a column its entry's number in `entries_of`: so they are in order,
// and no two are one.
Declarations read_object(std::string_view section, const std::string& path);
// Nothing in it has a line; what can be told is where it stands in the C++ source.
std::vector<std::optional<Located>> locate_in_object(std::string_view section,
                                                     std::span<const DeclarationPart> parts);

}  // namespace reg
