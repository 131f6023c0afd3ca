#pragma once
// Declarations that are linked into the program: REG_SYMBOL without a file.

#include <plugin/loader_state.h>
#include <reg/symbol.h>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct LinkedIn {
  Symbol symbol;
  const plugin::Row* row = nullptr;
  std::string replaces;  // a target; empty: none
  bool force = false, clear = false;
};

// What the implementations of one oid in one registry are: those that are linked in first, and
// those of the cache that they leave. The order is what `force` and `clear` go by: they look back,
// at what is linked in before, and at nothing of the cache. `replaces` drops from both.
struct JoinedImplementations {
  std::vector<LinkedIn> linked_in;
  std::vector<Symbol> symbols;  // in registration order; begins with those of `linked_in`
  // The cache's, if what is pinned is among the symbols; what is linked in has the pin of what it
  // is in the cache.
  std::optional<Pin> pin;

  // What stands behind the symbol at that place; null: it is the cache's.
  const plugin::Row* row_at(std::size_t place) const {
    return place < linked_in.size() ? linked_in[place].row : nullptr;
  }
};

// Whether anything is declared in that registry.
bool has_linked_in(const LoaderState& loader, std::string_view registry);
std::vector<std::string> linked_in_registries(const LoaderState& loader);
// The oids that are declared in that registry, sorted, each once.
std::vector<std::string> linked_in_oids(const LoaderState& loader, std::string_view registry);
// The targets that they replace. `registry` and throws as below.
std::set<std::string, std::less<>> replaced_by_linked_in(const LoaderState& loader,
                                                         const RegistryInfo& registry);

// Whether a symbol of the cache is from another origin, and not to be loaded here.
bool is_refused(const LoaderState& loader, const Symbol& symbol);
// `registry`: as the cache has it, or with nothing but its name. Throws InputError, at the
// declaration's place, for one that cannot be used.
JoinedImplementations join_implementations(const LoaderState& loader, const RegistryInfo& registry,
                                           std::string_view oid);

}  // namespace reg
