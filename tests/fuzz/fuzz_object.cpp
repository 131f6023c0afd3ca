// Object files: whatever the bytes, declarations or an error, the same ones each time; and whatever
// stands in the section. The first byte says which of both the rest is.

#include <object/object_declarations.h>
#include <reg/error.h>
#include <sys/mman.h>
#include <unistd.h>
#include <workspace/descriptor.h>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

reg::Descriptor opened(std::string_view bytes) {
  reg::Descriptor file(::memfd_create("object", MFD_CLOEXEC));
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
    std::abort();
  return file;
}

void read_declarations(std::string_view section) {
  const reg::Declarations first = reg::read_object(section, "lib/libx.so"),
                          second = reg::read_object(section, "lib/libx.so");
  if (first.symbols.size() != second.symbols.size() || first.diagnostics != second.diagnostics)
    std::abort();
  for (const reg::SymbolRecord& record : first.symbols) {
    if (!record.target.starts_with("libx.so:") || record.at.line != 0) std::abort();
  }
  const std::vector<reg::DeclarationPart> parts = {{{0, 1}, {"select"}}};
  (void)reg::locate_in_object(section, parts);
}

void read_file(std::string_view bytes) {
  const reg::Descriptor file = opened(bytes);
  try {
    const std::string section = reg::read_object_manifest(file.get(), "libx.so");
    if (section.size() > bytes.size() * bytes.size()) std::abort();
    read_declarations(section);
  } catch (const reg::InputError&) {
  }
  try {
    (void)reg::read_object_exports(file.get());
  } catch (const reg::InputError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  if (bytes.front() == 's') {
    read_declarations(bytes.substr(1));
  } else {
    read_file(bytes.substr(1));
  }
  return 0;
}
