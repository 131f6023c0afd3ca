#pragma once

#include <reg/registry_store.h>

namespace {

struct Given {
  Given() { store.registry("Model").register_all({"nets.OldResNet", "nets.ViT"}); }
  reg::RegistryStore store;
};

}  // namespace
