#include <extract/extractor.h>
#include <fcntl.h>
#include <object/object_declarations.h>
#include <reg/workspace.h>
#include <scan/scanner.h>
#include <sys/stat.h>
#include <text/hash.h>
#include <workspace/descriptor.h>
#include <workspace/source_content.h>
#include <cerrno>

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

std::uint64_t hash_of_problem(const RegistryError& error) { return hash_of(error.what()); }

ProgramLook look_for_program(const std::filesystem::path& file) {
  using Kind = ProgramLook::Kind;
  struct stat status {};
  // What vanished, or is a link to nothing, is for others to tell.
  if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {Kind::Other};
  if (status.st_size == 0) return {(status.st_mode & S_IXUSR) != 0 ? Kind::Program : Kind::Other};
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!opened.is_open()) return {Kind::Unreadable, {errno, std::generic_category()}};
  return {begins_as_elf(opened.get()) ? Kind::Program : Kind::Other};
}

}  // namespace reg
