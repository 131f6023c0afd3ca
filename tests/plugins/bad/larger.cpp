// Built from an interface to which something was added, and the version left as it was.
#include <reg/plugin.hpp>

namespace demo {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 2, int>;
  virtual ~Codec() = default;
  double added = 0;
};
struct Png : Codec {
  explicit Png(int) {}
};

}  // namespace demo

REG_SYMBOL(demo::Codec, demo::Png);
