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
#include <vector>

namespace reg {

class WrittenNumbers {
 public:
  // Both must outlive it.
  WrittenNumbers(std::span<const Source> sources, const Catalog& catalog);

  // Warns of those in the source's symbols whose fields have no type that keeps their text.
  void look_at(const Source& source, std::vector<Finding>& findings) const;
  // Whether there may be some, told without looking at its symbols.
  bool may_have(const Source& source) const;

 private:
  using Names = std::set<std::string, std::less<>>;
  void add(const std::string& registry, const Predicate& predicate);
  // Looks into a predicate, and into what it calls with fields. `arguments`: the fields that its
  // parameters stand for.
  void look_into(const Predicate& predicate, const RegistryInfo& registry,
                 const std::map<std::string, std::string>& arguments, std::size_t depth);
  void look_into(const ast::Call& call, const RegistryInfo& registry,
                 const std::map<std::string, std::string>& arguments, std::size_t depth);
  bool is_compared(std::string_view registry, const std::string& field) const;

  const Catalog& catalog_;
  std::map<std::string, Names, std::less<>> compared_;  // fields, by registry
};

}  // namespace reg
