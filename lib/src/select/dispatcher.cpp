#include <reg/dispatcher.h>
#include <select/candidates.h>
#include <select/parsed_predicates.h>
#include <algorithm>
#include <string>
#include <unordered_map>

namespace reg {

class Dispatcher::Compiled {
 public:
  Compiled(std::vector<Implementation> implementations, PredicateSet named, Context base,
           Versions versions);

  Choice select(std::string_view oid, const Context& context) const;
  std::size_t size(std::string_view oid) const;

 private:
  struct Group {
    std::vector<const Implementation*> implementations;
    Candidates candidates;
  };

  void require_sound_definitions() const;
  void require_defined(const Implementation& implementation) const;
  void compile();
  // Whether a fact may be made of what both the context and the base have of it, or a C++ predicate
  // be given both.
  bool must_merge(const Context& context) const;

  std::vector<Implementation> implementations_;  // each has its predicate
  PredicateSet named_;
  Versions versions_;
  Context base_;
  std::vector<std::string> base_objects_;  // the names of objects in the base
  bool calls_functions_ = false;
  std::unordered_map<std::string_view, Group> groups_;  // the keys are the symbols' oids
};

Dispatcher::Compiled::Compiled(std::vector<Implementation> implementations, PredicateSet named,
                               Context base, Versions versions)
    : implementations_(std::move(implementations)),
      named_(std::move(named)),
      versions_(std::move(versions)),
      base_(std::move(base)) {
  require_sound_definitions();
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
    std::vector<Contestant> contestants;
    contestants.reserve(implementations.size());
    for (const Implementation* one : implementations) {
      contestants.push_back({&*one->predicate, &one->symbol.info});
    }
    groups_.emplace(oid,
                    Group{std::move(implementations), Candidates(contestants, named_, versions_)});
  }
}

bool Dispatcher::Compiled::must_merge(const Context& context) const {
  if (base_.empty()) return false;
  return calls_functions_ ||
         std::any_of(base_objects_.begin(), base_objects_.end(), [&context](const auto& name) {
           auto other = context.find(name);
           return other != context.end() && other->is_object();
         });
}

Choice Dispatcher::Compiled::select(std::string_view oid, const Context& context) const {
  auto group = groups_.find(oid);
  if (group == groups_.end()) return {};
  Best best;
  if (must_merge(context)) {
    Context facts = base_;
    merge_context(facts, context);
    best = group->second.candidates.best({facts});
  } else {
    best = group->second.candidates.best({context, base_.empty() ? nullptr : &base_});
  }
  if (best.tied == 0) return {};
  return {group->second.implementations[best.first], best.score, best.tied};
}

std::size_t Dispatcher::Compiled::size(std::string_view oid) const {
  auto group = groups_.find(oid);
  return group == groups_.end() ? 0 : group->second.implementations.size();
}

Dispatcher::Dispatcher(std::vector<Implementation> implementations, PredicateSet named,
                       Context base, Versions versions)
    : compiled_(std::make_unique<Compiled>(std::move(implementations), std::move(named),
                                           std::move(base), std::move(versions))) {}

Dispatcher::Dispatcher(Dispatcher&&) noexcept = default;
Dispatcher& Dispatcher::operator=(Dispatcher&&) noexcept = default;
Dispatcher::~Dispatcher() = default;

Choice Dispatcher::select(std::string_view oid, const Context& context) const {
  return compiled_->select(oid, context);
}

std::size_t Dispatcher::size(std::string_view oid) const { return compiled_->size(oid); }

}  // namespace reg
