#pragma once
// Which Python modules there are, by what names they are known, and where a name in an `import`
// leads.

#include <resolve/resolve.h>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace reg {

// Where an import leads. Without a file it is either in none of the files or a folder that is no
// more than a part of names (a namespace package).
struct ImportTarget {
  std::optional<std::size_t> file;
  std::string name;    // dotted, absolute as far as that is known
  std::string folder;  // of a relative import: the path without `.py`
};

class Modules {
 public:
  Modules(std::span<const CodeFile> files, std::span<const Scan> scans);

  const std::string& name(std::size_t file) const { return modules_[file].name; }
  // Whether it is an `__init__.py`.
  bool is_package(std::size_t file) const { return modules_[file].is_package; }
  // The module of a dotted name, as `from` sees it.
  std::optional<std::size_t> find(std::string_view name, std::size_t from) const;
  // What stands in `from LEVEL·module import`, or `import module` (level 0).
  ImportTarget target(std::string_view module, std::size_t level, std::size_t from) const;
  // A module that lies below another one, or below a folder that an import leads to.
  std::optional<std::size_t> below(std::size_t package, std::string_view name) const;
  std::optional<std::size_t> below(const ImportTarget& target, std::string_view name,
                                   std::size_t from) const;
  // The names of all modules, for messages.
  std::vector<std::string> names() const;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <typename Value>
  using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

  struct Module {
    bool is_python = false, is_package = false;
    std::string path;  // without `.py` and `/__init__.py`
    std::string root;  // the folder that its name begins in
    std::string name;
  };

  void name_module(Module& module) const;
  bool is_package_folder(std::string_view folder) const;
  std::optional<std::size_t> at_path(std::string_view path) const;
  std::optional<std::size_t> search(std::string_view name, const Module& from) const;
  std::optional<std::size_t> nearest_fit(const std::string& path, const Module& from) const;

  std::vector<std::string> roots_;
  std::vector<Module> modules_;  // by file
  ByText<std::size_t> by_path_;
  ByText<std::vector<std::size_t>> by_last_;          // by the last part of the path
  mutable ByText<std::optional<std::size_t>> found_;  // by root and name
};

}  // namespace reg
