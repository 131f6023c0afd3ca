#pragma once
#include <algorithm>
#include <reg/plugin.hpp>

namespace {

struct Codec {
  using reg_interface = reg::Interface<"Picture">;
  virtual ~Codec() = default;
  virtual int level() const = 0;
};
struct Png : Codec {
  int level() const override { return 1; }
};

REG_SYMBOL(Codec, Png, .oid = "image", .info = {{"ext", "png"}}, .select = "ext == self.ext");

struct Given {};

}  // namespace
