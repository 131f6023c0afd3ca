#pragma once
// What registration finds out about a source.

#include <manifest/locate.h>
#include <reg/error.h>
#include <optional>

namespace reg {

struct Finding {
  Diagnostic diagnostic;                     // its place is that of a declaration
  std::optional<DeclarationPart> part = {};  // of what is declared there, where it can be told
};

}  // namespace reg
