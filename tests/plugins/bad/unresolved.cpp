#include "codec.h"

#include <reg/plugin.hpp>

namespace demo {

int nowhere();  // that is where it is defined

struct Png : NamedCodec {
  explicit Png(int level) : NamedCodec("png", level + nowhere()) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png);
