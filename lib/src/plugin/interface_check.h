#pragma once
// Whether a factory makes what is wanted.

#include <reg/loader.h>
#include <string>
#include <string_view>

namespace reg {

struct InterfaceMismatch {
  PluginFailure failure = PluginFailure::OtherInterface;
  std::string reason;  // empty: there is none
};
// Before anything of it is called: both sides are plain data.
InterfaceMismatch compare_interfaces(const plugin::InterfaceInfo& there,
                                     const plugin::InterfaceInfo& here);

// Whether a host of this version can read a row: it has all that the first version has.
bool is_readable(const plugin::Row& row);

// The row of that name that makes the interface; of several the one that is declared where the
// symbol is, then those of its oid, and then registry. Rows with the same functions are one
// factory. Null: `mismatch` says why not.
const plugin::Row* find_row(plugin::Table table, std::string_view name, const Symbol& symbol,
                            const plugin::InterfaceInfo& wanted, InterfaceMismatch& mismatch);

// What stands behind a row: the factory's functions.
const void* functions_behind(const plugin::Row& row);

}  // namespace reg
