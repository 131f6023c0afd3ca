#pragma once
// The names that `--fields`, `--field` and `--sort` accept.

#include <reg/symbol.h>
#include <set>
#include <string>
#include <vector>

namespace reg::app {

// What every symbol has, and the fields of these registries.
std::vector<std::string> column_names(const std::vector<RegistryInfo>& registries);

// The fields that are versions in one of these registries, and nothing else in any.
std::set<std::string> version_columns(const std::vector<RegistryInfo>& registries);

// Throws UsageError, with the nearest name as a hint, if `name` is not among the known ones.
void require_column(const std::string& name, const std::vector<std::string>& known);

}  // namespace reg::app
