#pragma once
// What is compared as a version in one of two registries, and not in the other.

#include <predicate/node.h>
#include <reg/symbol.h>

namespace reg {

// Of a predicate that comes from one registry into another. Both must outlive it.
class VersionChanges {
 public:
  VersionChanges(const RegistryInfo& from, const RegistryInfo& into) : from_(from), into_(into) {}

  // Of a field: whether it can be read there, and is compared as it was.
  bool stays(const ast::Path& path) const;
  // A fact that is compared as a version only where the predicate comes from.
  bool loses(const ast::Path& path) const;
  // One that is compared as a version only there, and is declared otherwise where the predicate
  // comes from. What is open there takes this type, as it would from another declaration.
  bool gains(const ast::Path& path) const;
  bool changes(const ast::Path& path) const { return loses(path) || gains(path); }
  // Whether that happens to a fact that lies below a path.
  bool change_below(const ast::Path& path) const;
  // A fact or field that is a version in both, and so makes one of what it is compared with.
  bool stays_version(const ast::Path& path) const;

 private:
  const RegistryInfo& from_;
  const RegistryInfo& into_;
};

}  // namespace reg
