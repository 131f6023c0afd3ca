#pragma once
// Checks of the names that manifests bring; each reports what is wrong.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <string_view>

namespace reg {

// The name of a registry that a source may use: neither malformed nor private.
bool check_registry_name(Problems& problems, const Element& at, std::string_view name,
                         Position place);
// The strings `value` (a string) as the name of a registry, as an oid, and as a target.
bool check_registry_name(Problems& problems, const Element& value);
bool check_oid(Problems& problems, const Element& value);
bool check_target(Problems& problems, const Element& value);
// The same of why something is pinned.
bool check_pin_reason(Problems& problems, const Element& value);

}  // namespace reg
