#pragma once
// The interface of the plugins here.

#include <reg/plugin/interface.hpp>
#include <string>

namespace demo {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 2, int>;
  virtual ~Codec() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual int level() const = 0;
};

// With what most of them have in common.
struct NamedCodec : Codec {
  NamedCodec(std::string its_name, int its_level) : name_(std::move(its_name)), level_(its_level) {}
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] int level() const override { return level_; }

 private:
  std::string name_;
  int level_;
};

}  // namespace demo
