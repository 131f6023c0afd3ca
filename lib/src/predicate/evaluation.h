#pragma once
// The evaluation of a predicate: for `score`, and part by part for `explain`.

#include <predicate/node.h>
#include <predicate/value.h>
#include <predicate/version_paths.h>
#include <cstddef>
#include <span>
#include <string>

namespace reg::ast {

// What a path leads to in a value; null: nothing.
const Json* descend(const Json* value, std::span<const std::string> keys);

// The facts that a predicate is scored for: those of a context, and of a base context for the first
// keys that the context does not have. C++ callables are given the context only.
struct Facts {
  const Context& context;
  const Context* base = nullptr;

  // Null: there is no such fact.
  const Json* find(std::span<const std::string> keys) const;
};

// What one evaluation may take, so that definitions which nobody has checked can neither overflow
// the stack nor run for hours. `PredicateSet::problems` reports what would reach these limits, with
// room to spare.
inline constexpr std::size_t max_calls = 200;        // named predicates within named predicates
inline constexpr std::size_t max_levels = 1000;      // parts within parts, through all calls
inline constexpr std::size_t max_steps = 4'000'000;  // parts evaluated, and parameters searched

class Level {
 public:
  explicit Level(std::size_t& depth) : depth_(++depth) {}
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  std::size_t& depth_;
};

// Whether every argument of the test of a fact must score.
enum class All : bool { No, Yes };
inline All all_of(const PredicateDefinition& definition) {
  return definition.all ? All::Yes : All::No;
}

// Scores parts of one predicate for one candidate and context. All scores are finite. Allocates
// nothing. Throws InputError for a call that cannot be made, and beyond the limits.
class Evaluation {
 public:
  // `met`, if given, is a part that is known to be 1, and is not evaluated.
  Evaluation(const Facts& facts, const Json& self, const PredicateSet& named, VersionPaths versions,
             const Predicate* met = nullptr)
      : facts_(facts), self_(self), named_(named), versions_(versions), met_(met) {}
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  double score(const Predicate& predicate, const Frame* frame);
  // What an operand stands for.
  Value resolve(const Operand& operand, const Frame* frame);
  Value resolve(const Path& path, const Frame* frame);
  // The fact that a predicate of this name is the test of.
  Value tested_fact(const std::string& name) const;
  // The score of a call of a predicate that is the test of a fact, and of one of its arguments.
  double test_of_fact(const Call& call, All all, const Frame* frame);
  double test_of_fact(Value fact, const Operand& argument, const Frame* frame);
  // The definition that a call is for, which takes these arguments.
  const PredicateDefinition& definition(const Call& call) const;

  // Counts a part within the parts around it, and a call within those around it, for as long as it
  // lives.
  [[nodiscard]] Level enter() {
    if (levels_ == max_levels) fail_for_levels();
    return Level(levels_);
  }
  [[nodiscard]] Level enter_call() {
    if (calls_ == max_calls) fail_for_calls();
    return Level(calls_);
  }

 private:
  double part(const Conjunction& all, const Frame* frame);
  double part(const Disjunction& any, const Frame* frame);
  double part(const Negation& negation, const Frame* frame);
  double part(const Bare& bare, const Frame* frame);
  double part(const Comparison& comparison, const Frame* frame);
  double part(const Presence& presence, const Frame* frame);
  double part(const Rank& rank, const Frame* frame);
  double part(const Call& call, const Frame* frame);
  double part(const Callable& callable, const Frame* frame);
  Value resolve_declared(const Path& path, const Frame* frame);
  Value behind_argument(const Operand& argument, const Path& path, const Frame* frame);
  void step(std::size_t steps = 1) {
    steps_ += steps;
    if (steps_ > max_steps) fail_for_steps();
  }
  [[noreturn]] static void fail_for_levels();
  [[noreturn]] static void fail_for_calls();
  [[noreturn]] static void fail_for_steps();

  const Facts facts_;
  const Json& self_;
  const PredicateSet& named_;
  const VersionPaths versions_;
  const Predicate* const met_;
  std::size_t steps_ = 0;
  std::size_t levels_ = 0;
  std::size_t calls_ = 0;
};

// A score as all scores are: a number; NaN becomes 0, infinity the greatest number.
double finite(double score);

}  // namespace reg::ast
