#include <dlfcn.h>
#include <link.h>
#include <plugin/dependencies.h>
#include <plugin/dynamic_section.h>
#include <reg/error.h>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <set>
#include <string_view>

namespace reg {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_libraries = 256;
constexpr const char* ldconfig_cache = "/etc/ld.so.cache";

// Where the dynamic linker looks for what the program itself needs: its own folders,
// LD_LIBRARY_PATH, the system's.
std::vector<fs::path> folders_of_program() {
  std::vector<fs::path> folders;
  void* program = ::dlopen(nullptr, RTLD_LAZY);
  if (program == nullptr) return folders;
  Dl_serinfo size{};
  if (::dlinfo(program, RTLD_DI_SERINFOSIZE, &size) == 0) {
    const std::size_t units = size.dls_size / sizeof(std::max_align_t) + 1;
    const auto room = std::make_unique<std::max_align_t[]>(units);
    auto* info = reinterpret_cast<Dl_serinfo*>(room.get());
    ::dlinfo(program, RTLD_DI_SERINFOSIZE, info);
    if (::dlinfo(program, RTLD_DI_SERINFO, info) == 0) {
      const Dl_serpath* paths = info->dls_serpath;
      for (unsigned at = 0; at < info->dls_cnt; ++at) folders.emplace_back(paths[at].dls_name);
    }
  }
  ::dlclose(program);
  return folders;
}

void replace_all(std::string& text, std::string_view what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at))
    text.replace(at, what.size(), by), at += by.size();
}

// The folders of a list with `:`, in which $ORIGIN is the folder of the library.
std::vector<fs::path> folders_in(std::string list, const fs::path& library) {
  replace_all(list, "${ORIGIN}", "$ORIGIN");
  replace_all(list, "$ORIGIN", library.parent_path().string());
  std::vector<fs::path> folders;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(':', begin), list.size());
    if (end > begin) folders.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return folders;
}

std::string ldconfig_text() try {
  return read_file(ldconfig_cache).text;
} catch (const StorageError&) {
  return {};
}

// The paths of that name in the strings of `ldconfig`'s file.
std::vector<fs::path> noted_paths(const std::string& noted, const std::string& name) {
  std::vector<fs::path> paths;
  const std::string end = '/' + name + '\0';
  for (std::size_t at = noted.find(end); at != std::string::npos; at = noted.find(end, at + 1)) {
    const std::size_t before = noted.rfind('\0', at);
    if (before != std::string::npos)
      paths.emplace_back(noted.substr(before + 1, at + name.size() - before));
  }
  return paths;
}

class DependencyStamps {
 public:
  std::vector<StampedFile> of(const fs::path& library) {
    add(library);
    add(ldconfig_cache);
    for (std::size_t at = 0; at < open_.size() && at < most_libraries; ++at) {
      const fs::path file = open_[at];  // a copy: looking into it appends to the list
      look_into(file);
    }
    return std::move(stamps_);
  }

  std::vector<StampedFile> of_places(const std::vector<fs::path>& places, const std::string& name) {
    add(ldconfig_cache);
    for (const fs::path& place : places) add(place);
    if (name.empty()) return std::move(stamps_);
    for (const fs::path& folder : program_) add(folder / name);
    add_noted(name);
    return std::move(stamps_);
  }

 private:
  // Whether it is there.
  bool add(const fs::path& file) {
    if (!seen_.insert(file.string()).second) return false;
    stamps_.push_back(stamped(file));
    if (stamps_.back().stamp.inode == 0) return false;
    if (file != ldconfig_cache) open_.push_back(file);
    return true;
  }

  void look_into(const fs::path& library) {
    const auto section = read_dynamic_section(library);
    if (!section) return;
    std::vector<fs::path> folders =
        folders_in(section->runpath.empty() ? section->rpath : section->runpath, library);
    folders.insert(folders.end(), program_.begin(), program_.end());
    for (const std::string& name : section->needed) {
      if (name.find('/') != std::string::npos) {
        add(name);
        continue;
      }
      for (const fs::path& folder : folders) add(folder / name);
      add_noted(name);
    }
  }

  void add_noted(const std::string& name) {
    for (const fs::path& path : noted_paths(noted_, name)) add(path);
  }

  const std::vector<fs::path> program_ = folders_of_program();
  const std::string noted_ = ldconfig_text();
  std::set<std::string> seen_;
  std::vector<fs::path> open_;
  std::vector<StampedFile> stamps_;
};

}  // namespace

fs::path seek_as_linker(const std::string& name) {
  std::vector<fs::path> places;
  for (const fs::path& folder : folders_of_program()) places.push_back(folder / name);
  for (fs::path& noted : noted_paths(ldconfig_text(), name)) places.push_back(std::move(noted));
  std::error_code error;
  for (fs::path& place : places)
    if (fs::is_regular_file(place, error)) return std::move(place);
  return {};
}

std::vector<StampedFile> stamp_dependencies(const fs::path& library) {
  return DependencyStamps().of(library);
}

std::vector<StampedFile> stamp_places(const std::vector<fs::path>& places,
                                      const std::string& name) {
  return DependencyStamps().of_places(places, name);
}

}  // namespace reg
