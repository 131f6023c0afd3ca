#pragma once
/// @file registry_store.h
/// All registries of a program, in memory: `RegistryStore`.
///
/// The store is a value that its user owns; there is no global one (ExCore's functions on the class
/// `Registry` are its members). It owns its registries, which are created as they are needed, and
/// lends them what they share: facts, named predicates, a base context, the lock, debug mode,
/// listeners and the merged view `__global`. What goes to a cache and back stands in
/// `store_cache.h`, what is registered from files in `sources.h`, tables in `tables.h`.
///
/// Threads: const functions may be called by many threads at once, as long as the callables given
/// to the store may be; everything else, also through its registries, needs exclusive access. No
/// lock is taken.
///
/// ```cpp
/// reg::RegistryStore store;
/// store.register_class<Codec, Png>("codecs", "image", {.select = reg::Predicate::parse("png")});
/// store.register_class<Codec, Raw>("codecs", "image");
/// auto codec = store.select_instance<Codec>("codecs", "image", {{"png", true}});
/// assert(dynamic_cast<Png*>(codec.get()));
/// ```

#include <reg/registry.h>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class StoreState;

/// Whether a tie is an error rather than a warning (logilab: `debugmode`).
enum class DebugMode : bool { No, Yes };

/// Told of what is unexpected but no error, by the thread that causes it, after what it caused.
using WarningHandler = std::function<void(const Diagnostic& warning)>;

/// Makes the registry of that name; the store owns it (logilab: `REGISTRY_FACTORY`). It may be
/// called for a registry that is then not needed.
using RegistryFactory = std::function<std::unique_ptr<Registry>(const std::string& name)>;

/// How `RegistryStore::register_symbol` registers.
struct StoreRegisterOptions {
  std::vector<std::string> registries = {};  ///< empty: those that the implementation names
  std::string oid = {};                      ///< empty: the implementation's own
  Clear clear = Clear::No;
  Force force = Force::No;
  std::string replaces = {};  ///< a target that is taken out; empty: none
};

/// The registries of a program. Of one that was moved from, nothing may be asked; it may be
/// assigned to.
class RegistryStore {
 public:
  /// A store without registries.
  explicit RegistryStore(DebugMode debugmode = DebugMode::No);
  ~RegistryStore();
  RegistryStore(RegistryStore&&) noexcept;
  RegistryStore& operator=(RegistryStore&&) noexcept;
  RegistryStore(const RegistryStore&) = delete;
  RegistryStore& operator=(const RegistryStore&) = delete;

  /// @name What registries share
  /// @{

  [[nodiscard]] DebugMode debugmode() const;
  void debugmode(DebugMode mode);
  /// Takes the place of an earlier handler; by default, warnings are dropped.
  void on_warning(WarningHandler handler);
  /// What `when` is evaluated against; by default no facts. The store keeps it.
  [[nodiscard]] const Json& facts() const;
  void set_facts(Json facts);
  /// What every selection's context is laid over; by default no facts. The store keeps it.
  [[nodiscard]] const Context& base_context() const;
  void set_base_context(Context context);
  /// The named predicates that all registries' predicates may call. The store keeps them.
  [[nodiscard]] const PredicateSet& predicates() const;
  /// Adds named predicates, all or none. @throws InputError if one of them is defined differently
  /// already, calls an undefined one, or reaches itself.
  void define_predicates(const PredicateSet& definitions);
  /// Adds a listener for selections in any registry, for the store's lifetime.
  void add_select_best_listener(SelectionListener listener);
  /// Registrations are ignored from here on (ExCore: `lock_register`).
  void lock_register();
  /// Registrations are carried out again (ExCore: `unlock_register`).
  void unlock_register();
  [[nodiscard]] bool register_locked() const;
  /// @}

  /// @name Registries
  /// @{

  /// The registry of that name, made by its factory if there is none (ExCore: `Registry(name,
  /// extra_field)`); its predicate is checked as by the constructor of `Registry`, and may be
  /// warned about. Where it exists, it stays as it is: other fields or another predicate than it
  /// has are ignored, with a warning. `__global` cannot be opened so, see `make_global`.
  /// @throws InputError as the constructor of `Registry`; UsageError for `__global`, or if its
  /// factory makes another one; what the factory throws.
  Registry& registry(const std::string& name, RegistryOptions options = {});
  /// The registry of that name, else `fallback` (ExCore: `get_registry`). The store keeps it.
  [[nodiscard]] Registry* get_registry(std::string_view name, Registry* fallback = nullptr);
  [[nodiscard]] const Registry* get_registry(std::string_view name,
                                             const Registry* fallback = nullptr) const;
  /// The registry of that name (logilab: `store[name]`). @throws RegistryNotFound, with the nearest
  /// name as a hint.
  Registry& require_registry(std::string_view name);
  const Registry& require_registry(std::string_view name) const;
  /// All but the private ones, sorted by name.
  [[nodiscard]] std::vector<RegistryInfo> registries() const;
  /// The number of symbols in all but the private registries.
  [[nodiscard]] std::size_t size() const;
  /// How registries of that name are made from now on (logilab: `REGISTRY_FACTORY[name]`).
  void registry_factory(const std::string& name, RegistryFactory factory);
  /// How registries without a factory of their own are made (logilab: `REGISTRY_FACTORY[None]`).
  void registry_factory(RegistryFactory factory);
  /// The merged view of all registries, named `__global`, which is never stale (ExCore:
  /// `make_global`). It has every symbol of every registry, those of one oid by registry and then
  /// in registration order, but for private registries and oids; and all fields, `any` where types
  /// differ. Each symbol says which registry it is from, and its `select` is what scores it there.
  /// Nothing can be registered in it directly. The same one is returned each time; the store owns
  /// it.
  const Registry& make_global();
  /// @}

