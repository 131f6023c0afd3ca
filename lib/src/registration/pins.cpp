#include <reg/text.h>
#include <registration/pins.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

bool is_registered(std::span<const SymbolRecord> symbols, const PinDeclaration& declared) {
  using OidKey = std::pair<std::string_view, std::string_view>;
  const std::string registry = escaped_text(declared.registry),
                    oid = escaped_text(declared.pin.oid),
                    target = escaped_text(declared.pin.target);
  const OidKey wanted(registry, oid);
  const auto key_of = [](const SymbolRecord& one) { return OidKey(one.registry, one.oid); };
  auto at = std::lower_bound(
      symbols.begin(), symbols.end(), wanted,
      [&](const SymbolRecord& one, const OidKey& key) { return key_of(one) < key; });
  for (; at != symbols.end() && key_of(*at) == wanted; ++at) {
    if (at->target == target) return true;
  }
  return false;
}

}  // namespace

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

std::vector<Finding> pins_without_effect(std::span<const Source> sources,
                                         std::span<const SymbolRecord> symbols) {
  std::vector<Finding> findings;
  for (const Source& source : sources) {
    for (const PinDeclaration& pin : source.declarations->pins) {
      if (!is_registered(symbols, pin)) findings.push_back(pin_without_effect(source, pin));
    }
  }
  return findings;
}

}  // namespace reg
