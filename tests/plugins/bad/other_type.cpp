#include <reg/plugin.hpp>

namespace demo {

struct Image {
  using reg_interface = reg::Interface<"Image", 2, int>;
  virtual ~Image() = default;
};
struct Png : Image {
  explicit Png(int) {}
};

}  // namespace demo

REG_SYMBOL(demo::Image, demo::Png);
