#pragma once
/// @file tables.h
/// Lists and text tables of what registries hold.
///
/// Everything here reads only: any number of threads may call it while nobody changes the registry.
/// What is returned is a copy.
///
/// ```cpp
/// reg::Registry models("Model", {.extra_field = {{"is_backbone"}}});
/// models.register_module("nets.ResNet", {{"is_backbone", true}});
/// models.register_module("nets.Head");
/// assert(reg::filter(models, {"is_backbone"}) == std::vector<std::string>{"ResNet"});
/// assert(reg::module_table(models, {.select_info = {"target"}}) ==
///        "Model   target\n"
///        "------  -----------\n"
///        "Head    nets.Head\n"
///        "ResNet  nets.ResNet\n");
/// ```

#include <reg/json.h>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace reg {

class Registry;
class RegistryStore;

/// Whether the values of some fields of one symbol, in the order in which the fields were asked
/// for, pass.
using FilterFunction = std::function<bool(const std::vector<Json>& values)>;

/// The oids, sorted, of which an implementation's values for these fields are all truthy (ExCore:
/// `filter`). @throws InputError if there is no such field.
[[nodiscard]] std::vector<std::string> filter(const Registry& registry,
                                              const std::vector<std::string>& fields);
/// As above, of which the values of an implementation pass. @throws also what `passes` throws.
[[nodiscard]] std::vector<std::string> filter(const Registry& registry,
                                              const std::vector<std::string>& fields,
                                              const FilterFunction& passes);

/// What a table of a registry shows.
struct ModuleTableOptions {
  std::vector<std::string> filter = {};  ///< glob patterns, of which one must fit; empty: all
  /// Columns: fields, or `target` and `registry`, which can be no fields.
  std::vector<std::string> select_info = {};
  std::vector<std::string> module_list = {};  ///< only these oids; empty: all
};

/// A text table with a row for each symbol, sorted by oid, under the registry's name (ExCore:
/// `module_table`). Lines end with a newline; no control character stands in it raw.
/// @throws InputError if there is no such field; ObjectNotFound if `module_list` names an unknown
/// oid.
[[nodiscard]] std::string module_table(const Registry& registry,
                                       const ModuleTableOptions& options = {});
/// Prints every oid and its targets as a text table (ExCore: `print(registry)`).
std::ostream& operator<<(std::ostream& out, const Registry& registry);

/// The names of all registries but private ones, sorted, as a text table (ExCore:
/// `registry_table`).
[[nodiscard]] std::string registry_table(const RegistryStore& store);

}  // namespace reg
