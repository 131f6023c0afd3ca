#pragma once
// What `when`s come to: which symbols are left out.

#include <predicate/typing.h>
#include <reg/json.h>
#include <registration/catalog.h>
#include <registration/finding.h>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace reg {

class Conditions {
 public:
  // Both must outlive it.
  Conditions(const Json& facts, const Catalog& catalog) : facts_(facts), catalog_(catalog) {}

  enum class Result : std::uint8_t { Holds, LeftOut, Wrong };
  // Of a symbol that has a `when`. Warnings are given once for each source and text.
  Result of(const Source& source, const SymbolRecord& record, std::vector<Finding>& findings);

 private:
  struct Condition {
    Result result = Result::Holds;
    std::vector<ast::TypeFinding> findings;
  };
  const Condition& known(const std::string& when);
  Condition evaluated(const std::string& when) const;

  const Json& facts_;
  const Catalog& catalog_;
  std::unordered_map<std::string, Condition> known_;
  std::set<std::string> warned_;
};

}  // namespace reg
