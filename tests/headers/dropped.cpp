// What a program must not drop, and what it may: dropped.py holds the compiler's warnings against
// the lines that end with "dropped". Only compiled, never run.

#include <reg/reg.h>

void change(const reg::Workspace& workspace, reg::RegistryStore& store, reg::Registry& registry) {
  // Reports: what went wrong stands in them and nowhere else.
  reg::auto_register(workspace);                                        // dropped
  reg::register_symbol(workspace, {});                                  // dropped
  reg::unregister_symbol(workspace, "Model", "resnet", "nets.ResNet");  // dropped
  reg::merge_registries(workspace, "A", {"B"}, reg::Force::No);         // dropped
  reg::load_registries(store, workspace.cache());                       // dropped
  store.settle({});                                                     // dropped

  // What is wrong throws, and what is unexpected is warned about: what became of it may be dropped.
  registry.register_module("nets.ResNet");
  registry.unregister("ResNet", "nets.ResNet");
  store.register_all({});
  reg::merge(registry, store.registry("Model"));
  reg::reload_if_needed(store, {}, {});
  reg::freeze_cache(workspace);
  reg::clear_cache(workspace);
}

void ask(const reg::Workspace& workspace, const reg::Cache& cache, const reg::Registry& registry) {
  reg::status(workspace);                   // dropped
  reg::Workspace::find();                   // dropped
  reg::Cache::open(workspace.cache());      // dropped
  cache.verify();                           // dropped
  cache.find("resnet");                     // dropped
  cache.select("Model", "resnet", {});      // dropped
  cache.parse_where("a == 1", "Model");     // dropped
  registry.empty();                         // dropped
  registry.select_or_none("resnet", {});    // dropped
  registry.dispatcher();                    // dropped
  reg::filter(registry, {"is_backbone"});   // dropped
  reg::Predicate::parse("a == 1").facts();  // dropped
  reg::registry_name_problem("a b");        // dropped
  reg::did_you_mean("a", {"b"});            // dropped
  reg::version();                           // dropped
  // Who asks for what must be there may ask for nothing else.
  cache.require_registry("Model");
  registry.require_implementations("resnet");
}