  /// @name Registration
  /// In registries that are created as needed, if they hold something in the end. All of a call is
  /// done, or nothing; see `Registry` for what is wrong, what is warned about, and the lock.
  /// @{

  /// Settles registrations that count together, as if they were one workspace's, and what is
  /// registered already were declared before them:
  /// 1. the symbols, in order, with `force` and `clear`;
  /// 2. the merges, those that one merges from before it; a declaration that is there already is
  ///    one;
  /// 3. what is unregistered, copies too; a warning where it is not found;
  /// 4. every target that a symbol still there `replaces` is taken out, all at once; a warning
  ///    where one is not found;
  /// 5. the rules of one oid, over what is left.
  ///
  /// Returns what became of each symbol; of those that count, others may have taken the place.
  /// @throws InputError as `Registry::register_symbol` and `merge`, also for merges or `replaces`
  /// in a circle (which it shows), and for a merge from what is no registry; UsageError if a symbol
  /// names no registry, or `__global`.
  [[nodiscard]] std::vector<Registered> settle(const Registrations& registrations);
  /// logilab: `register`. A symbol in several registries is one declaration. @throws also
  /// UsageError if no registry is named.
  Registered register_symbol(const Implementation& implementation,
                             const StoreRegisterOptions& options = {});
  /// Registers a C++ class behind an interface, in one registry.
  template <typename Interface, typename Class>
  Registered register_class(const std::string& in_registry, std::string oid,
                            ImplementationOptions about = {}, const RegisterOptions& options = {}) {
    return register_symbol(
        Implementation::of_class<Interface, Class>(std::move(oid), std::move(about)),
        {.registries = {in_registry},
         .clear = options.clear,
         .force = options.force,
         .replaces = options.replaces});
  }
  /// logilab: `register_all`, with `but` for `butclasses`: targets that are left out. Returns how
  /// many count; abstract ones do not.
  std::size_t register_all(const std::vector<Implementation>& implementations,
                           const std::vector<std::string>& but = {});
  /// logilab: `register_and_replace`, in each of its registries.
  Registered register_and_replace(const Implementation& implementation, std::string_view replaced);
  /// logilab: `unregister`, from `registry`. @throws RegistryNotFound.
  Unregistered unregister(std::string_view registry, std::string_view oid, std::string_view target);
  /// Removes the symbols of all registries, which stay as they are declared; also while
  /// registration is locked (logilab: `reset`).
  void clear();
  /// Ends registration in all registries, sorted by name: see `Registry` (`__registered__`).
  void initialization_completed();
  /// @}

  /// @name Queries
  /// As those of `Registry` with the same name. @throws also RegistryNotFound.
  /// @{

  /// Every implementation of that oid in all but private registries, sorted by registry; empty if
  /// there is none (ExCore: `find`). Never stale.
  [[nodiscard]] std::vector<Symbol> find(std::string_view oid) const;
  /// The registries that have that oid, sorted, but for private ones.
  [[nodiscard]] std::vector<std::string> registries_of(std::string_view oid) const;
  /// Every symbol of all but private registries, by registry and oid.
  [[nodiscard]] std::vector<Symbol> all_objects() const;
  [[nodiscard]] std::vector<Symbol> all_objects(std::string_view registry) const;
  [[nodiscard]] std::vector<Symbol> implementations(std::string_view registry,
                                                    std::string_view oid) const;
  [[nodiscard]] Symbol object_by_id(std::string_view registry, std::string_view oid) const;
  [[nodiscard]] Selection score(std::string_view registry, std::string_view oid,
                                const Context& context, Explain explain = Explain::No) const;
  [[nodiscard]] Selection select(std::string_view registry, std::string_view oid,
                                 const Context& context) const;
  [[nodiscard]] std::optional<Candidate> select_or_none(std::string_view registry,
                                                        std::string_view oid,
                                                        const Context& context) const;
  [[nodiscard]] std::vector<Candidate> possible_objects(std::string_view registry,
                                                        const Context& context) const;
  [[nodiscard]] Dispatcher dispatcher(std::string_view registry) const;
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> select_instance(std::string_view registry,
                                                           std::string_view oid,
                                                           const Context& context) const {
    return require_registry(registry).template select_instance<Interface>(oid, context);
  }
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> select_instance_or_none(std::string_view registry,
                                                                   std::string_view oid,
                                                                   const Context& context) const {
    return require_registry(registry).template select_instance_or_none<Interface>(oid, context);
  }
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> instance_by_id(
      std::string_view registry, std::string_view oid,
      const Context& context = Context::object()) const {
    return require_registry(registry).template instance_by_id<Interface>(oid, context);
  }
  /// @}

 private:
  friend struct Inside;  // the library's own functions that stand beside this class
  std::unique_ptr<StoreState> state_;
};

}  // namespace reg
