// ExCore's example: a registry of models, of which some are backbones.

#include <reg/registry_store.h>
#include <reg/tables.h>
#include <iostream>

int main() {
  reg::RegistryStore store;
  reg::Registry& model = store.registry("Model", {.extra_field = {{"is_backbone"}}});

  model.register_module("nets.ResNet", {{"is_backbone", true}});
  model.register_module("nets.Head");

  std::cout << reg::module_table(model, {.select_info = {"is_backbone"}});
  std::cout << "backbones: " << reg::filter(model, {"is_backbone"}).front() << '\n';
  for (const reg::Symbol& symbol : store.find("ResNet"))
    std::cout << symbol.oid << " is in " << symbol.registry << ": " << symbol.target << '\n';
}
