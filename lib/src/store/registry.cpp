// What a registry is and what it holds.

#include <select/contender.h>
#include <store/inside.h>

namespace reg {
namespace {

std::vector<Symbol> symbols_of(const RegistryState& state, const std::vector<Held>& all) {
  std::vector<Symbol> symbols;
  symbols.reserve(all.size());
  for (const Held& held : all) symbols.push_back(state.symbol_of(held));
  return symbols;
}

}  // namespace

Registry::Registry(std::string name, RegistryOptions options)
    : Registry(std::make_unique<RegistryState>(std::move(name), std::move(options))) {
  Findings findings;
  state_->check_select(findings);
  fail_if_any(std::move(findings.problems));
}

Registry::Registry(std::unique_ptr<RegistryState> state) : state_(std::move(state)) {}

Registry::~Registry() = default;

const std::string& Registry::name() const { return state_->declared.name; }
std::vector<Field> Registry::extra_field() const { return state_->info().fields; }

RegistryInfo Registry::info() const {
  RegistryInfo info = state_->info();
  info.reads = state_->reads();
  return info;
}

std::size_t Registry::size() const { return state_->size(); }
bool Registry::empty() const { return size() == 0; }
bool Registry::contains(std::string_view oid) const { return !state_->held(oid).empty(); }
std::vector<std::string> Registry::oids() const { return state_->oids(); }

std::vector<Symbol> Registry::implementations(std::string_view oid) const {
  return symbols_of(*state_, state_->held(oid));
}

std::vector<Symbol> Registry::require_implementations(std::string_view oid) const {
  return symbols_of(*state_, state_->require_held(oid));
}

std::vector<Symbol> Registry::all_objects() const {
  std::vector<Symbol> symbols;
  symbols.reserve(size());
  for (const std::string& oid : oids()) {
    for (const Held& held : state_->held(oid)) symbols.push_back(state_->symbol_of(held));
  }
  return symbols;
}

Symbol Registry::object_by_id(std::string_view oid) const {
  std::vector<Symbol> symbols = require_implementations(oid);
  if (have_one_target(symbols)) return std::move(symbols.front());
  throw SelectAmbiguity('"' + std::string(oid) + "\" in registry \"" + name() + "\" has " +
                            std::to_string(symbols.size()) + " implementations",
                        targets_of(symbols));
}

Json Registry::get_extra_info(std::string_view oid, std::string_view field) const {
  const Field known = state_->require_field(field);
  return object_by_id(oid).field(known.name);
}

Factory Registry::factory_of(const Symbol& symbol) const {
  for (const Held& held : state_->held(symbol.oid)) {
    const Symbol& own = held.entry->implementation.symbol;
    if (own.target == symbol.target && own.registry == symbol.registry &&
        origin_of(own) == origin_of(symbol))
      return held.entry->implementation.factory;
  }
  return {};
}

}  // namespace reg
