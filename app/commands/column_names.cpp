#include "column_names.h"

#include "../render/symbol_writer.h"
#include "../render/text.h"

#include <text/names.h>
#include <algorithm>

namespace reg::app {

std::vector<std::string> column_names(const std::vector<RegistryInfo>& registries) {
  std::vector<std::string> names = symbol_columns();
  for (const RegistryInfo& registry : registries) {
    for (const Field& field : registry.fields) names.push_back(field.name);
  }
  return names;
}

std::set<std::string> version_columns(const std::vector<RegistryInfo>& registries) {
  std::set<std::string> versions, others;
  for (const RegistryInfo& registry : registries) {
    for (const Field& field : registry.fields)
      (field.type == FieldType::Version ? versions : others).insert(field.name);
  }
  for (const std::string& name : others) versions.erase(name);
  return versions;
}

void require_column(const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  const std::string near = did_you_mean(name, known);
  throw UsageError("there is no field \"" + name + '"',
                   near.empty() ? "there are " + joined(known) : near);
}

}  // namespace reg::app
