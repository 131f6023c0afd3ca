// What is linked into the tests' program.
#include "linked_in.h"

#include <reg/plugin.hpp>

namespace demo {
namespace {

struct Raw : NamedCodec {
  explicit Raw(int level) : NamedCodec("raw", level) {}
};
struct Fast : NamedCodec {
  explicit Fast(int level) : NamedCodec("fast", level) {}
};
struct Built : NamedCodec {
  explicit Built(int level) : NamedCodec("built", level) {}
};
struct Instead : NamedCodec {
  explicit Instead(int level) : NamedCodec("instead", level) {}
};

}  // namespace

void link_codecs() {}

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Raw, .oid = "image", .select = "ext == 'raw'");
REG_SYMBOL(demo::Codec, demo::Raw, .oid = "raw");
REG_SYMBOL(demo::Codec, demo::Fast, .oid = "raw", .info = {{"speed", 9}},
           .select = "speed < self.speed");
REG_SYMBOL(demo::Codec, demo::Built, .oid = "built", .when = "build == 'release'");
REG_SYMBOL(demo::Codec, demo::Instead, .registry = "Other", .oid = "sound",
           .replaces = "libsound.so:demo::Sound");
