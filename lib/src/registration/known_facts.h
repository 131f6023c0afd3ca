#pragma once
// The facts that a registry knows, because it declares them or its predicates read them.

#include <reg/json.h>
#include <reg/symbol.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class KnownFacts {
 public:
  // It must outlive this.
  explicit KnownFacts(const RegistryInfo& registry) : registry_(registry) {}

  const std::string& registry() const { return registry_.name; }
  // Whether it declares its facts, so that there are no others.
  bool are_declared() const { return !registry_.context.empty(); }
  // The declared type of a fact; `Any` if it is not declared.
  FieldType type_of(std::string_view path) const;
  bool knows(std::string_view path) const;
  // Whether it declares facts in an object at that path.
  bool knows_below(std::string_view path) const;
  // The paths of what it does not know of a value that stands at these names.
  std::vector<std::string> unknown(std::vector<std::string> names, const Json& value) const;
  // The paths that it knows.
  std::vector<std::string> paths() const;
  // What may have been meant by a path that it does not know: the nearest, or all there are.
  std::string hint(const std::string& path) const;

 private:
  void collect_unknown(std::vector<std::string>& names, const Json& value,
                       std::vector<std::string>& found) const;

  const RegistryInfo& registry_;
};

// `did you mean …`, for a path that is near one of these, by the whole of it or its first name.
std::string near_path(const std::string& path, const std::vector<std::string>& paths);

}  // namespace reg
