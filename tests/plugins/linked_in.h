#pragma once

#include "codec.h"

namespace demo {

// Has the linker take what is declared beside it.
void link_codecs();

}  // namespace demo
