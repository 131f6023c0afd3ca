#pragma once
// Checks of symbols against what all sources declare (DESIGN §4).

#include <predicate/typing.h>
#include <registration/catalog.h>
#include <registration/finding.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace reg {

// What came of a check.
struct Verdict {
  // It can be registered. If it cannot, and there is no error among the findings, that is because
  // of something that has been reported elsewhere.
  bool in_order = true;
  std::vector<Finding> findings;
};

class SymbolChecks {
 public:
  // Both must outlive it. `before`: what symbols that are `Checked::Before` were checked against.
  SymbolChecks(const Catalog& catalog, const Catalog& before)
      : catalog_(catalog), before_(before) {}

  // Whether there is nothing to be found in any symbol of the source, told from what sums them up.
  bool pass(const Source& source);
  // One symbol: its info and its `select`. What would be said of many symbols of one source in the
  // same words, and is no error of theirs alone, is said of the first.
  Verdict of(const Source& source, const SymbolRecord& record);

 private:
  // Whether it was in order, and what its symbols were checked against is the same now.
  bool unchanged(const Source& source) const;
  bool infos_fit(const Source& source) const;
  bool predicates_fit(const Source& source);
  bool is_clean(const RegistryInfo& registry, const std::string& atom);
  void check_select(const Source& source, const SymbolRecord& record, std::string_view select,
                    const RegistryInfo& registry, Verdict& verdict);
  const std::vector<ast::TypeFinding>& findings_in(const RegistryInfo& registry,
                                                   const std::string& select);
  bool is_first(const Source& source, const RegistryInfo& registry, const std::string& message);

  const Catalog& catalog_;
  const Catalog& before_;
  // Whether nothing is to be said of an atom (predicate/atoms.h), by registry.
  std::map<std::string, std::unordered_map<std::string, bool>, std::less<>> clean_;
  std::unordered_map<std::string, std::vector<ast::TypeFinding>> known_;  // of whole predicates
  std::set<std::string> said_;
};

// What types say of a predicate that scores symbols of the registry.
std::vector<ast::TypeFinding> check_against(const Predicate& predicate,
                                            const RegistryInfo& registry,
                                            const PredicateSet& named);

// What is found in a predicate, of that text, which stands behind the keys of a declaration.
Finding finding_in_predicate(Place place, const ast::TypeFinding& found, std::string_view text,
                             DeclarationPart predicate);

}  // namespace reg
