#pragma once
// The interface that the plugins here implement.

#include <reg/plugin/interface.hpp>

namespace demo {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 2, int>;
  Codec() = default;
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;
  virtual ~Codec() = default;
  virtual int level() const = 0;
};

}  // namespace demo
