#pragma once
// What a fact is compared with.

#include <reg/cache.h>
#include <reg/json.h>
#include <string>
#include <vector>

namespace reg::app {

// A value, and the type that it has to be read as: `Version` for a version literal.
struct ComparedValue {
  Json value;
  FieldType type = FieldType::Any;
  friend bool operator==(const ComparedValue&, const ComparedValue&) = default;
};

// The values that the predicates of these registries compare a fact with, each once: of one oid's
// implementations, or, where that is empty, of as many as a person waits for. Literals, fields of
// the candidates, and the arguments of named predicates. It may miss some.
std::vector<ComparedValue> compared_values(const Cache& cache,
                                           const std::vector<RegistryInfo>& registries,
                                           const std::string& oid, const std::string& path);

}  // namespace reg::app
