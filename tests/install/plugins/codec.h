#pragma once

#include <reg/plugin.hpp>

struct Codec {
  using reg_interface = reg::Interface<"Codec">;
  virtual ~Codec() = default;
};

// Declares a codec that is selected by a predicate.
#define REG_CODEC(name, predicate) \
  struct name : Codec {};          \
  REG_SYMBOL(Codec, name, .oid = "image", .select = predicate)
