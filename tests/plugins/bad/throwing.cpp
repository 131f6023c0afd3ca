#include "codec.h"

#include <exception>
#include <reg/plugin.hpp>

namespace demo {

// Its code is gone with the library.
class NoDevice : public std::exception {
 public:
  const char* what() const noexcept override { return "no device"; }
};

struct Throwing : NamedCodec {
  explicit Throwing(int level) : NamedCodec("throwing", level) { throw NoDevice(); }
};
struct ThrowingInt : NamedCodec {
  explicit ThrowingInt(int level) : NamedCodec("throwing", level) { throw level; }
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Throwing);
REG_SYMBOL(demo::Codec, demo::ThrowingInt);
