#pragma once
// Numbers that are compared as versions, and are other versions than was written: 2.10 is 2.1.

#include <predicate/node.h>
#include <registration/catalog.h>
#include <registration/finding.h>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

// In local sources: what others publish has the texts of its versions.
class WrittenNumbers {
 public:
  // Both must outlive it.
  WrittenNumbers(std::span<const Source> sources, const Catalog& catalog);

  // Warns of those in the source's symbols whose fields have no type that keeps their text.
  void look_at(const Source& source, std::vector<Finding>& findings) const;
  // Whether there may be some, told without looking at its symbols.
  bool may_have(const Source& source) const;

 private:
  using Paths = std::set<std::vector<std::string>>;
  // What the parameters of a named predicate stand for, with no parameter in it.
  using Arguments = std::map<std::string, ast::Operand>;

  void add(const std::string& registry, const Predicate& predicate);
  // Looks into a predicate, and into what it calls.
  void look_into(const Predicate& predicate, const RegistryInfo& registry,
                 const Arguments& arguments, std::size_t depth);
  void look_into(const ast::Call& call, const RegistryInfo& registry, std::size_t depth);
  void note_if_field(const ast::Operand& operand, const RegistryInfo& registry);
  bool is_compared(std::string_view registry, const std::vector<std::string>& path) const;

  const Catalog& catalog_;
  std::map<std::string, Paths, std::less<>> compared_;         // paths in info, by registry
  std::set<std::pair<std::string, std::string>> looked_into_;  // calls, by registry
};

}  // namespace reg
