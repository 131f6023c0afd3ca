// logilab's example: Babar is registered only where the schema has his relation; Celeste takes his
// place; whoever is most specific is selected, and comes as an instance.

#include <reg/registry_store.h>
#include <reg/traced_selection.h>
#include <iostream>

struct Animal {
  virtual ~Animal() = default;
  virtual const char* name() const = 0;
};
struct Elephant : Animal {
  const char* name() const override { return "an elephant"; }
};
struct Babar : Animal {
  const char* name() const override { return "Babar"; }
};
struct Celeste : Animal {
  const char* name() const override { return "Celeste"; }
};

int main() {
  using reg::Implementation, reg::Predicate;
  reg::Predicate one = reg::objectify_predicate("one", [](const reg::Context&) { return 1; });

  reg::RegistryStore store;
  store.set_facts({{"schema", {"babar_relation"}}});
  store.register_class<Animal, Elephant>("views", "primary");  // as with yes()
  auto babar = Implementation::of_class<Animal, Babar>(
      "primary", {.select = one & Predicate::parse("crown"),
                  .when = Predicate::parse("'babar_relation' in schema")});
  babar.registries = {"views"};
  store.register_symbol(babar);
  std::cout << store.select_instance<Animal>("views", "primary", {{"crown", true}})->name() << '\n';
  std::cout << store.select_instance<Animal>("views", "primary", {})->name() << '\n';

  auto celeste =
      Implementation::of_class<Animal, Celeste>("primary", {.select = Predicate::parse("crown")});
  celeste.registries = {"views"};
  store.register_and_replace(celeste, "Babar");

  reg::TracedSelection traced(store, {"primary"});
  std::cout << store.select_instance<Animal>("views", "primary", {{"crown", true}})->name() << '\n';
  for (const std::string& line : traced.lines()) std::cout << line << '\n';
}
