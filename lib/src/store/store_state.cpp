#include <reg/text.h>
#include <store/inside.h>
#include <store/store_state.h>

namespace reg {
namespace {}  // namespace

std::unique_ptr<Registry> StoreState::make(const std::string& name) const {
  auto own = factories.find(name);
  auto made = own == factories.end() ? default_factory(name) : own->second(name);
  if (!made || made->name() != name) {
    throw UsageError("the factory for the registry " + in_quotes(name) + " made " +
                     (made ? in_quotes(made->name()) : "nothing"));
  }
  Inside::of(*made).surroundings = surroundings;
  return made;
}

Registry& StoreState::add(std::unique_ptr<Registry> registry) {
  return *(registries[registry->name()] = std::move(registry));
}

Registry* StoreState::find(std::string_view name) const {
  auto found = registries.find(name);
  return found == registries.end() ? nullptr : found->second.get();
}

std::vector<std::string> StoreState::public_names() const {
  std::vector<std::string> names;
  for (const auto& [name, registry] : registries) {
    if (!is_private(name)) names.push_back(name);
  }
  return names;
}

void require_no_view(std::string_view name) {
  if (name == global_registry)
    throw UsageError(in_quotes(name) + " is the merged view of all registries",
                     "it is opened with make_global()");
}

}  // namespace reg
