#include "codec.h"

#include <reg/plugin.hpp>

namespace demo {
namespace {

struct Twin : NamedCodec {
  explicit Twin(int level) : NamedCodec("twin_one", level) {}
};

}  // namespace
}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Twin, .oid = "twin");
