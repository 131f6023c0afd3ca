#include "codec.h"

#include <reg/plugin.hpp>

namespace demo {

struct Png : NamedCodec {
  explicit Png(int level) : NamedCodec("png", level) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png, .oid = "image", .select = "ext == 'png'");
