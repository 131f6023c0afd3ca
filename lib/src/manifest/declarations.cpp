#include <manifest/declarations.h>
#include <algorithm>

namespace reg {

bool Declarations::failed() const {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

}  // namespace reg
