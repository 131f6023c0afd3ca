#pragma once
/// @file registry.h
/// One registry in memory: registration, selection and tables.
///
/// A `Registry` is used on its own, or belongs to a `RegistryStore`, which owns it and lends it
/// facts, named predicates, a lock and listeners. It is the sibling of a registry in a `Cache`: the
/// same questions have the same names and answers.
///
/// Threads: const functions may be called by many threads at once, as long as the callables given
/// to it (predicates, listeners, factories) may be; everything else needs exclusive access to the
/// registry and the store that it belongs to.
///
/// What is returned is a copy; references to a registry stay valid as long as its store.
///
/// ```cpp
/// reg::Registry models("Model", {.extra_field = {{"is_backbone"}}});
/// models.register_module("nets.ResNet", {{"is_backbone", true}});
/// models.register_module("nets.Head");
/// models.filter({"is_backbone"});   // {"ResNet"}
/// ```

#include <reg/dispatcher.h>
#include <reg/implementation.h>
#include <reg/module.h>
#include <reg/selection.h>
#include <reg/symbol.h>
#include <reg/workspace.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct Claim;
enum class Conflict : std::uint8_t;
struct Surroundings;
class TracedSelection;

/// What is declared of a registry when it is opened.
struct RegistryOptions {
  std::vector<Field> extra_field = {};
  std::optional<Predicate> select = {};  ///< scores symbols that bring no predicate of their own
  std::string doc = {};
};

/// Whether everything under the same oid is dropped first.
enum class Clear : bool { No, Yes };

struct RegisterOptions {
  Force force = Force::No;  ///< take the place of what the rules of one oid do not allow beside it
  Clear clear = Clear::No;
};

/// What became of a registration that was no error.
enum class Registered : std::uint8_t {
  Yes,
  Locked,    ///< registration is locked: nothing was done
  Abstract,  ///< it is abstract: nothing was done
  Excluded,  ///< its `when` does not hold: nothing was done
};

/// What became of a request to unregister.
enum class Unregistered : std::uint8_t {
  Yes,
  Locked,    ///< registration is locked: nothing was done
  NotFound,  ///< there is no such symbol: warned about
};

/// Told of every choice that is made, also of those without a winner.
using SelectionListener = std::function<void(const Selection& selection)>;

/// The values of some fields of one symbol, in the order in which the fields were asked for.
using FilterFunction = std::function<bool(const std::vector<Json>& values)>;

/// What a table of a registry shows.
struct ModuleTableOptions {
  std::vector<std::string> filter = {};       ///< glob patterns, of which one must fit; empty: all
  std::vector<std::string> select_info = {};  ///< fields, one column each
  std::vector<std::string> module_list = {};  ///< only these oids; empty: all
};

class Registry {
 public:
  /// @throws InputError if the name or a field's name cannot be one, or a field is there twice.
  /// Private names (`__…`) are allowed.
  explicit Registry(std::string name, RegistryOptions options = {});
  virtual ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// @name What it is and what it holds
  /// @{
  const std::string& name() const { return name_; }
  const std::vector<Field>& extra_field() const { return fields_; }
  /// Its declaration and the number of its symbols.
  RegistryInfo info() const;
  /// The number of symbols.
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool contains(std::string_view oid) const;
  /// Sorted.
  std::vector<std::string> oids() const;
  /// The implementations of an oid, in registration order; empty if there is none.
  std::vector<Symbol> implementations(std::string_view oid) const;
  /// As above. @throws ObjectNotFound, with the nearest name as a hint (logilab: `registry[oid]`).
  std::vector<Symbol> require_implementations(std::string_view oid) const;
  /// Every symbol, by oid and then in registration order (logilab: `all_objects`).
  std::vector<Symbol> all_objects() const;
  /// The only implementation of an oid (logilab: `object_by_id`).
  /// @throws ObjectNotFound; SelectAmbiguity if there are several.
  Symbol object_by_id(std::string_view oid) const;
  /// A field's value for the only implementation of an oid, null where none is given (ExCore:
  /// `get_extra_info`). @throws ObjectNotFound, SelectAmbiguity; InputError if there is no such
  /// field.
  Json get_extra_info(std::string_view oid, std::string_view field) const;
  /// @}

  /// @name Registration
  /// Every function here does nothing while registration is locked. A rule that is broken is an
  /// InputError that names the registry, both targets and, where known, both places; the registry
  /// is then as it was.
  /// @{

