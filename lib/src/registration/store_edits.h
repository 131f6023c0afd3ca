#pragma once
// The steps of registration that change what others registered: force and clear, merge, replaces,
// unregister.

#include <registration/linker.h>
#include <span>

namespace reg {

// Carries them out over the whole store. `linked.symbols` is sorted before and after; what goes is
// in `linked.dropped` afterwards (copies that a merge made are not: they are made again each time).
// `replaces`, `unregister` that find nothing are warnings; a merge of an unknown registry is an
// error.
void edit_store(std::span<const Source> sources, Linked& linked);

}  // namespace reg
