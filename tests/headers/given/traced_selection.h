#pragma once

#include <reg/registry_store.h>

#include "codecs.h"

namespace {

struct Given {
  Given() {
    store.register_class<Codec, Png>("codecs", "image",
                                     {.select = reg::Predicate::parse("ext == 'png'")});
  }
  reg::RegistryStore store;
};

}  // namespace
