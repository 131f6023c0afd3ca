#include <resolve/modules.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::string_view suffix = ".py";
constexpr std::string_view package_file = "__init__";

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view last_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string joined_path(std::string_view folder, std::string_view path) {
  if (folder.empty()) return std::string(path);
  if (path.empty()) return std::string(folder);
  std::string out(folder);
  if (out.back() != '/') out += '/';
  return out.append(path);
}

std::string path_of(std::string_view dotted) {
  std::string path(dotted);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

std::string dotted_of(std::string_view path) {
  std::string name(path);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

bool lies_in(std::string_view path, std::string_view folder) {
  return folder.empty() ? !path.starts_with('/')
                        : path.size() > folder.size() && path.starts_with(folder) &&
                              path[folder.size()] == '/';
}

std::string plain_root(std::string_view root) {
  while (root.starts_with("./")) root.remove_prefix(2);
  while (root.size() > 1 && root.ends_with('/')) root.remove_suffix(1);
  return root == "." ? std::string() : std::string(root);
}

std::ptrdiff_t depth(std::string_view path) {
  return path.empty() ? 0 : std::count(path.begin(), path.end(), '/') + 1;
}

// How many folders lie on the way from one folder to the other.
std::ptrdiff_t distance(std::string_view a, std::string_view b) {
  std::string_view shared = a;
  while (!shared.empty() && shared != b && !lies_in(b, shared)) shared = folder_of(shared);
  return depth(a) + depth(b) - 2 * depth(shared);
}

}  // namespace

Modules::Modules(std::span<const CodeFile> files, std::span<const Scan> scans) {
  for (const Scan& scan : scans)
    for (const std::string& root : scan.roots) roots_.push_back(plain_root(root));
  modules_.resize(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string_view path = files[i].path;
    if (files[i].language != Language::Python || !path.ends_with(suffix)) continue;
    path.remove_suffix(suffix.size());
    Module& module = modules_[i];
    module.is_python = true;
    module.is_package = last_of(path) == package_file;
    module.path = module.is_package ? folder_of(path) : path;
    // Of a folder and a file of one name, Python takes the folder.
    const auto [place, is_new] = by_path_.try_emplace(module.path, i);
    if (!is_new && module.is_package) place->second = i;
    by_last_[std::string(last_of(module.path))].push_back(i);
  }
  for (Module& module : modules_)
    if (module.is_python) name_module(module);
}

bool Modules::is_package_folder(std::string_view folder) const {
  const auto found = by_path_.find(folder);
  return found != by_path_.end() && modules_[found->second].is_package;
}

void Modules::name_module(Module& module) const {
  const std::string* given = nullptr;
  for (const std::string& root : roots_)
    if (lies_in(module.path, root) && (given == nullptr || root.size() > given->size()))
      given = &root;
  if (given != nullptr) {
    module.root = *given;
  } else {
    std::string_view folder = folder_of(module.path);
    while (!folder.empty() && is_package_folder(folder)) folder = folder_of(folder);
    module.root = folder;
  }
  std::string_view below = module.path;
  if (!module.root.empty()) below.remove_prefix(module.root.size());
  while (below.starts_with('/')) below.remove_prefix(1);
  module.name = dotted_of(below);
}

std::optional<std::size_t> Modules::at_path(std::string_view path) const {
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::size_t> Modules::find(std::string_view name, std::size_t from) const {
  const Module& importer = modules_[from];
  std::string key = importer.root;
  key += '\n';
  key += name;
  const auto known = found_.find(key);
  if (known != found_.end()) return known->second;
  const std::optional<std::size_t> found = search(name, importer);
  found_.emplace(std::move(key), found);
  return found;
}

std::optional<std::size_t> Modules::search(std::string_view name, const Module& from) const {
  const std::string path = path_of(name);
  if (const auto own = at_path(joined_path(from.root, path))) return own;
  for (const std::string& root : roots_)
    if (const auto found = at_path(joined_path(root, path))) return found;
  if (const auto top = at_path(path)) return top;
  return nearest_fit(path, from);
}

// A folder that is on nobody's search path by itself: `src/pkg/mod.py` for `import pkg.mod`. A
// plain file is not found by its name alone, or `import random` would find any `random.py`; nor is
// anything inside a package by less than its whole name. Of several the nearest is meant; of two as
// near, none.
std::optional<std::size_t> Modules::nearest_fit(const std::string& path, const Module& from) const {
  const auto named = by_last_.find(last_of(path));
  if (named == by_last_.end()) return std::nullopt;
  const bool has_folder = path.find('/') != std::string::npos;
  std::optional<std::size_t> best;
  std::ptrdiff_t least = 0;
  bool is_tie = false;
  for (const std::size_t each : named->second) {
    const Module& module = modules_[each];
    if (!module.path.ends_with(path) || (!has_folder && !module.is_package)) continue;
    std::string_view folder(module.path);
    folder.remove_suffix(path.size());
    if (!folder.ends_with('/')) continue;
    folder.remove_suffix(1);
    if (is_package_folder(folder)) continue;
    const std::ptrdiff_t far = distance(from.root, folder);
    is_tie = best && (far == least || (is_tie && far > least));
    if (best && far >= least) continue;
    best = each;
    least = far;
  }
  return is_tie ? std::nullopt : best;
}

ImportTarget Modules::target(std::string_view module, std::size_t level, std::size_t from) const {
  ImportTarget target;
  if (level == 0) {
    target.name = module;
    target.file = find(module, from);
    return target;
  }
  const Module& importer = modules_[from];
  std::string_view folder = importer.path, name = importer.name;
  const std::size_t up = importer.is_package ? level - 1 : level;
  for (std::size_t i = 0; i < up; ++i) {
    folder = folder_of(folder);
    const std::size_t dot = name.rfind('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
    if (folder.empty()) break;
  }
  target.folder = joined_path(folder, path_of(module));
  target.name = name;
  if (!name.empty() && !module.empty()) target.name += '.';
  target.name += module;
  target.file = at_path(target.folder);
  return target;
}

std::optional<std::size_t> Modules::below(std::size_t package, std::string_view name) const {
  if (!modules_[package].is_package) return std::nullopt;
  return at_path(joined_path(modules_[package].path, name));
}

std::optional<std::size_t> Modules::below(const ImportTarget& target, std::string_view name,
                                          std::size_t from) const {
  if (!target.folder.empty()) return at_path(joined_path(target.folder, name));
  return find(target.name.empty() ? std::string(name) : target.name + '.' + std::string(name),
              from);
}

std::vector<std::string> Modules::names() const {
  std::vector<std::string> names;
  for (const Module& module : modules_)
    if (module.is_python) names.push_back(module.name);
  return names;
}

}  // namespace reg
