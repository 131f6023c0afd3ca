#pragma once
/// @file registry.h
/// One registry in memory: registration and selection.
///
/// A `Registry` is used on its own, or belongs to a `RegistryStore`, which owns it and lends it
/// facts, named predicates, a lock and listeners. It is the sibling of a registry in a `Cache`: the
/// same questions have the same names and answers. What copies from elsewhere stands in `merge.h`
/// and `module.h`, lists and tables in `tables.h`.
///
/// What is returned is a copy that the caller owns; references to a registry stay valid as long as
/// its store.
///
/// Threads: const functions may be called by many threads at once, as long as the callables given
/// to it (predicates, listeners, factories) may be; everything else needs exclusive access to the
/// registry and the store that it belongs to. No lock is taken.
///
/// ```cpp
/// reg::Registry codecs("Codec", {.extra_field = {{"ext", reg::FieldType::String}},
///                                .select = reg::Predicate::parse("ext == self.ext")});
/// codecs.register_module("libpng.so:decode", {{"ext", "png"}});
/// codecs.register_module("libgif.so:decode", {{"ext", "gif"}});
/// reg::Selection best = codecs.select("decode", {{"ext", "gif"}});
/// assert(best.winner()->symbol.target == "libgif.so:decode");
/// assert(!codecs.select_or_none("decode", {{"ext", "jpg"}}));
/// ```

#include <reg/dispatcher.h>
#include <reg/implementation.h>
#include <reg/registration.h>
#include <reg/selection.h>
#include <reg/symbol.h>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class RegistryState;

/// What is declared of a registry when it is opened.
struct RegistryOptions {
  std::vector<Field> extra_field = {};   ///< what symbols may say (ExCore: `extra_field`)
  std::optional<Predicate> select = {};  ///< scores symbols that bring no predicate of their own
  std::string doc = {};
  std::vector<Fact> context = {};  ///< the facts that callers give; empty: any
};

/// Told of every choice that is made, also of those without a winner; called by the thread that
/// selects.
using SelectionListener = std::function<void(const Selection& selection)>;

/// A named set of symbols. Classes of one's own may derive from it: see `prepare`, and
/// `RegistryStore::registry_factory`.
class Registry {
 public:
  /// An empty registry. Private names (`__…`) are allowed.
  /// @throws InputError if the name, a field's name or a fact's path cannot be one, a field or fact
  /// is there twice, a fact cannot be one of its values, the doc is not UTF-8, or the predicate
  /// does not fit what is declared, calls of undefined ones aside: see `register_symbol`.
  explicit Registry(std::string name, RegistryOptions options = {});
  virtual ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// @name What it is and what it holds
  /// @{

  [[nodiscard]] const std::string& name() const;
  /// The declared fields, in order.
  [[nodiscard]] std::vector<Field> extra_field() const;
  /// Its declaration, the number of its symbols, and the facts that its predicates read, as far as
  /// they are predicates of the language. In time linear in its symbols.
  [[nodiscard]] RegistryInfo info() const;
  /// The number of symbols.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] bool empty() const;
  [[nodiscard]] bool contains(std::string_view oid) const;
  /// All oids, sorted.
  [[nodiscard]] std::vector<std::string> oids() const;
  /// The implementations of an oid, in registration order; empty if there is none.
  [[nodiscard]] std::vector<Symbol> implementations(std::string_view oid) const;
  /// As above. @throws ObjectNotFound, with the nearest name as a hint (logilab: `registry[oid]`).
  std::vector<Symbol> require_implementations(std::string_view oid) const;
  /// Every symbol, by oid and then in registration order (logilab: `all_objects`).
  [[nodiscard]] std::vector<Symbol> all_objects() const;
  /// The only implementation of an oid (logilab: `object_by_id`).
  /// @throws ObjectNotFound; SelectAmbiguity if there are several.
  [[nodiscard]] Symbol object_by_id(std::string_view oid) const;
  /// A field's value for the only implementation of an oid, null where none is given (ExCore:
  /// `get_extra_info`). @throws ObjectNotFound, SelectAmbiguity; InputError if there is no such
  /// field.
  [[nodiscard]] Json get_extra_info(std::string_view oid, std::string_view field) const;
  /// @}

  /// @name Registration
  /// Every function here, but for `clear`, does nothing while registration is locked. What is wrong
  /// is an InputError with all of it in `diagnostics()`, and with both places where two clash;
  /// the registry is then as it was. What is unexpected is warned about when all is done. The
  /// merged view of all registries cannot be changed: UsageError.
  /// @{

