#include <reg/text.h>
#include <registration/pins.h>
#include <algorithm>

namespace reg {

void add_pins(std::span<const Source> sources, Catalog& catalog) {
  for (const Source& source : sources) {
    for (const PinDeclaration& declared : source.declarations->pins) {
      const auto registry = catalog.registries.find(declared.registry);
      if (registry != catalog.registries.end()) registry->second.pins.push_back(declared.pin);
    }
  }
  for (auto& [name, info] : catalog.registries) {
    std::sort(info.pins.begin(), info.pins.end(),
              [](const Pin& a, const Pin& b) { return a.oid < b.oid; });
  }
}

Finding pin_without_effect(const Source& source, const PinDeclaration& declared) {
  const std::string name = declared.registry + '/' + declared.pin.oid;
  return {warning_at(place_in(source, declared.at),
                     "the pin of " + name + " has no effect: " + in_quotes(declared.pin.target) +
                         " is not registered there",
                     "`reg unpin " + name + "` takes it away")};
}

}  // namespace reg
