#pragma once
// The lines of a cache that are not symbols: the workspace, predicates, registries and oids;
// without comma and newline.

#include <reg/json.h>
#include <reg/lint_rules.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct WorkspaceText {
  std::string name;
  Json context = Json::object();
  Json defines = Json::object();
  Json facts = Json::object();
  std::vector<std::string> library_path = {};
  LintSettings lint = {};
  bool load_remote = false;
};

std::string workspace_line(const WorkspaceText& workspace);
std::string predicate_line(std::string_view name, const PredicateDefinition& definition);
std::string registry_line(const RegistryInfo& info);
// `oid` and `registries` are escaped text.
std::string oid_line(std::string_view oid, const std::vector<std::string_view>& registries);
void append_oid_line(std::string& out, std::string_view oid,
                     const std::vector<std::string_view>& registries);

// The readers of the values behind the keys. nullopt: not such a value.
// `definition_from` throws PredicateError if the expression does not parse.
std::optional<WorkspaceText> workspace_from(const Json& value);
std::optional<PredicateDefinition> definition_from(const Json& value);
std::optional<RegistryInfo> registry_from(std::string_view name, const Json& value);
std::optional<std::vector<std::string>> oid_registries_from(const Json& value);

}  // namespace reg
