#include "codec.h"

#include <reg/plugin.hpp>

namespace demo {

struct Any : NamedCodec {
  explicit Any(int level) : NamedCodec("any", level) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Any, .oid = "image");
