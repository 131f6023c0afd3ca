#include <extract/extractor.h>
#include <fcntl.h>
#include <object/object_declarations.h>
#include <reg/workspace.h>
#include <scan/scanner.h>
#include <workspace/descriptor.h>
#include <workspace/source_content.h>

namespace reg {
namespace {

// Not much is read of it, so that nobody has to wait until its times can be noted.
FileContent read_object_file(const std::filesystem::path& file, Reads reads) {
  return read_part(file, [&](int descriptor) {
    return reads == Reads::ObjectExports ? read_object_exports(descriptor)
                                         : read_object_manifest(descriptor, file.native());
  });
}

}  // namespace

Reads reads_of(std::string_view path) {
  if (const Extractor* extractor = extractor_for(path))
    return extractor == &object_extractor() ? Reads::ObjectManifest : Reads::Whole;
  const bool is_text = path == Workspace::config_name || language_of(path).has_value();
  return is_text ? Reads::Whole : Reads::ObjectManifest;
}

FileContent read_content(const std::filesystem::path& file, Reads reads) {
  return reads == Reads::Whole ? read_file(file) : read_object_file(file, reads);
}

FileContent read_settled_content(const std::filesystem::path& file, Reads reads) {
  return reads == Reads::Whole ? read_settled_file(file) : read_object_file(file, reads);
}

bool is_elf_file(const std::filesystem::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  return opened.is_open() && is_elf(opened.get());
}

}  // namespace reg
