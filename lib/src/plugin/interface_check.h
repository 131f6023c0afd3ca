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

// The row of that name that makes the interface; of several those of the symbol's oid, and then
// registry. Null: `mismatch` says why not.
const plugin::Row* find_row(plugin::Table table, std::string_view name, const Symbol& symbol,
                            const plugin::InterfaceInfo& wanted, InterfaceMismatch& mismatch);

// What stands behind a row: the factory's functions.
const void* functions_behind(const plugin::Row& row);

}  // namespace reg
