#include <scan/languages.h>
#include <scan/scanner.h>
#include <algorithm>
#include <initializer_list>

namespace reg {
namespace {

std::string_view file_name(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);
}

bool has_suffix_of(std::string_view path, std::initializer_list<std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return path.ends_with(suffix); });
}

bool is_python(std::string_view path) { return has_suffix_of(path, {".py"}); }

bool is_cpp(std::string_view path) {
  return has_suffix_of(path, {".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hh", ".hxx", ".h", ".ipp",
                              ".inl", ".cu", ".cuh"});
}

// Of an installed package: `name-1.0.dist-info/entry_points.txt`.
bool is_entry_points(std::string_view path) {
  if (file_name(path) != "entry_points.txt") return false;
  const std::string_view folder =
      path.substr(0, path.size() - std::string_view("/entry_points.txt").size());
  return has_suffix_of(folder, {".dist-info", ".egg-info"});
}

bool is_xml(std::string_view path) { return has_suffix_of(path, {".xml"}); }

#ifdef REG_PYTHON
constexpr bool has_python = true;
#else
constexpr bool has_python = false;
#endif

constexpr Scanner table[] = {
    {Language::Python, "python", is_python, scan_python, has_python},
    {Language::Cpp, "c++", is_cpp, scan_cpp, true},
    {Language::EntryPoints, "entry points", is_entry_points, scan_entry_points, true},
    {Language::PluginXml, "plugin xml", is_xml, scan_plugin_xml, true},
};

}  // namespace

const Scanner& scanner_of(Language language) {
  return *std::find_if(std::begin(table), std::end(table),
                       [&](const Scanner& each) { return each.language == language; });
}

bool is_code(std::string_view kind) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](const Scanner& each) { return each.name == kind; });
}

std::optional<Language> language_of(std::string_view path) {
  const auto found = std::find_if(std::begin(table), std::end(table),
                                  [&](const Scanner& each) { return each.reads(path); });
  if (found == std::end(table)) return std::nullopt;
  return found->language;
}

}  // namespace reg
