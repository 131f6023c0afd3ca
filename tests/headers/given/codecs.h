#pragma once
// Implementations of codecs. They are in no namespace: a class's target is its full name.

struct Codec {
  virtual ~Codec() = default;
};
struct Png : Codec {};
struct Raw : Codec {};
