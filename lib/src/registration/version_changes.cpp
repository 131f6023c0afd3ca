#include <predicate/origin.h>
#include <predicate/path_text.h>
#include <registration/version_changes.h>
#include <algorithm>

namespace reg {
namespace {

bool is_version(const Field* field) {
  return field != nullptr && field->type == FieldType::Version;
}

const Fact* declared(const RegistryInfo& registry, const ast::Path& path) {
  if (path.scope != ast::Scope::Context) return nullptr;
  const std::string text = print_path(path.keys);
  const auto found = std::find_if(registry.context.begin(), registry.context.end(),
                                  [&](const Fact& fact) { return fact.path == text; });
  return found == registry.context.end() ? nullptr : &*found;
}

bool is_version(const Fact* fact) { return fact != nullptr && fact->type == FieldType::Version; }

}  // namespace

bool VersionChanges::stays(const ast::Path& path) const {
  if (ast::is_of_origin(path.keys)) return true;
  const Field* there = into_.field(path.keys.front());
  return there != nullptr && is_version(there) == is_version(from_.field(path.keys.front()));
}

bool VersionChanges::loses(const ast::Path& path) const {
  return is_version(declared(from_, path)) && !is_version(declared(into_, path));
}

bool VersionChanges::gains(const ast::Path& path) const {
  const Fact* here = declared(from_, path);
  return here != nullptr && here->type != FieldType::Any && !is_version(here) &&
         is_version(declared(into_, path));
}

bool VersionChanges::change_below(const ast::Path& path) const {
  if (path.scope != ast::Scope::Context) return false;
  const std::string before = print_path(path.keys) + '.';
  auto changes_there = [&](const Fact& fact) {
    return fact.path.starts_with(before) && changes({ast::Scope::Context, parse_path(fact.path)});
  };
  return std::any_of(from_.context.begin(), from_.context.end(), changes_there) ||
         std::any_of(into_.context.begin(), into_.context.end(), changes_there);
}

bool VersionChanges::stays_version(const ast::Path& path) const {
  if (path.scope == ast::Scope::Context)
    return is_version(declared(from_, path)) && is_version(declared(into_, path));
  return path.keys.size() == 1 && stays(path) && is_version(into_.field(path.keys.front()));
}

}  // namespace reg
