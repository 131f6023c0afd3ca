#pragma once
// Adds facts of any type to what a registry declares: what others read, and what is given here
// under their names stays no error.

#include <reg/symbol.h>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class FactsOfAnyType {
 public:
  // `context` outlives it.
  explicit FactsOfAnyType(std::vector<Fact>& context);

  // The fact of that path; null: none is declared.
  const Fact* find(const std::string& path) const;
  // Whether it is declared, or what it lies in is.
  bool covers(const std::string& path) const;
  // Adds one that is not declared, and what it lies in: else it would be an error to give anything
  // but an object there. That stays one where facts lie in it that were declared before.
  void add(const std::string& path, const std::string& doc = {});

 private:
  std::vector<Fact>& context_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::set<std::string, std::less<>> around_;  // what the facts that were declared before lie in
};

}  // namespace reg
