// What registries share, and which there are.

#include <reg/text.h>
#include <store/global_view.h>
#include <store/inside.h>

namespace reg {
namespace {}  // namespace

RegistryStore::RegistryStore(DebugMode debugmode) : state_(std::make_unique<StoreState>()) {
  state_->surroundings->debugmode = debugmode;
  state_->default_factory = [](const std::string& name) {
    return std::make_unique<Registry>(name);
  };
}

RegistryStore::~RegistryStore() = default;
RegistryStore::RegistryStore(RegistryStore&&) noexcept = default;
RegistryStore& RegistryStore::operator=(RegistryStore&&) noexcept = default;

DebugMode RegistryStore::debugmode() const { return state_->surroundings->debugmode; }
void RegistryStore::debugmode(DebugMode mode) { state_->surroundings->debugmode = mode; }

void RegistryStore::on_warning(WarningHandler handler) {
  state_->surroundings->warning_handler = std::move(handler);
}

const Json& RegistryStore::facts() const { return state_->surroundings->facts; }
void RegistryStore::set_facts(Json facts) { state_->surroundings->facts = std::move(facts); }

const Context& RegistryStore::base_context() const { return state_->surroundings->base_context; }
void RegistryStore::set_base_context(Context context) {
  state_->surroundings->base_context = std::move(context);
}

const PredicateSet& RegistryStore::predicates() const { return state_->surroundings->predicates; }

void RegistryStore::define_predicates(const PredicateSet& definitions) {
  PredicateSet joined = predicates();
  for (const auto& [name, definition] : definitions.definitions()) {
    if (!joined.define(name, definition))
      throw InputError("the predicate " + in_quotes(name) + " is defined differently already");
  }
  auto problems = joined.problems();
  if (!problems.empty()) {
    const auto& [name, problem] = problems.front();
    throw InputError("the predicate " + in_quotes(name) + ": " + problem.message, problem.hint);
  }
  state_->surroundings->predicates = std::move(joined);
}

void RegistryStore::add_select_best_listener(SelectionListener listener) {
  state_->surroundings->listeners.push_back(std::move(listener));
}

void RegistryStore::lock_register() { state_->surroundings->register_locked = true; }
void RegistryStore::unlock_register() { state_->surroundings->register_locked = false; }
bool RegistryStore::register_locked() const { return state_->surroundings->register_locked; }

Registry& RegistryStore::registry(const std::string& name, RegistryOptions options) {
  require_no_view(name);
  const RegistryState declared(name, std::move(options));
  if (const Registry* known = get_registry(name)) {
    Inside::of(*known).report_other(declared);
  } else {
    std::unique_ptr<Registry> made = state_->make(name);
    RegistryState& state = Inside::of(*made);
    state.adopt(declared);
    Findings findings;
    state.check_select(findings);
    fail_if_any(std::move(findings.problems));
    state_->add(std::move(made));
    state_->surroundings->warn(findings.warnings);
    state.report_other(declared);
  }
  return require_registry(name);
}

Registry* RegistryStore::get_registry(std::string_view name, Registry* fallback) {
  Registry* found = state_->find(name);
  return found == nullptr ? fallback : found;
}

const Registry* RegistryStore::get_registry(std::string_view name, const Registry* fallback) const {
  const Registry* found = state_->find(name);
  return found == nullptr ? fallback : found;
}

const Registry& RegistryStore::require_registry(std::string_view name) const {
  if (const Registry* found = get_registry(name)) return *found;
  throw RegistryNotFound("there is no registry " + in_quotes(name),
                         did_you_mean(name, state_->public_names()));
}

Registry& RegistryStore::require_registry(std::string_view name) {
  return const_cast<Registry&>(std::as_const(*this).require_registry(name));
}

std::vector<RegistryInfo> RegistryStore::registries() const {
  std::vector<RegistryInfo> all;
  for (const std::string& name : state_->public_names())
    all.push_back(require_registry(name).info());
  return all;
}

std::size_t RegistryStore::size() const {
  std::size_t total = 0;
  for (const std::string& name : state_->public_names()) total += require_registry(name).size();
  return total;
}

void RegistryStore::registry_factory(const std::string& name, RegistryFactory factory) {
  state_->factories.insert_or_assign(name, std::move(factory));
}

void RegistryStore::registry_factory(RegistryFactory factory) {
  state_->default_factory = std::move(factory);
}

const Registry& RegistryStore::make_global() {
  if (const Registry* view = get_registry(global_registry)) return *view;
  return state_->add(Inside::registry_with(global_view(*state_)));
}

}  // namespace reg
