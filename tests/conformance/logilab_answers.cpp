// The differential test's cases, answered by this library.

#include "logilab_case.h"

#include <reg/registry_store.h>
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace reg::conformance {
namespace {

// Joins parts with an operator, from the left, from the right or in place, so that all forms of it
// are compared.
template <typename Join>
Predicate joined(const std::vector<Predicate>& parts, Join join, bool from_left) {
  if (from_left) {
    Predicate all = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) all = join(all, parts[i]);
    return all;
  }
  Predicate all = parts.back();
  for (std::size_t i = parts.size() - 1; i > 0; --i) all = join(parts[i - 1], all);
  return all;
}

Predicate leaf(const std::string& kind, const std::string& fact, const Json& tree) {
  if (kind == "has") return Predicate::parse("has(" + fact + ")");
  if (kind == "truthy") return Predicate::parse(fact);
  if (kind == "eq") return Predicate::parse(fact + " == " + tree[2].dump());
  if (kind == "ge") return Predicate::parse(fact + " >= " + tree[2].dump());
  return objectify_predicate("score", [fact](const Context& context) {
    auto found = context.find(fact);
    return found != context.end() && found->is_number() ? found->get<double>() : 0.0;
  });
}

Predicate predicate(const Json& tree) {
  std::string kind = tree[0];
  if (kind == "yes") return tree.size() == 1 ? yes() : yes(tree[1].get<double>());
  if (kind == "not") return ~predicate(tree[1]);
  if (kind != "and" && kind != "or") return leaf(kind, tree[1], tree);
  std::vector<Predicate> parts;
  for (std::size_t i = 1; i < tree.size(); ++i) parts.push_back(predicate(tree[i]));
  bool from_left = parts.size() % 2 == 0;
  if (kind == "and")
    return joined(
        parts, [](Predicate a, const Predicate& b) { return a &= b; }, from_left);
  return joined(
      parts, [](const Predicate& a, const Predicate& b) { return a | b; }, from_left);
}

class Library {
 public:
  explicit Library(const Json& test_case)
      : store_(test_case.at("debug") ? DebugMode::Yes : DebugMode::No) {
    store_.on_warning([this](const Diagnostic&) { ++warnings_; });
    for (const std::string name : test_case.at("registries")) store_.registry(name);
    store_.add_select_best_listener([this](const Selection& selection) { report(selection); });
  }

  std::string run(const Json& step) {
    Implementation implementation = implementation_of(step);
    try {
      if (step.at("do") == "register") {
        Clear clear = step.at("clear") ? Clear::Yes : Clear::No;
        store_.register_symbol(implementation, {.clear = clear});
      } else if (step.at("do") == "unregister") {
        const Symbol& symbol = implementation.symbol;
        store_.unregister(symbol.registry, symbol.oid, symbol.target);
      } else {
        store_.register_and_replace(implementation, step.at("replaced").get<std::string>());
      }
    } catch (const InputError&) {
      return "refused";
    }
    return "done";
  }

  Json ask(const std::string& registry, const std::string& oid, const Context& context) const {
    return {
        {"select", outcome([&] { return named(*store_.select(registry, oid, context).winner()); })},
        {"select_or_none", outcome([&] {
           auto winner = store_.select_or_none(registry, oid, context);
           return winner ? named(*winner) : Json(nullptr);
         })},
        {"object_by_id",
         outcome([&] { return Json::array({store_.object_by_id(registry, oid).target}); })},
        {"possible_objects", outcome([&] {
           std::vector<std::string> targets;
           for (const Candidate& one : store_.possible_objects(registry, context))
             targets.push_back(one.symbol.target);
           return sorted(std::move(targets));
         })},
        {"all_objects", outcome([&] {
           std::vector<std::string> targets;
           for (const Symbol& symbol : store_.all_objects(registry))
             targets.push_back(symbol.target);
           return sorted(std::move(targets));
         })},
    };
  }

  Json finish() {
    store_.initialization_completed();
    return sorted(registered_);
  }

  std::size_t warnings() const { return warnings_; }
  const Json& reports() const { return reports_; }

 private:
  Implementation implementation_of(const Json& step) {
    Implementation made = Implementation::of_target(step.at("target"), step.at("oid"));
    made.symbol.registry = step.at("registry");
    made.on_registered = [this, target = made.symbol.target](const Registry&) {
      registered_.push_back(target);
    };
    // A class keeps the predicate that it was made with, however often it is registered.
    auto key = std::pair(made.symbol.registry, made.symbol.target);
    auto [known, is_new] = predicates_.try_emplace(key);
    if (is_new && !step.at("select").is_null()) known->second = predicate(step.at("select"));
    made.predicate = known->second;
    return made;
  }

  void report(const Selection& selection) {
    std::vector<std::pair<std::string, double>> scores;
    std::vector<std::string> winners;
    for (const Candidate& candidate : selection.candidates) {
      scores.emplace_back(candidate.symbol.target, candidate.score);
      if (winners.size() < selection.tied) winners.push_back(candidate.symbol.target);
    }
    std::sort(scores.begin(), scores.end());
    reports_.push_back({{"scores", scores}, {"winners", winners}});
  }

  template <typename Query>
  static Json outcome(Query query) {
    try {
      return query();
    } catch (const RegistryNotFound&) {
      return "RegistryNotFound";
    } catch (const ObjectNotFound&) {
      return "ObjectNotFound";
    } catch (const NoSelectableObject&) {
      return "NoSelectableObject";
    } catch (const SelectAmbiguity&) {
      return "SelectAmbiguity";
    }
  }

  static Json named(const Candidate& candidate) { return Json::array({candidate.symbol.target}); }

  static Json sorted(std::vector<std::string> targets) {
    std::sort(targets.begin(), targets.end());
    return targets;
  }

  RegistryStore store_;
  std::map<std::pair<std::string, std::string>, std::optional<Predicate>> predicates_;
  std::size_t warnings_ = 0;
  std::vector<std::string> registered_;
  Json reports_ = Json::array();
};

Json scores_of(const Predicate& one, const Json& contexts) {
  Json scores = Json::array();
  for (const Context& context : contexts) scores.push_back(one.score(context));
  return scores;
}

}  // namespace

Json answer(const Json& test_case) {
  Json made{{"scores", Json::array()},
            {"selectors", Json::array()},
            {"steps", Json::array()},
            {"asked", Json::array()},
            {"registered", Json::array()}};
  for (const Json& tree : test_case.at("predicates")) {
    Predicate one = predicate(tree);
    made["scores"].push_back(scores_of(one, test_case.at("contexts")));
    made["selectors"].push_back(one.selectors().size());
  }
  Library library(test_case);
  for (const Json& step : test_case.at("steps")) made["steps"].push_back(library.run(step));
  made["warnings"] = library.warnings();
  for (const Json& asked : test_case.at("asked")) {
    for (const Context& context : test_case.at("contexts"))
      made["asked"].push_back(library.ask(asked[0], asked[1], context));
  }
  bool debug = test_case.at("debug");
  made["reports"] = debug ? Json::array() : library.reports();
  if (!debug) made["registered"] = library.finish();
  return made;
}

}  // namespace reg::conformance
