#pragma once
// Checks of symbols that other origins publish. They were in order where they come from, with what
// was declared there; here they have to be so, and to mean the same, with what is declared here.

#include <registration/checks.h>
#include <registration/origins.h>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace reg {

class RemoteChecks {
 public:
  // All must outlive it. `before`: what symbols that are `Checked::Before` were checked against.
  RemoteChecks(const Catalogs::Views& views, const Catalogs::Views& before,
               OriginFindings& findings)
      : views_(views), before_(before), findings_(findings) {}

  // Whether all symbols of the source are in order, told without looking at each.
  bool pass(const Source& source);
  // One symbol. Its info has, beside its own values, the origin's name and facts.
  bool of(const Source& source, const SymbolRecord& record);

 private:
  // A registry as the source declares it.
  struct Own {
    RegistryInfo info;
    bool agrees = false;                                    // with its view
    std::unordered_map<std::string, std::string> problems;  // by predicate; empty: none
  };

  Own& own_of(const Source& source, std::string_view registry);
  bool info_fits(const Source& source, const SymbolRecord& record, std::string_view text,
                 const RegistryInfo& registry, const RegistryInfo& own);
  std::string problem_of(const std::string& select, const RegistryInfo& registry,
                         const RegistryInfo& own) const;
  static const Catalog& view_of(const Source& source, const Catalogs::Views& views);

  const Catalogs::Views& views_;
  const Catalogs::Views& before_;
  OriginFindings& findings_;
  const Declarations* source_ = nullptr;  // whose `own_` are
  std::optional<DeclaredThere> there_;
  std::map<std::string, Own, std::less<>> own_;
};

}  // namespace reg
