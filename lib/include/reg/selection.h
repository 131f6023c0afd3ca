#pragma once
/// @file selection.h
/// The choice of the best implementation for a context, with its reasons.
///
/// Everything here is a value; `choose` reads only its arguments, so any thread may call it.
///
/// ```cpp
/// std::vector<reg::Symbol> codecs(2);
/// codecs[0].target = "fast.Codec";
/// codecs[0].select = "ext == 'png'";
/// codecs[1].target = "any.Codec";
/// reg::Selection choice =
///     reg::choose("codecs", "image", codecs, std::nullopt, {{"ext", "jpg"}}, {});
/// assert(choice.winner()->symbol.target == "any.Codec" && !choice.tie());
/// codecs.pop_back();
/// choice = reg::choose("codecs", "image", codecs, std::nullopt, {{"ext", "jpg"}}, {},
///                      reg::Explain::Yes);
/// assert(reg::NoSelectableObject(choice).refusals()[0].why ==
///        "ext == \"png\" (ext is \"jpg\")");
/// ```

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// An implementation and how well it fits.
struct Candidate {
  Symbol symbol;
  double score = 0;
  std::optional<Trace> trace;  ///< set if an explanation was asked for
  /// Why it is pinned: then it wins wherever it applies, whatever it scores. Null: it is not.
  std::shared_ptr<const std::string> pinned = {};

  /// The same, to be read; not set: it is not pinned.
  [[nodiscard]] std::optional<std::string_view> why_pinned() const {
    return pinned ? std::optional<std::string_view>(*pinned) : std::nullopt;
  }
};

/// Whose publication (remote.h) a symbol is from; empty: the workspace's own.
[[nodiscard]] std::string origin_of(const Symbol& symbol);
/// Its target, and where it is from if that is another origin: `libgemm.so:make, from host-17`.
[[nodiscard]] std::string name_of_implementation(const Symbol& symbol);

enum class Explain : bool { No, Yes };

/// Implementations of one oid that share the best score.
struct Tie {
  std::string registry;
  std::string oid;
  double score = 0;
  /// In registration order: the first was taken. Each once, whichever origins (remote.h) have it.
  std::vector<std::string> targets;

  /// `Codec/image: 2 implementations share the score 1: codecs.png.Png, codecs.apng.Apng`
  [[nodiscard]] std::string message() const;
};

/// The outcome of scoring every implementation of one oid.
struct Selection {
  std::string registry;
  std::string oid;
  Context context;
  /// Best first; equal scores in registration order. One that is pinned and applies comes before
  /// all others.
  std::vector<Candidate> candidates;
  /// How many candidates share the best positive score; 0: none applies. 1 where a pin decides.
  /// They may be one target of several origins.
  std::size_t tied = 0;
  /// Without its pin the winner would not win, but the candidate after it.
  bool pin_decides = false;

  /// The one that is pinned, wherever it stands; null: none is.
  [[nodiscard]] const Candidate* pinned() const;
  /// The first of the best, or null if none applies.
  [[nodiscard]] const Candidate* winner() const {
    return tied == 0 ? nullptr : &candidates.front();
  }
  /// Who would win if the winner were not pinned; null: it would itself.
  [[nodiscard]] const Candidate* displaced() const {
    return pin_decides ? &candidates[1] : nullptr;
  }
  /// The first of another target that scores as much as the winner, which is pinned; null: none
  /// does, or the winner is not pinned.
  [[nodiscard]] const Candidate* tied_without_pin() const;
  /// The targets of those that share the best score, in registration order, each once.
  [[nodiscard]] std::vector<std::string> best_targets() const;
  /// Whether these are several. The same target from several origins is what a fleet looks like,
  /// and the first of them, the workspace's own before others', is as good as the others.
  [[nodiscard]] bool ambiguous() const { return best_targets().size() > 1; }
  /// Those that share the best score, if they are several targets.
  [[nodiscard]] std::optional<Tie> tie() const;
  /// The candidates with a positive score, in their order.
  [[nodiscard]] std::span<const Candidate> applicable() const;
};

/// The best implementation of every oid of a registry (`Cache::possible_objects`).
struct PossibleObjects {
  std::vector<Candidate> winners;  ///< sorted by oid; oids where none applies are left out
  std::vector<Tie> ties;           ///< sorted by oid
};

/// The innermost part of a predicate that made it fail: an alternative fails as a whole. Of one
/// that did not fail, the whole.
[[nodiscard]] const Trace& first_failure(const Trace& trace);
/// That part's text and the values that it was given: `sm >= self.min_sm (sm is 70, self.min_sm is
/// 80)`. Empty for a candidate that applies, or without a trace.
[[nodiscard]] std::string why_not(const Candidate& candidate);

/// Why an implementation does not apply.
struct Refusal {
  std::string target;
  double score = 0;
  std::string why;  ///< `why_not`; empty if the selection was not explained
};

/// No implementation applies to the context (logilab: `NoSelectableObject`). `what()` shows the
/// context's values and, of the first few candidates, why they do not apply.
class NoSelectableObject : public RegistryError {
 public:
  /// Of a selection without a winner, best made with `Explain::Yes`.
  explicit NoSelectableObject(Selection selection);
  [[nodiscard]] const Selection& selection() const noexcept { return selection_; }
  /// One for each candidate, in their order.
  [[nodiscard]] std::vector<Refusal> refusals() const;

 private:
  Selection selection_;
};

/// Several implementations share the best score, or `object_by_id` found more than one
/// (logilab: `SelectAmbiguity`).
class SelectAmbiguity : public RegistryError {
 public:
  SelectAmbiguity(const std::string& message, std::vector<std::string> targets);
  /// Of at least one tie. `what()` has a line for each of the first few, `targets()` are those of
  /// the first.
  explicit SelectAmbiguity(const std::vector<Tie>& ties);
  [[nodiscard]] const std::vector<std::string>& targets() const noexcept { return targets_; }

 private:
  std::vector<std::string> targets_;
};

/// Scores the implementations of one oid, given in registration order. A symbol without a predicate
/// is scored by `fallback` (its registry's `select`), and without that as `yes()`. What is in
/// `versions` is compared as such. With `pin`, the implementation that has its target wins if it
/// applies; of several origins', the best of those that do.
/// @throws InputError if a symbol's predicate does not parse or calls an unknown name.
[[nodiscard]] Selection choose(std::string registry, std::string oid,
                               std::vector<Symbol> implementations,
                               const std::optional<std::string>& fallback, Context context,
                               const PredicateSet& named, Explain explain = Explain::No,
                               const Versions& versions = {}, const std::optional<Pin>& pin = {});

}  // namespace reg
