#pragma once
// What the registries of one store share; a registry of its own has one for itself.

#include <reg/registry_store.h>
#include <reg/traced_selection.h>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace reg {

namespace ast {
struct TypeFinding;
}

// What is found out about the newcomers of one call.
class Findings {
 public:
  void error(const Place& place, std::string message, std::string hint = {},
             std::string excerpt = {});
  // What types say of a predicate, which `whose` names for messages. What would be warned about in
  // the same words for many newcomers of one source and `scope` is said of the first.
  void add(const ast::TypeFinding& found, const Place& place, const std::string& whose,
           const std::string& scope);

  std::vector<Diagnostic> problems, warnings;

 private:
  std::set<std::string> said_;
};

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
  // Tells what was found once all is done.
  void warn(const std::vector<Diagnostic>& warnings) const;
  // Why a newcomer is not to be registered, if so, its lock aside.
  std::optional<Registered> reason_against(const Implementation& newcomer,
                                           Findings& findings) const;
  // Checks the predicate of a symbol against what its registry declares.
  void check(const Predicate& predicate, const Symbol& symbol, const RegistryInfo& registry,
             Findings& findings) const;
  bool is_traced(std::string_view oid) const;
};

}  // namespace reg