  /// Registers an implementation (ExCore: `register_module`, logilab: `register`). An empty oid
  /// stands for the last component of the target; `registries` and `symbol.registry` are ignored.
  /// @throws InputError: the oid or target cannot be one; the info has a field that is not declared
  /// or a value of another type; the predicate does not parse or calls an undefined one; the target
  /// is there already under this oid, or it is a second unconditional one (unless forced).
  Registered register_symbol(Implementation implementation, RegisterOptions options = {});
  /// Registers a target under its last component (ExCore: `register_module`, `register`).
  Registered register_module(std::string_view target, const Json& extra_info = Json::object(),
                             Force force = Force::No);
  /// Registers a C++ class behind an interface, to be selected and instantiated in this program.
  template <typename Interface, typename Class>
  Registered register_class(std::string oid, ImplementationOptions about = {},
                            RegisterOptions options = {}) {
    return register_symbol(
        Implementation::of_class<Interface, Class>(std::move(oid), std::move(about)), options);
  }
  /// Registers targets, each with its info (ExCore: `register_all`). Returns how many were
  /// registered. @throws InputError as `register_module`, those before it staying registered; or,
  /// before anything is done, if there is info for a different number of targets (none: for none).
  std::size_t register_all(const std::vector<std::string>& targets,
                           const std::vector<Json>& extra_info = {}, Force force = Force::No);
  /// Unregisters the target `replaced` wherever it is in this registry, and registers the other
  /// one; a warning if it is not found (logilab: `register_and_replace`).
  /// @throws InputError as `register_symbol`, or if it would replace itself; nothing is replaced
  /// then.
  Registered register_and_replace(Implementation implementation, std::string_view replaced,
                                  RegisterOptions options = {});
  /// Removes a symbol; a warning if it is not there (logilab: `unregister`).
  Unregistered unregister(std::string_view oid, std::string_view target);
  /// Removes all symbols, also while registration is locked.
  void clear();
  /// Copies all symbols of another registry under their oids, with the info for the fields that
  /// both declare and the predicate that scored them there (ExCore: `merge`). Merging with itself
  /// does nothing. Returns how many were registered; 0 while locked.
  /// @throws InputError as `register_symbol`, those before it staying registered.
  std::size_t merge(const Registry& other, Force force = Force::No);
  std::size_t merge(const std::vector<std::reference_wrapper<const Registry>>& others,
                    Force force = Force::No);
  /// Registers the functions and classes of a module that match, under their names in the module
  /// (ExCore: `match`). Returns how many. @throws InputError as `register_symbol`, those before it
  /// staying registered.
  std::size_t match(const Module& module, const MatchPatterns& patterns = {},
                    Force force = Force::No);
  std::size_t match(const Module& module, const MatchFunction& matches, Force force = Force::No);
  /// Ends registration: calls the hook of every symbol that was registered since the last time
  /// (logilab: `initialization_completed`, `__registered__`). Hooks must not change the registry.
  void initialization_completed();
  /// @}

  /// @name Selection
  /// The context is laid over the store's base context. Scoring throws what C++ predicates throw.
  /// @{

  /// The score of every implementation of an oid. Tells no listener. @throws ObjectNotFound.
  Selection score(std::string_view oid, const Context& context,
                  Explain explain = Explain::No) const;
  /// The same, and there is a winner (logilab: `select`). A tie is won by the first registered,
  /// with a warning. @throws ObjectNotFound; NoSelectableObject; in debug mode, SelectAmbiguity.
  Selection select(std::string_view oid, const Context& context) const;
  /// The winner; nothing if none applies or there is no such oid (logilab: `select_or_none`).
  /// @throws in debug mode, SelectAmbiguity.
  std::optional<Candidate> select_or_none(std::string_view oid, const Context& context) const;
  /// The winner of every oid, sorted by oid, leaving out oids where none applies (logilab:
  /// `possible_objects`). @throws in debug mode, SelectAmbiguity.
  std::vector<Candidate> possible_objects(const Context& context) const;
  /// This registry as it is now, compiled for millions of selections.
  Dispatcher dispatcher() const;
  /// The factory of a symbol of this registry; empty if it was registered without one.
  Factory factory_of(const Symbol& symbol) const;
  /// A new instance of the winner, made with the context (logilab: `select`).
  /// @throws as `select`; UsageError if it was registered for another interface or without factory.
  template <typename Interface>
  std::unique_ptr<Interface> select_instance(std::string_view oid, const Context& context) const {
    Selection selection = select(oid, context);
    return factory_of(selection.winner()->symbol).create<Interface>(selection.context);
  }
  /// As above, and null if none applies or there is no such oid (logilab: `select_or_none`).
  template <typename Interface>
  std::unique_ptr<Interface> select_instance_or_none(std::string_view oid,
                                                     const Context& context) const {
    Selection selection = best_of(oid, context);
    if (!selection.winner()) return nullptr;
    return factory_of(selection.winner()->symbol).create<Interface>(selection.context);
  }
  /// A new instance of the only implementation of an oid (logilab: `object_by_id`).
  /// @throws as `object_by_id`; UsageError as `select_instance`.
  template <typename Interface>
  std::unique_ptr<Interface> instance_by_id(std::string_view oid,
                                            const Context& context = Context::object()) const {
    return factory_of(object_by_id(oid)).create<Interface>(context);
  }
  /// Adds a listener, for the registry's lifetime (logilab: `add_select_best_listener`).
  void add_select_best_listener(SelectionListener listener);
  /// @}

