#pragma once
/// @file dispatcher.h
/// `Dispatcher`: a registry, compiled for programs that select millions of times.
///
/// `Registry::select` and `Cache::select` score every implementation of an oid and give all of them
/// back. A dispatcher gives the winner only, and scores few: what each predicate requires of a fact
/// (`device == "cuda"`, `op in self.ops`) is a key under which the implementation is found, and the
/// rest is tried from the best possible score down, until no one left can win or tie. The outcome
/// is the same.
///
/// ```cpp
/// const reg::Dispatcher kernels = reg::Cache::open(file).dispatcher("Kernel");
/// if (auto choice = kernels.select("gemm", {{"device", "cuda"}, {"sm", 90}}))
///   std::cout << choice->symbol.target << '\n';
/// ```

#include <reg/implementation.h>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace reg {

/// What a dispatcher chose.
struct Choice {
  const Implementation* winner = nullptr;  ///< the dispatcher's; null: none applies
  double score = 0;                        ///< the winner's
  /// How many share that score, among them the same target of other origins; the winner was
  /// registered first among them. 1 where a pin decides.
  std::size_t tied = 0;
  bool pinned = false;  ///< the winner is pinned

  explicit operator bool() const { return winner != nullptr; }
  const Implementation& operator*() const { return *winner; }
  const Implementation* operator->() const { return winner; }
};

/// The implementations of one registry as they were when it was made; it knows nothing of what is
/// registered later, and tells no listener.
class Dispatcher {
 public:
  /// Of implementations in registration order; those without a predicate are unconditional.
  /// Selections lay their context over `base`. `declared` is what the symbols' registries declare:
  /// their fields and facts of type version are compared as such, and facts are checked; in a
  /// registry that is not there, nothing is declared. Their pins count where all implementations of
  /// an oid are of one registry. `Cache::dispatcher` and
  /// `Registry::dispatcher` gather all this. `registries`, `when`, `abstract` and `on_registered`
  /// are not looked at.
  /// @throws InputError, with the symbol's place, if a predicate does not parse or calls a name
  /// that is not in `named`; or if `named` has problems (`PredicateSet::problems`).
  Dispatcher(std::vector<Implementation> implementations, PredicateSet named,
             Context base = Context::object(), const std::vector<RegistryInfo>& declared = {});
  Dispatcher(Dispatcher&&) noexcept;
  Dispatcher& operator=(Dispatcher&&) noexcept;
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  ~Dispatcher();

  /// The best implementation of an oid; none if none applies or there is no such oid. Any number of
  /// threads may call it at once, and none waits for another.
  ///
  /// It allocates nothing, unless C++ predicates do (or are to be called for a context with numbers
  /// that keep their text), or the context has to be merged with the base: for a C++ predicate,
  /// where both have an object under the same name, or where a number is given for a version.
  /// @throws InputError as `facts_for` (facts.h); what C++ predicates throw; those that cannot win
  /// are not called.
  [[nodiscard]] Choice select(std::string_view oid, const Context& context) const&;
  /// What is chosen is the dispatcher's, and would be gone with a temporary one.
  Choice select(std::string_view oid, const Context& context) const&& = delete;
  /// How many implementations of that oid there are.
  [[nodiscard]] std::size_t size(std::string_view oid) const;

 private:
  class Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace reg
