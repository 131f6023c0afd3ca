#pragma once
/// @file traced_selection.h
/// `TracedSelection`: what every predicate returned, while it lives.
///
/// Beginning and ending a trace needs exclusive access to the store; selections of any number of
/// threads are traced in between.
///
/// ```cpp
/// reg::TracedSelection traced(store, {"image"});
/// reg::Selection best = store.select("codecs", "image", {{"ext", "png"}});
/// assert(traced.lines().front() == "predicate ext == \"png\" returned 1 for Png");
/// ```

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace reg {

class Registry;
class RegistryStore;

/// Traces the selections in a store or in a registry of its own (logilab: `traced_selection`): a
/// line for each part of a predicate that is evaluated, the innermost first. Several at once are
/// independent of each other. It may outlive the store.
class [[nodiscard]] TracedSelection {
 public:
  /// Called with each line, by the thread that selects; one call at a time.
  using Sink = std::function<void(const std::string& line)>;

  /// Keeps the lines. `oids`: what is traced; empty: all.
  explicit TracedSelection(RegistryStore& store, std::vector<std::string> oids = {});
  explicit TracedSelection(Registry& registry, std::vector<std::string> oids = {});
  /// Hands the lines on.
  TracedSelection(RegistryStore& store, Sink sink, std::vector<std::string> oids = {});
  TracedSelection(Registry& registry, Sink sink, std::vector<std::string> oids = {});
  /// Ends the trace.
  ~TracedSelection();
  TracedSelection(const TracedSelection&) = delete;
  TracedSelection& operator=(const TracedSelection&) = delete;

  /// The lines so far; none if they are handed on.
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace reg
