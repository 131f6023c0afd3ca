#pragma once
// The interface of the libraries that make_plugins.py makes.

#include <reg/plugin/interface.hpp>

namespace bench {

struct Worker {
  using reg_interface = reg::Interface<"Bench", 1>;
  virtual ~Worker() = default;
  [[nodiscard]] virtual int work(int value) const = 0;
};

}  // namespace bench