  /// Registers an implementation (ExCore: `register_module`, logilab: `register`). An empty oid
  /// stands for the last component of the target; `registries` and `symbol.registry` are ignored. A
  /// number for a field of type version is its text. Warned about are a `replaces` that is not
  /// found, a fact in a predicate that has the name of a named predicate, and one in a `when` that
  /// is not there and is named almost as one that is.
  /// @throws InputError: the oid or target cannot be one; the info has a field that is not declared
  /// or a value of another type; a predicate does not parse or calls an undefined one, reads a
  /// field or fact that is not declared where others are, or has a comparison that can never hold
  /// for the declared types; a `when` reads `self`; the target is there already under this oid, or
  /// it is a second unconditional one (unless forced); it replaces itself. What scores it may be
  /// the registry's own predicate.
  Registered register_symbol(Implementation implementation, RegisterOptions options = {});
  /// Registers a target under its last component, with the values of fields (ExCore:
  /// `register_module`, `register`). Results and errors as above.
  Registered register_module(std::string_view target, const Json& extra_info = Json::object(),
                             Force force = Force::No);
  /// Registers a C++ class behind an interface, to be selected and instantiated in this program.
  /// Results and errors as above.
  template <typename Interface, typename Class>
  Registered register_class(std::string oid, ImplementationOptions about = {},
                            const RegisterOptions& options = {}) {
    return register_symbol(
        Implementation::of_class<Interface, Class>(std::move(oid), std::move(about)), options);
  }
  /// Registers targets, each with its info, all or none (ExCore: `register_all`). Returns how many
  /// of them are registered now; 0 while locked. @throws InputError as above, and if there is info
  /// for a different number of targets (none: for none).
  std::size_t register_all(const std::vector<std::string>& targets,
                           const std::vector<Json>& extra_info = {}, Force force = Force::No);
  /// As `register_symbol` with this `options.replaces` (logilab: `register_and_replace`).
  Registered register_and_replace(Implementation implementation, std::string_view replaced,
                                  RegisterOptions options = {});
  /// Removes a symbol; a warning if it is not there (logilab: `unregister`).
  Unregistered unregister(std::string_view oid, std::string_view target);
  /// Removes all symbols, also while registration is locked.
  void clear();
  /// Ends registration: calls the hook of every symbol that was registered since the last time, by
  /// oid and then in registration order (logilab: `initialization_completed`, `__registered__`). A
  /// hook may register and unregister: what it unregisters is not called any more, what it
  /// registers is called too, afterwards.
  /// @throws what a hook throws; those that were not called are called the next time.
  void initialization_completed();
  /// @}

  /// @name Selection
  /// The context is laid over the store's base context; what is declared to be a version is
  /// compared as one. What is pinned in the cache that a registry was loaded from stays so; in the
  /// merged view, where the oid is in that registry alone. Scoring throws what C++ predicates
  /// throw, and InputError as `facts_for` (facts.h).
  /// @{

  /// The score of every implementation of an oid. Tells no listener. @throws ObjectNotFound.
  [[nodiscard]] Selection score(std::string_view oid, const Context& context,
                                Explain explain = Explain::No) const;
  /// The same, and there is a winner (logilab: `select`). A tie is won by the first registered,
  /// with a warning. @throws ObjectNotFound; NoSelectableObject; in debug mode, SelectAmbiguity.
  [[nodiscard]] Selection select(std::string_view oid, const Context& context) const;
  /// The winner; nothing if none applies or there is no such oid (logilab: `select_or_none`). Ties
  /// as above.
  [[nodiscard]] std::optional<Candidate> select_or_none(std::string_view oid,
                                                        const Context& context) const;
  /// The winner of every oid, sorted by oid, leaving out oids where none applies (logilab:
  /// `possible_objects`). Ties as above, those of each oid.
  [[nodiscard]] std::vector<Candidate> possible_objects(const Context& context) const;
  /// This registry as it is now, compiled for millions of selections.
  [[nodiscard]] Dispatcher dispatcher() const;
  /// Adds a listener, for the registry's lifetime (logilab: `add_select_best_listener`).
  void add_select_best_listener(SelectionListener listener);
  /// @}

  /// @name Instances
  /// Each is new, and the caller's. Ties, listeners and errors are those of the selection that it
  /// is made by. @throws also UsageError if the symbol was registered for another interface, or
  /// without a factory; what the constructor throws.
  /// @{

  /// Of the winner, made with the selection's facts (logilab: `select`).
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> select_instance(std::string_view oid,
                                                           const Context& context) const {
    const Selection selection = select(oid, context);
    return factory_of(selection.winner()->symbol).template create<Interface>(selection.context);
  }
  /// As above, and null if none applies or there is no such oid (logilab: `select_or_none`).
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> select_instance_or_none(std::string_view oid,
                                                                   const Context& context) const {
    const std::optional<Candidate> winner = select_or_none(oid, context);
    if (!winner) return nullptr;
    return factory_of(winner->symbol).template create<Interface>(facts_of(context));
  }
  /// Of the only implementation of an oid, made with the same facts as a selection (logilab:
  /// `object_by_id`). @throws ObjectNotFound, SelectAmbiguity.
  template <typename Interface>
  [[nodiscard]] std::unique_ptr<Interface> instance_by_id(
      std::string_view oid, const Context& context = Context::object()) const {
    return factory_of(object_by_id(oid)).template create<Interface>(facts_of(context));
  }
  /// The factory of a symbol of this registry; empty if it was registered without one.
  [[nodiscard]] Factory factory_of(const Symbol& symbol) const;
  /// The facts that a selection for this context sees: it, laid over the store's base context.
  [[nodiscard]] Context facts_of(const Context& context) const;
  /// @}

 protected:
  /// What a registry class of one's own may add to the checks of a newcomer, copies included, which
  /// it may change too; called before the rules are applied, and also for newcomers that the rules
  /// then refuse. Registers nothing itself. By default, does nothing. @throws what it likes; the
  /// registration is then off.
  virtual void prepare(Implementation& newcomer) const;

 private:
  friend struct Inside;  // the library's own functions that stand beside this class
  explicit Registry(std::unique_ptr<RegistryState> state);
  std::unique_ptr<RegistryState> state_;
};

}  // namespace reg
