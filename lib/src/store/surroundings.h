#pragma once
// What the registries of one store share; a registry of its own has one for itself.

#include <reg/registry_store.h>
#include <reg/traced_selection.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// One trace. Selections of several threads may write to it at once.
struct Tracer {
  Tracer(std::vector<std::string> traced, TracedSelection::Sink hand_on)
      : oids(std::move(traced)), sink(std::move(hand_on)) {}

  bool wants(std::string_view oid) const;
  void write(const Selection& selection);

  const std::vector<std::string> oids;  // empty: all
  const TracedSelection::Sink sink;     // empty: the lines are kept
  std::mutex mutex;
  std::vector<std::string> lines;
};

struct Surroundings {
  bool register_locked = false;
  DebugMode debugmode = DebugMode::No;
  WarningHandler warning_handler;
  Json facts = Json::object();
  Context base_context = Context::object();
  PredicateSet predicates;
  std::vector<SelectionListener> listeners;
  std::vector<std::shared_ptr<Tracer>> tracers;

  void warn(const Diagnostic& warning) const;
  void warn(Place place, std::string message, std::string hint = {}) const;
  // Why a newcomer is not to be registered, if so, its lock aside. What is wrong with its `when`
  // goes to `problems`.
  std::optional<Registered> reason_against(const Implementation& newcomer,
                                           std::vector<Diagnostic>& problems) const;
  // What is wrong with the calls of a symbol's predicate.
  void check_calls(const Predicate& predicate, const Symbol& symbol,
                   std::vector<Diagnostic>& problems) const;
  bool is_traced(std::string_view oid) const;
};

}  // namespace reg
