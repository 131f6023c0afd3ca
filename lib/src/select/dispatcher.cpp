#include <reg/dispatcher.h>
#include <reg/facts.h>
#include <registration/declared_facts.h>
#include <select/candidates.h>
#include <select/parsed_predicates.h>
#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace reg {

class Dispatcher::Compiled {
 public:
  Compiled(std::vector<Implementation> implementations, PredicateSet named, Context base,
           const std::vector<RegistryInfo>& declared);

  Choice select(std::string_view oid, const Context& context) const;
  std::size_t size(std::string_view oid) const;

 private:
  struct Declared {
    Versions versions;
    DeclaredFacts facts;
    std::map<std::string, std::string, std::less<>> pins;  // targets, by oid
  };
  struct Group {
    std::vector<const Implementation*> implementations;
    std::vector<const DeclaredFacts*> declared;  // of their registries
    Candidates candidates;

    Best best(const ast::Facts& facts) const;
    bool has_numbers_for_versions(const ast::Facts& facts) const;
  };

  void require_sound_definitions() const;
  void require_defined(const Implementation& implementation) const;
  void compile();
  Group group_of(std::vector<const Implementation*> implementations) const;
  // The places of those that are pinned: one, or one for each origin. Where several registries
  // meet, none is: a pin chooses among the implementations of one.
  std::vector<std::size_t> pinned_in(
      const std::vector<const Implementation*>& implementations) const;
  // Whether a fact may be made of what both the context and the base have of it, or a C++ predicate
  // be given both.
  bool must_merge(const Context& context) const;
  Best best_of_merged(const Group& group, const Context& context) const;

  std::vector<Implementation> implementations_;  // each has its predicate
  PredicateSet named_;
  std::map<std::string, Declared, std::less<>> declared_;  // by registry
  Context base_;
  std::vector<std::string> base_objects_;  // the names of objects in the base
  bool calls_functions_ = false;
  std::unordered_map<std::string_view, Group> groups_;  // the keys are the symbols' oids
};

Dispatcher::Compiled::Compiled(std::vector<Implementation> implementations, PredicateSet named,
                               Context base, const std::vector<RegistryInfo>& declared)
    : implementations_(std::move(implementations)),
      named_(std::move(named)),
      base_(std::move(base)) {
  require_sound_definitions();
  for (const RegistryInfo& one : declared) {
    auto place = declared_.emplace(one.name, Declared{versions_of(one), DeclaredFacts(one), {}});
    for (const Pin& pin : one.pins) place.first->second.pins.emplace(pin.oid, pin.target);
  }
  for (const auto& [name, value] : base_.items()) {
    if (value.is_object()) base_objects_.push_back(name);
  }
  for (const auto& [name, definition] : named_.definitions()) {
    calls_functions_ = calls_functions_ || (definition.expr && definition.expr->has_function());
  }
  compile();
}

void Dispatcher::Compiled::require_sound_definitions() const {
  std::vector<Diagnostic> diagnostics;
  for (auto& [name, problem] : named_.problems()) diagnostics.push_back(std::move(problem));
  if (!diagnostics.empty()) throw InputError(std::move(diagnostics));
}

void Dispatcher::Compiled::require_defined(const Implementation& implementation) const {
  for (const PredicateCall& call : implementation.predicate->calls()) {
    if (auto problem = named_.problem(call)) {
      fail_at(implementation.symbol, InputError(problem->message, problem->hint));
    }
  }
}

void Dispatcher::Compiled::compile() {
  const Predicate unconditional = yes();
  ParsedPredicates parsed;
  std::unordered_map<std::string_view, std::vector<const Implementation*>> by_oid;
  for (Implementation& one : implementations_) {
    const auto& text = one.symbol.select;
    if (!one.predicate) one.predicate = text ? parsed.of(one.symbol, *text) : unconditional;
    require_defined(one);
    calls_functions_ = calls_functions_ || one.predicate->has_function();
    by_oid[one.symbol.oid].push_back(&one);
  }
  for (auto& [oid, implementations] : by_oid) {
    groups_.emplace(oid, group_of(std::move(implementations)));
  }
}

