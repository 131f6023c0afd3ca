#pragma once
// What other origins publish (DESIGN §14) beside what is declared here. A registry belongs to who
// declares it or has symbols in it: all local sources as one, then the first of the origins that
// declares its facts, else the first that declares fields, else the first that has symbols in it.
// Nothing that another says changes how the symbols of those before it are read, and nothing of it
// is an error.

#include <registration/catalog.h>
#include <registration/finding.h>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Adds to `catalogs.all`, which is what is declared here, what other origins declare. A registry
// that is nobody's here is declared by its first origin. To one that is somebody's others add
//   - its `doc`, where it has none;
//   - fields that it has not, with their types: the symbols of others have no values in them;
//   - where it declares its facts, facts that it has not, of any type: a type would make it an
//     error to give another value, for all symbols. Where it declares none, no facts: else all
//     others would be unknown.
// What is declared with another type is left out with a warning.
void join_origins(std::span<const Source> sources, Catalogs& catalogs,
                  std::vector<Finding>& findings);

// A registry without what others added to it (`RegistryInfo::added`): what the workspace itself
// says of it, and publishes.
RegistryInfo declared_here(RegistryInfo info);

// What one source declares, by registry; a view.
class DeclaredThere {
 public:
  explicit DeclaredThere(const Declarations& declarations);

  std::span<const RegistryDeclaration* const> all(std::string_view registry) const;
  // All of it, the first first.
  RegistryInfo registry(std::string_view name) const;

 private:
  std::map<std::string_view, std::vector<const RegistryDeclaration*>, std::less<>> by_registry_;
};

// What is said of what origins publish: what is wrong in the same way is said once, with a count.
class OriginFindings {
 public:
  // `what` of it is left out, and why.
  void add(const Source& source, const std::string& kind, Position at, const std::string& what,
           const std::string& why, std::string hint = {});
  // The same for one of its symbols.
  void add(const Source& source, const std::string& kind, const SymbolRecord& record,
           const std::string& why, std::string hint = {});
  // Whether something of that kind is said already, so that one more only counts.
  bool counts(const Source& source, const std::string& kind);
  // All of them, of one source after the other.
  std::vector<Finding> take();

 private:
  struct Said {
    Diagnostic first;
    std::size_t more = 0;
  };
  struct OfSource {
    std::vector<Said> said;
    std::map<std::string, std::size_t> by_kind;
    const std::string& name_of(const std::string& kind) const;  // in `by_kind`
  };
  OfSource& of(const Source& source);

  std::map<std::string, OfSource, std::less<>> by_path_;
};

}  // namespace reg
