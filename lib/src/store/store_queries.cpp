// Questions to the store: those about one registry are handed on to it.

#include <store/inside.h>
#include <iterator>

namespace reg {

std::vector<Symbol> RegistryStore::find(std::string_view oid) const {
  std::vector<Symbol> found;
  for (const std::string& name : registries_of(oid)) {
    std::vector<Symbol> symbols = implementations(name, oid);
    std::move(symbols.begin(), symbols.end(), std::back_inserter(found));
  }
  return found;
}

std::vector<std::string> RegistryStore::registries_of(std::string_view oid) const {
  std::vector<std::string> names = state_->public_names();
  std::erase_if(names,
                [&](const std::string& name) { return !require_registry(name).contains(oid); });
  return names;
}

std::vector<Symbol> RegistryStore::all_objects() const {
  std::vector<Symbol> all;
  for (const std::string& name : state_->public_names()) {
    std::vector<Symbol> symbols = all_objects(name);
    std::move(symbols.begin(), symbols.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<Symbol> RegistryStore::all_objects(std::string_view registry) const {
  return require_registry(registry).all_objects();
}

std::vector<Symbol> RegistryStore::implementations(std::string_view registry,
                                                   std::string_view oid) const {
  return require_registry(registry).implementations(oid);
}

Symbol RegistryStore::object_by_id(std::string_view registry, std::string_view oid) const {
  return require_registry(registry).object_by_id(oid);
}

Selection RegistryStore::score(std::string_view registry, std::string_view oid,
                               const Context& context, Explain explain) const {
  return require_registry(registry).score(oid, context, explain);
}

Selection RegistryStore::select(std::string_view registry, std::string_view oid,
                                const Context& context) const {
  return require_registry(registry).select(oid, context);
}

std::optional<Candidate> RegistryStore::select_or_none(std::string_view registry,
                                                       std::string_view oid,
                                                       const Context& context) const {
  return require_registry(registry).select_or_none(oid, context);
}

std::vector<Candidate> RegistryStore::possible_objects(std::string_view registry,
                                                       const Context& context) const {
  return require_registry(registry).possible_objects(context);
}

Dispatcher RegistryStore::dispatcher(std::string_view registry) const {
  return require_registry(registry).dispatcher();
}

}  // namespace reg
