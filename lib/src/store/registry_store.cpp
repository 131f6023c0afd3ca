// What registries share, and which there are.

#include <reg/registry_store.h>
#include <store/source_stamps.h>
#include <store/surroundings.h>
#include <store/text_table.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

}  // namespace

RegistryStore::RegistryStore(DebugMode debugmode)
    : surroundings_(std::make_shared<Surroundings>()),
      default_factory_([](const std::string& name) { return std::make_unique<Registry>(name); }),
      stamps_(std::make_unique<SourceStamps>()) {
  surroundings_->debugmode = debugmode;
}

RegistryStore::~RegistryStore() = default;
RegistryStore::RegistryStore(RegistryStore&&) noexcept = default;
RegistryStore& RegistryStore::operator=(RegistryStore&&) noexcept = default;

DebugMode RegistryStore::debugmode() const { return surroundings_->debugmode; }
void RegistryStore::debugmode(DebugMode mode) { surroundings_->debugmode = mode; }

void RegistryStore::on_warning(WarningHandler handler) {
  surroundings_->warning_handler = std::move(handler);
}

const Json& RegistryStore::facts() const { return surroundings_->facts; }
void RegistryStore::set_facts(Json facts) { surroundings_->facts = std::move(facts); }

const Context& RegistryStore::base_context() const { return surroundings_->base_context; }
void RegistryStore::set_base_context(Context context) {
  surroundings_->base_context = std::move(context);
}

const PredicateSet& RegistryStore::predicates() const { return surroundings_->predicates; }

void RegistryStore::define_predicates(const PredicateSet& definitions) {
  PredicateSet joined = surroundings_->predicates;
  for (const auto& [name, definition] : definitions.definitions()) {
    if (!joined.define(name, definition))
      throw InputError("the predicate " + in_quotes(name) + " is defined differently already");
  }
  auto problems = joined.problems();
  if (!problems.empty()) {
    const auto& [name, problem] = problems.front();
    throw InputError("the predicate " + in_quotes(name) + ": " + problem.message, problem.hint);
  }
  surroundings_->predicates = std::move(joined);
}

void RegistryStore::add_select_best_listener(SelectionListener listener) {
  surroundings_->listeners.push_back(std::move(listener));
}

void RegistryStore::lock_register() { surroundings_->register_locked = true; }
void RegistryStore::unlock_register() { surroundings_->register_locked = false; }
bool RegistryStore::register_locked() const { return surroundings_->register_locked; }

std::unique_ptr<Registry> RegistryStore::make_registry(const std::string& name) const {
  auto own = factories_.find(name);
  auto made = own == factories_.end() ? default_factory_(name) : own->second(name);
  if (made && made->name() == name) return made;
  throw UsageError("the factory for the registry " + in_quotes(name) + " made " +
                   (made ? in_quotes(made->name()) : "nothing"));
}

Registry& RegistryStore::add_registry(std::unique_ptr<Registry> registry) {
  registry->surroundings_ = surroundings_;
  Registry& added = *(registries_[registry->name()] = std::move(registry));
  Registry* global = surroundings_->global;
  if (global != nullptr && !is_private(added.name())) global->mirror(added);
  return added;
}

Registry& RegistryStore::registry(const std::string& name, RegistryOptions options) {
  if (name == global_registry)
    throw UsageError(in_quotes(name) + " is the merged view of all registries",
                     "it is opened with make_global()");
  Registry declared(name, std::move(options));
  if (Registry* known = get_registry(name)) {
    known->report_other(declared);
    return *known;
  }
  std::unique_ptr<Registry> made = make_registry(name);
  made->adopt(declared);
  Registry& added = add_registry(std::move(made));
  added.report_other(declared);
  return added;
}

Registry* RegistryStore::get_registry(std::string_view name, Registry* fallback) {
  auto found = registries_.find(name);
  return found == registries_.end() ? fallback : found->second.get();
}

const Registry* RegistryStore::get_registry(std::string_view name, const Registry* fallback) const {
  auto found = registries_.find(name);
  return found == registries_.end() ? fallback : found->second.get();
}

const Registry& RegistryStore::require_registry(std::string_view name) const {
  if (const Registry* found = get_registry(name)) return *found;
  throw RegistryNotFound("there is no registry " + in_quotes(name),
                         did_you_mean(name, public_names()));
}

Registry& RegistryStore::require_registry(std::string_view name) {
  return const_cast<Registry&>(std::as_const(*this).require_registry(name));
}

std::vector<std::string> RegistryStore::public_names() const {
  std::vector<std::string> names;
  for (const auto& [name, registry] : registries_) {
    if (!is_private(name)) names.push_back(name);
  }
  return names;
}

std::vector<RegistryInfo> RegistryStore::registries() const {
  std::vector<RegistryInfo> all;
  for (const std::string& name : public_names()) all.push_back(require_registry(name).info());
  return all;
}

std::size_t RegistryStore::size() const {
  std::size_t total = 0;
  for (const std::string& name : public_names()) total += require_registry(name).size();
  return total;
}

void RegistryStore::registry_factory(const std::string& name, RegistryFactory factory) {
  factories_.insert_or_assign(name, std::move(factory));
}

void RegistryStore::registry_factory(RegistryFactory factory) {
  default_factory_ = std::move(factory);
}

const Registry& RegistryStore::make_global() {
  if (surroundings_->global != nullptr) return *surroundings_->global;
  auto view = std::make_unique<Registry>(std::string(global_registry));
  for (const std::string& name : public_names()) view->mirror(require_registry(name));
  Registry& added = add_registry(std::move(view));
  surroundings_->global = &added;
  return added;
}

std::string RegistryStore::registry_table() const {
  std::vector<std::vector<std::string>> rows;
  for (std::string& name : public_names()) rows.push_back({std::move(name)});
  return text_table({"REGISTRY"}, rows);
}

}  // namespace reg
