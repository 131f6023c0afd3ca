#include <store/global_view.h>
#include <store/inside.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

class GlobalView : public RegistryState {
 public:
  explicit GlobalView(const StoreState& store)
      : RegistryState(std::string(global_registry), {}), store_(store) {
    surroundings = store.surroundings;
  }

  bool is_view() const override { return true; }

  RegistryInfo info() const override {
    RegistryInfo all = declared;
    for (const RegistryState* registry : registries()) {
      for (const Field& field : registry->declared.fields) add(field, all.fields);
    }
    all.symbols = size();
    return all;
  }

  std::size_t size() const override {
    std::size_t total = 0;
    for (const RegistryState* registry : registries()) {
      total += registry->contents.size();
      total -= private_symbols(registry->contents);
    }
    return total;
  }

  std::vector<std::string> oids() const override {
    std::set<std::string> all;
    for (const RegistryState* registry : registries()) {
      for (const auto& [oid, content] : registry->contents.oids()) {
        if (!is_private(oid)) all.insert(oid);
      }
    }
    return {all.begin(), all.end()};
  }

  std::vector<Held> held(std::string_view oid) const override {
    std::vector<Held> all;
    if (is_private(oid)) return all;
    for (const RegistryState* registry : registries()) {
      const std::vector<Held> own = registry->held(oid);
      all.insert(all.end(), own.begin(), own.end());
    }
    return all;
  }

  // With what scores it, which may be its registry's.
  Symbol symbol_of(const Held& held) const override {
    Symbol symbol = held.entry->implementation.symbol;
    if (!symbol.select && held.predicate != nullptr) symbol.select = held.predicate->to_string();
    return symbol;
  }

 private:
  std::vector<const RegistryState*> registries() const {
    std::vector<const RegistryState*> all;
    for (const auto& [name, registry] : store_.registries) {
      if (!is_private(name)) all.push_back(&Inside::of(*registry));
    }
    return all;
  }

  // Their oids, which begin with `__`, stand together.
  static std::size_t private_symbols(const Contents& contents) {
    std::size_t count = 0;
    for (auto at = contents.oids().lower_bound("__");
         at != contents.oids().end() && is_private(at->first); ++at)
      count += at->second.entries.size();
    return count;
  }

  static void add(const Field& field, std::vector<Field>& fields) {
    auto known = std::find_if(fields.begin(), fields.end(),
                              [&](const Field& other) { return other.name == field.name; });
    if (known == fields.end()) {
      fields.push_back(field);
    } else if (known->type != field.type) {
      known->type = FieldType::Any;
    }
  }

  const StoreState& store_;
};

}  // namespace

std::unique_ptr<RegistryState> global_view(const StoreState& store) {
  return std::make_unique<GlobalView>(store);
}

}  // namespace reg
