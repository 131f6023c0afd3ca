// Built from an interface whose factories take something else.
#include <reg/plugin.hpp>

namespace demo {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 2, int, int>;
  virtual ~Codec() = default;
};
struct Png : Codec {
  Png(int, int) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png);
