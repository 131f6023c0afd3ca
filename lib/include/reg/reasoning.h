#pragma once
/// @file reasoning.h
/// What holds for every context: whether an implementation can ever apply, or ever win, by which
/// facts it would, and whether two states of an oid select alike.
///
/// Everything here is sound. A claim holds for every context that a caller may give: any values of
/// the declared types (undeclared: any JSON), each fact given or not, laid over the base context;
/// it is made without pins, for these are there for a while; only `compare_selections` obeys them.
/// A witness is such a context, and was scored. What cannot be decided, or not within the limits,
/// is said to be undecided.
///
/// ```cpp
/// reg::Contest gemm;
/// gemm.oid = "gemm";
/// gemm.registry.name = "Kernel";
/// for (const char* select : {"sm >= 80", "sm >= 90"}) {
///   reg::Symbol& symbol = gemm.symbols.emplace_back();
///   symbol.registry = "Kernel";
///   symbol.target = select;
///   symbol.select = select;
/// }
/// const reg::Reasoner reasoner(gemm);
/// assert(reasoner.winning(1).verdict == reg::Verdict::Never);
/// assert(reasoner.winning(1).beaten_by == std::vector<std::size_t>{0});
/// assert(reg::how_beaten(gemm, reasoner.winning(1)) ==
///        "\"sm >= 80\" scores at least as much, and is registered before it");
/// const reg::WhyNot why = reasoner.why(0, {{"sm", 70}});
/// assert(why.changes.at(0).facts.at(0).condition == "sm >= 80");
/// ```

#include <reg/cache.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// The implementations of one oid, and what their scores depend on besides what a caller gives.
struct Contest {
  /// Its types and its `select`, and where selections are compared its pin of the oid; nothing else
  /// of it is looked at.
  RegistryInfo registry;
  std::string oid;
  std::vector<Symbol> symbols;       ///< in registration order
  PredicateSet named;                ///< all that their predicates call
  Context base = Context::object();  ///< what a caller's facts are laid over
};

/// @throws RegistryNotFound, ObjectNotFound, StorageError.
[[nodiscard]] Contest contest_of(const Cache& cache, std::string_view registry,
                                 std::string_view oid);

/// Bounds on what one question may take; beyond them it is undecided.
struct ReasoningLimits {
  std::size_t boxes = 4096;       ///< conditions that are kept at a time
  std::size_t steps = 2'000'000;  ///< conditions that are looked at
};

/// For which contexts something holds, of all that a caller may give.
enum class Verdict : std::uint8_t {
  Never,      ///< for none
  Sometimes,  ///< for one at least, a witness; it is not shown to hold for all that are in question
  Always,     ///< for all that are in question: see `Applying` and `Winning`
  Undecided,  ///< not found out
};

/// Whether an implementation applies. Always: for every context.
struct Applying {
  Verdict verdict = Verdict::Undecided;
  std::optional<Context> witness = {};  ///< for which it applies: of Sometimes and Always
  /// The facts of the base context without which a claim, Never or Always, would not be made.
  std::vector<std::string> rests_on = {};
};

/// Whether an implementation wins. Always: for every context for which it applies.
struct Winning {
  Verdict verdict = Verdict::Undecided;
  std::optional<Context> witness = {};  ///< for which it wins: of Sometimes and Always
  /// Of Never: those that beat it, wherever it applies, together; none: it never applies.
  std::vector<std::size_t> beaten_by = {};
  /// Of Never: some of them only share its score, and are registered before it.
  bool by_order = false;
  std::vector<std::string> rests_on = {};  ///< as for `Applying`
};

/// How the others beat it, of Never: `"a.Fast" or "a.Any" scores more`. The first few are named.
[[nodiscard]] std::string how_beaten(const Contest& contest, const Winning& winning);

/// Implementations whose scores are the same for every context, of which some applies.
struct AlwaysTied {
  std::vector<std::size_t> symbols;  ///< in registration order; the first wins among them
  Context witness;                   ///< for which they apply
};

/// What one fact would have to be.
struct FactCondition {
  std::string fact;             ///< its path, as predicates name it
  std::string condition;        ///< a predicate that reads this fact only: `sm >= 90`
  std::optional<Json> now;      ///< its value; not set: it is missing
  std::optional<Json> example;  ///< a value that meets the condition; not set: it is taken away
};

/// Facts which, changed together, make an implementation win. No fewer of them do.
struct ContextChange {
  std::vector<FactCondition> facts;
  Context example;  ///< the whole context, base included, changed by way of the examples; scored
};

/// Why an implementation does not win for a context.
struct WhyNot {
  bool wins = false;  ///< it does; there are no changes then
  /// Whether it can win, and if not, who beats it.
  Winning winning = {};
  std::vector<ContextChange> changes = {};  ///< fewest facts first
  /// Whether those with the fewest facts are all there, and no change of fewer facts exists;
  /// without changes: that none exists.
  bool complete = false;
};

/// Two winners of one context.
struct SelectionChange {
  Context context;                           ///< what a caller gives
  std::optional<std::string> before, after;  ///< the targets; not set: none applies
  /// Who publishes them, where another origin (remote.h) does.
  std::string before_origin = {}, after_origin = {};
};

/// How the selections of two states of an oid differ.
struct SelectionDifference {
  enum class Kind : std::uint8_t { Same, Changed, Undecided };
  Kind kind = Kind::Undecided;
  std::vector<SelectionChange> changes =
      {};  ///< one for each pair of winners that was found; at most 32
};

/// Whether a context that shows an answer is wanted, which takes longer to find than the answer.
enum class Witnesses : std::uint8_t {
  Wanted,
  /// No answer has one, and Sometimes is said of all that is neither: also of what is undecided for
  /// want of a witness.
  Spared
};

/// Reasons about the implementations of one oid. Any number of threads may ask.
class Reasoner {
 public:
  /// @throws InputError, with the symbol's place, if a predicate does not parse or calls a name
  /// that is not in `named`.
  explicit Reasoner(Contest contest, ReasoningLimits limits = {});
  Reasoner(Reasoner&&) noexcept;
  Reasoner& operator=(Reasoner&&) noexcept;
  Reasoner(const Reasoner&) = delete;
  Reasoner& operator=(const Reasoner&) = delete;
  ~Reasoner();

  /// What it reasons about; good as long as the reasoner is.
  [[nodiscard]] const Contest& contest() const;

  /// Whether an implementation applies. `symbol` is an index into `Contest::symbols`, here and
  /// below.
  [[nodiscard]] Applying applying(std::size_t symbol,
                                  Witnesses witnesses = Witnesses::Wanted) const;
  /// Whether it wins against the others.
  [[nodiscard]] Winning winning(std::size_t symbol, Witnesses witnesses = Witnesses::Wanted) const;
  /// Groups of two or more, sorted by their first; those that read no fact are left out.
  [[nodiscard]] std::vector<AlwaysTied> always_tied() const;
  /// Why an implementation does not win for a context, which is laid over the base. @throws
  /// InputError as `facts_for` (facts.h).
  [[nodiscard]] WhyNot why(std::size_t symbol, const Context& context) const;

 private:
  class Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

/// Compares what two states of one oid select, for whatever a caller gives that both accept; the
/// base context and the pin of each are its own. Winners are the same if their targets are.
/// @throws InputError as `Reasoner`.
[[nodiscard]] SelectionDifference compare_selections(const Contest& before, const Contest& after,
                                                     ReasoningLimits limits = {});

}  // namespace reg
