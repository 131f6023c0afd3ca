#pragma once
/// @file selection.h
/// The choice of the best implementation for a context, with its reasons.
///
/// Everything here is a value; `choose` reads only its arguments, so any thread may call it.

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace reg {

/// An implementation and how well it fits.
struct Candidate {
  Symbol symbol;
  double score = 0;
  std::optional<Trace> trace;  ///< set if an explanation was asked for
};

enum class Explain : bool { No, Yes };

/// The outcome of scoring every implementation of one oid.
struct Selection {
  std::string registry;
  std::string oid;
  Context context;
  std::vector<Candidate> candidates;  ///< best first; equal scores in registration order
  std::size_t tied = 0;  ///< how many candidates share the best positive score; 0: none applies

  /// The first of the best, or null if none applies.
  const Candidate* winner() const { return tied == 0 ? nullptr : &candidates.front(); }
  bool ambiguous() const { return tied > 1; }
  /// The candidates with a positive score, best first.
  std::span<const Candidate> applicable() const;
};

/// No implementation applies to the context (logilab: `NoSelectableObject`). `what()` shows the
/// context's values and every candidate's score.
class NoSelectableObject : public RegistryError {
 public:
  explicit NoSelectableObject(Selection selection);
  const Selection& selection() const noexcept { return selection_; }

 private:
  Selection selection_;
};

/// Several implementations share the best score, or `object_by_id` found more than one
/// (logilab: `SelectAmbiguity`).
class SelectAmbiguity : public RegistryError {
 public:
  SelectAmbiguity(const std::string& message, std::vector<std::string> targets);
  const std::vector<std::string>& targets() const noexcept { return targets_; }

 private:
  std::vector<std::string> targets_;
};

/// Scores the implementations of one oid, given in registration order. A symbol without a predicate
/// is scored by `fallback` (its registry's `select`), and without that as `yes()`. What is in
/// `versions` is compared as such.
/// @throws InputError if a symbol's predicate does not parse or calls an unknown name.
Selection choose(std::string registry, std::string oid, std::vector<Symbol> implementations,
                 const std::optional<std::string>& fallback, Context context,
                 const PredicateSet& named, Explain explain = Explain::No,
                 const Versions& versions = {});

}  // namespace reg
