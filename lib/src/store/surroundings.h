#pragma once
// What the registries of one store share; a registry of its own has one for itself.

#include <reg/registry.h>
#include <reg/registry_store.h>
#include <reg/traced_selection.h>
#include <memory>
#include <mutex>
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
  Registry* global = nullptr;  // the merged view, once there is one

  void warn(Place place, std::string message, std::string hint = {}) const;
  // Why nothing is to be done about a newcomer, if so. Throws InputError if its `when` calls an
  // undefined predicate.
  std::optional<Registered> ignored(const Implementation& newcomer) const;
  // Throws InputError, which says whose predicate it is, if it calls an undefined one.
  void require_defined(const Predicate& predicate, const Symbol& symbol) const;
  bool is_traced(std::string_view oid) const;
};

}  // namespace reg
