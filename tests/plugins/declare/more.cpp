// The other file of the library: classes and places may be called as in the first one.

#include <reg/plugin.hpp>

#include "codec.h"

namespace {
struct Png : demo::Codec {
  explicit Png(int level) : twice(2 * level) {}
  int level() const override { return twice; }
  int twice;
};
}  // namespace

REG_SYMBOL(demo::Codec, Png, .oid = "twice");
