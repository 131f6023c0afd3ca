#pragma once
// Implementations of codecs.

namespace {

struct Codec {
  virtual ~Codec() = default;
};
struct Png : Codec {};
struct Raw : Codec {};

}  // namespace
