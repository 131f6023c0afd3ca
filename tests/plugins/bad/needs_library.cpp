#include "codec.h"

#include <reg/plugin.hpp>

extern "C" int gone();

namespace demo {

struct Png : NamedCodec {
  explicit Png(int level) : NamedCodec("png", level + gone()) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png);
