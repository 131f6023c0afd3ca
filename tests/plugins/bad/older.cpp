// Built when the interface was of version 1.
#include <reg/plugin.hpp>

namespace demo {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 1, int>;
  virtual ~Codec() = default;
};
struct Png : Codec {
  explicit Png(int) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png);
