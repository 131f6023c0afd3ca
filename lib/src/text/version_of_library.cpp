#include <reg/version.h>

namespace reg {

const char* version() noexcept { return REG_VERSION; }

}  // namespace reg
