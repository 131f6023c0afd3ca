#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <plugin/dynamic_section.h>
#include <plugin/library.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <workspace/descriptor.h>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <sstream>

namespace reg {
namespace fs = std::filesystem;
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
void take_table(void* handle, OpenLibrary& library) {
  void* const found = ::dlsym(handle, plugin::table_function);
  Dl_info info{};
  void* owner = nullptr;
  if (found == nullptr || ::dladdr1(found, &info, &owner, RTLD_DL_LINKMAP) == 0 ||
      owner != map_of(handle))
    return;
  library.has_table = true;
  library.table = reinterpret_cast<plugin::Table (*)()>(found)();
}

OpenLibrary opened(void* handle) {
  OpenLibrary library;
  library.keep = std::shared_ptr<const void>(
      handle, [](const void* each) { ::dlclose(const_cast<void*>(each)); });
  take_table(handle, library);
  const link_map* map = map_of(handle);
  if (map != nullptr && map->l_name != nullptr) library.file = map->l_name;
  return library;
}

OpenLibrary refused(std::string problem, bool is_passing = false) {
  OpenLibrary library;
  library.problem = std::move(problem);
  library.is_passing = is_passing;
  return library;
}

bool is_want(int error) { return error == EMFILE || error == ENFILE || error == ENOMEM; }

// Of descriptors, as opening it now shows.
bool is_wanting(const fs::path& file) {
  if (file.empty()) return false;
  const Descriptor tried(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  return !tried.is_open() && is_want(errno);
}

// What is mapped at an address.
struct Mapped {
  dev_t device = 0;
  std::uint64_t inode = 0;
  std::string path;
};

Mapped mapped_at(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    std::istringstream parts(line);
    std::uintptr_t begin = 0, end = 0;
    unsigned high = 0, low = 0;
    std::string rights, offset;
    char between = 0;
    Mapped mapped;
    parts >> std::hex >> begin >> between >> end >> rights >> offset >> high >> between >> low;
    if (wanted < begin || wanted >= end) continue;
    parts >> std::dec >> mapped.inode >> std::ws;
    std::getline(parts, mapped.path);
    mapped.device = makedev(high, low);
    return mapped;
  }
  return {};
}

}  // namespace

OpenLibrary open_library(const fs::path& name, const fs::path& file, Unload unload) {
  const int flags = mode | (unload == Unload::Never ? RTLD_NODELETE : 0);
  if (void* loaded = ::dlopen(name.c_str(), flags | RTLD_NOLOAD)) return opened(loaded);
  (void)::dlerror();
  const auto section = file.is_absolute() ? read_dynamic_section(file) : std::nullopt;
  if (section && section->missing != 0)
    return refused("it is truncated: " + std::to_string(section->missing) + " bytes are missing");
  errno = 0;
  void* handle = ::dlopen(name.c_str(), flags);
  if (handle != nullptr) return opened(handle);
  const bool is_passing = is_want(errno) || is_wanting(file);
  return refused(linker_words(), is_passing);
}

OpenLibrary open_program() {
  void* handle = ::dlopen(nullptr, mode);
  return handle == nullptr ? refused(linker_words()) : opened(handle);
}

// A file system of layers may give a mapping another device than its file has.
bool is_outdated(const OpenLibrary& library) {
  struct stat now {};
  const link_map* map = map_of(const_cast<void*>(library.keep.get()));
  if (map == nullptr || ::stat(library.file.c_str(), &now) != 0) return false;
  const Mapped mapped = mapped_at(map->l_ld);
  if (mapped.path.ends_with(" (deleted)")) return true;
  return mapped.device == now.st_dev && mapped.inode != now.st_ino;
}

}  // namespace reg