  /// @name Lists and tables
  /// @{

  /// The oids, sorted, of which an implementation's values for these fields pass; by default, if
  /// all are truthy (ExCore: `filter`). @throws InputError if there is no such field.
  std::vector<std::string> filter(const std::vector<std::string>& fields) const;
  std::vector<std::string> filter(const std::vector<std::string>& fields,
                                  const FilterFunction& passes) const;
  /// A text table with a row for each symbol, sorted by oid, under the registry's name (ExCore:
  /// `module_table`). No control character stands in it raw. @throws InputError if there is no such
  /// field; ObjectNotFound if `module_list` names an unknown oid.
  std::string module_table(const ModuleTableOptions& options = {}) const;
  /// @}

 protected:
  /// What a registry class of one's own may add to the checks of a newcomer, which it may change
  /// too; called before the rules are applied. By default, nothing.
  virtual void prepare(Implementation& newcomer) const;

 private:
  friend class RegistryStore;
  friend class TracedSelection;

  struct Entry {
    Implementation implementation;
    bool announced = false;  // its hook has been called
  };
  using Entries = std::vector<Entry>;

  const Entries& require_entries(std::string_view oid) const;
  const Field& require_field(std::string_view name) const;
  std::vector<std::string> names_of_fields() const;
  void declare(const std::vector<Field>& fields);
  // What another declaration of it adds, where this one says nothing; what contradicts is warned
  // about.
  void adopt(const Registry& declared);
  void report_other(const Registry& declared) const;
  void replace_all(const RegistryInfo& declared, std::vector<Implementation> implementations);
  void each_predicate(
      const std::function<void(const Predicate&, const std::string& whose)>& visit) const;
  // What scores an entry: its own predicate or the registry's; null: unconditional.
  const Predicate* predicate_of(const Implementation& implementation) const;

  // The merged view of all others cannot be changed directly. Throws UsageError.
  void require_writable() const;
  // A newcomer goes through these in order.
  void complete(Implementation& newcomer) const;
  void check(const Implementation& newcomer) const;
  Registered put(Implementation newcomer, RegisterOptions options, std::string_view replaced = {});
  void displace(const Implementation& newcomer, RegisterOptions options, std::string_view replaced);
  void insert(Implementation newcomer);

  Claim claim(const Implementation& implementation) const;
  [[noreturn]] void refuse(const Implementation& newcomer, const Symbol& rival,
                           Conflict conflict) const;
  std::vector<std::string> oids_of_target(std::string_view target) const;
  void remove_target(std::string_view target);
  void erase(const std::string& oid, std::size_t index);
  Implementation copy_for(const Registry& into, const Implementation& implementation) const;
  // The merged view of all others is brought up to date by these, called on it.
  void mirror_fields(const Registry& member);
  void mirror(const Registry& member);
  void mirror(const Registry& member, const Implementation& newcomer);
  void unmirror(const Symbol& symbol);

  Selection scored(std::string_view oid, const Entries& entries, const Context& context,
                   Explain explain) const;
  // The choice, of which listeners and tracers are told; without candidates if there is no such
  // oid.
  Selection best_of(std::string_view oid, const Context& context) const;
  Selection best_of(std::string_view oid, const Entries& entries, const Context& context) const;
  void report_tie(const Selection& selection) const;

  std::string name_;
  std::vector<Field> fields_;
  std::optional<Predicate> select_;
  std::string doc_;
  std::map<std::string, Entries, std::less<>> entries_;  // no empty ones
  std::size_t size_ = 0;
  std::vector<SelectionListener> listeners_;
  std::shared_ptr<Surroundings> surroundings_;
};

}  // namespace reg