Dispatcher::Compiled::Group Dispatcher::Compiled::group_of(
    std::vector<const Implementation*> implementations) const {
  std::vector<Contestant> contestants;
  contestants.reserve(implementations.size());
  std::vector<const DeclaredFacts*> declared;
  for (const Implementation* one : implementations) {
    Contestant& contestant = contestants.emplace_back();
    contestant = {&*one->predicate, &one->symbol.info, {}};
    auto found = declared_.find(one->symbol.registry);
    if (found == declared_.end()) continue;
    contestant.versions = ast::VersionPaths(found->second.versions);
    const DeclaredFacts* facts = &found->second.facts;
    if (std::find(declared.begin(), declared.end(), facts) == declared.end())
      declared.push_back(facts);
  }
  Candidates candidates(contestants, named_, pinned_in(implementations));
  return {std::move(implementations), std::move(declared), std::move(candidates)};
}

std::vector<std::size_t> Dispatcher::Compiled::pinned_in(
    const std::vector<const Implementation*>& implementations) const {
  const Symbol& first = implementations.front()->symbol;
  const auto registry = declared_.find(first.registry);
  if (registry == declared_.end()) return {};
  const auto pin = registry->second.pins.find(first.oid);
  if (pin == registry->second.pins.end()) return {};
  std::vector<std::size_t> pinned;
  for (std::size_t place = 0; place < implementations.size(); ++place) {
    if (implementations[place]->symbol.registry != first.registry) return {};
    if (implementations[place]->symbol.target == pin->second) pinned.push_back(place);
  }
  return pinned;
}

Best Dispatcher::Compiled::Group::best(const ast::Facts& facts) const {
  for (const DeclaredFacts* one : declared) one->check(facts);
  return candidates.best(facts);
}

bool Dispatcher::Compiled::Group::has_numbers_for_versions(const ast::Facts& facts) const {
  return std::any_of(declared.begin(), declared.end(), [&facts](const DeclaredFacts* one) {
    return one->has_numbers_for_versions(facts);
  });
}

bool Dispatcher::Compiled::must_merge(const Context& context) const {
  if (base_.empty()) return false;
  return calls_functions_ ||
         std::any_of(base_objects_.begin(), base_objects_.end(), [&context](const auto& name) {
           auto other = context.find(name);
           return other != context.end() && other->is_object();
         });
}

Best Dispatcher::Compiled::best_of_merged(const Group& group, const Context& context) const {
  Context facts = base_;
  merge_context(facts, context);
  for (const DeclaredFacts* one : group.declared) one->check({facts});
  for (const DeclaredFacts* one : group.declared) one->write_versions(facts);
  return group.candidates.best({facts});
}

Choice Dispatcher::Compiled::select(std::string_view oid, const Context& context) const {
  auto group = groups_.find(oid);
  if (group == groups_.end()) return {};
  const ast::Facts facts{context, base_.empty() ? nullptr : &base_};
  const bool merge = must_merge(context) || group->second.has_numbers_for_versions(facts);
  const Best best = merge ? best_of_merged(group->second, context) : group->second.best(facts);
  if (best.tied == 0) return {};
  return {group->second.implementations[best.first], best.score, best.tied, best.pinned};
}

std::size_t Dispatcher::Compiled::size(std::string_view oid) const {
  auto group = groups_.find(oid);
  return group == groups_.end() ? 0 : group->second.implementations.size();
}

Dispatcher::Dispatcher(std::vector<Implementation> implementations, PredicateSet named,
                       Context base, const std::vector<RegistryInfo>& declared)
    : compiled_(std::make_unique<Compiled>(std::move(implementations), std::move(named),
                                           std::move(base), declared)) {}

Dispatcher::Dispatcher(Dispatcher&&) noexcept = default;
Dispatcher& Dispatcher::operator=(Dispatcher&&) noexcept = default;
Dispatcher::~Dispatcher() = default;

Choice Dispatcher::select(std::string_view oid, const Context& context) const& {
  return compiled_->select(oid, context);
}

std::size_t Dispatcher::size(std::string_view oid) const { return compiled_->size(oid); }

}  // namespace reg
