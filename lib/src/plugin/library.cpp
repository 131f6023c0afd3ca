#include <dlfcn.h>
#include <link.h>
#include <plugin/dynamic_section.h>
#include <plugin/library.h>

namespace reg {
namespace {

constexpr int mode = RTLD_NOW | RTLD_LOCAL;

// For this thread's last call only.
std::string linker_words() {
  const char* words = ::dlerror();
  return words == nullptr ? "the dynamic linker does not say why" : words;
}

const link_map* map_of(void* handle) {
  link_map* map = nullptr;
  return ::dlinfo(handle, RTLD_DI_LINKMAP, static_cast<void*>(&map)) == 0 ? map : nullptr;
}

// The library's own: looking for a name goes on in what it needs, where it has none.
plugin::Table table_of(void* handle) {
  void* const found = ::dlsym(handle, plugin::table_function);
  Dl_info info{};
  void* owner = nullptr;
  if (found == nullptr || ::dladdr1(found, &info, &owner, RTLD_DL_LINKMAP) == 0 ||
      owner != map_of(handle))
    return {};
  return reinterpret_cast<plugin::Table (*)()>(found)();
}

OpenLibrary opened(void* handle) {
  OpenLibrary library;
  library.keep = std::shared_ptr<const void>(
      handle, [](const void* each) { ::dlclose(const_cast<void*>(each)); });
  library.table = table_of(handle);
  const link_map* map = map_of(handle);
  if (map != nullptr && map->l_name != nullptr) library.file = map->l_name;
  return library;
}

OpenLibrary refused(std::string problem) {
  OpenLibrary library;
  library.problem = std::move(problem);
  return library;
}

}  // namespace

OpenLibrary open_library(const std::filesystem::path& file) {
  if (void* loaded = ::dlopen(file.c_str(), mode | RTLD_NOLOAD)) return opened(loaded);
  (void)::dlerror();
  const auto section = read_dynamic_section(file);
  if (section && section->missing != 0)
    return refused("it is truncated: " + std::to_string(section->missing) + " bytes are missing");
  void* handle = ::dlopen(file.c_str(), mode);
  return handle == nullptr ? refused(linker_words()) : opened(handle);
}

OpenLibrary open_program() {
  void* handle = ::dlopen(nullptr, mode);
  return handle == nullptr ? refused(linker_words()) : opened(handle);
}

}  // namespace reg
