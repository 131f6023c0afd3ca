// How a symbol comes into a registry and out of it.

#include <reg/registry.h>
#include <registration/rules.h>
#include <registration/symbol_check.h>
#include <store/surroundings.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

[[noreturn]] void fail_at(const Diagnostic& problem) {
  throw InputError(problem.message, problem.hint, problem.place);
}

void require_name(const char* what, const std::string& name, const Symbol& symbol) {
  std::string problem = object_name_problem(name);
  if (!problem.empty()) throw InputError(what + (": " + problem), {}, symbol.source);
}

Predicate parsed(const Symbol& symbol) {
  try {
    return Predicate::parse(*symbol.select);
  } catch (const PredicateError& error) {
    throw InputError({{Severity::Error, symbol.source,
                       "the predicate of " + in_quotes(symbol.target) + ": " + error.what(),
                       error.hint(), error.excerpt()}});
  }
}

}  // namespace

void Registry::prepare(Implementation&) const {}

void Registry::require_writable() const {
  if (surroundings_->global != this) return;
  throw UsageError(in_quotes(name_) + " shows what the other registries hold",
                   "make the change in one of those");
}

void Registry::complete(Implementation& newcomer) const {
  Symbol& symbol = newcomer.symbol;
  symbol.registry = name_;
  if (symbol.oid.empty()) symbol.oid = default_oid(symbol.target);
  if (symbol.info.is_null()) symbol.info = Json::object();
  prepare(newcomer);
  if (!newcomer.predicate && symbol.select) newcomer.predicate = parsed(symbol);
  if (newcomer.predicate) symbol.select = newcomer.predicate->to_string();
}

void Registry::check(const Implementation& newcomer) const {
  const Symbol& symbol = newcomer.symbol;
  require_name("oid", symbol.oid, symbol);
  require_name("target", symbol.target, symbol);
  if (!symbol.info.is_object())
    throw InputError("the info of " + in_quotes(symbol.target) + " is no object", {},
                     symbol.source);
  if (!is_valid_utf8(symbol.doc) || !is_valid_utf8(symbol.source.path))
    throw InputError("the doc or source of " + in_quotes(symbol.target) + " is not UTF-8");
  std::vector<Diagnostic> problems;
  check_info(symbol.source, symbol.info, info(), problems);
  if (!problems.empty()) fail_at(problems.front());
  if (newcomer.predicate) surroundings_->require_defined(*newcomer.predicate, symbol);
}

Claim Registry::claim(const Implementation& implementation) const {
  return {implementation.symbol.target, predicate_of(implementation) != nullptr};
}

void Registry::refuse(const Implementation& newcomer, const Symbol& rival,
                      Conflict conflict) const {
  const Symbol& symbol = newcomer.symbol;
  std::string message = conflict_message(conflict, name_, symbol.oid, symbol.target);
  message += "; the first is " + in_quotes(rival.target);
  if (!rival.source.path.empty()) message += " at " + rival.source.to_string();
  throw InputError(message, conflict_hint(conflict), symbol.source);
}

// What the newcomer displaces is removed only when all that would stay allows it.
void Registry::displace(const Implementation& newcomer, RegisterOptions options,
                        std::string_view replaced) {
  auto found = entries_.find(newcomer.symbol.oid);
  if (found == entries_.end()) return;
  std::vector<std::size_t> displaced;
  for (std::size_t i = 0; i < found->second.size(); ++i) {
    const Implementation& other = found->second[i].implementation;
    auto conflict = conflict_between(claim(other), claim(newcomer));
    bool goes = options.clear == Clear::Yes || (conflict && options.force == Force::Yes) ||
                other.symbol.target == replaced;
    if (goes) {
      displaced.push_back(i);
    } else if (conflict) {
      refuse(newcomer, other.symbol, *conflict);
    }
  }
  // From the back, so that the places of those before stay.
  std::reverse(displaced.begin(), displaced.end());
  for (std::size_t index : displaced) erase(newcomer.symbol.oid, index);
}

Registered Registry::put(Implementation newcomer, RegisterOptions options,
                         std::string_view replaced) {
  require_writable();
  if (auto reason = surroundings_->ignored(newcomer)) return *reason;
  complete(newcomer);
  check(newcomer);
  if (newcomer.symbol.target == replaced)
    throw InputError(in_quotes(replaced) + " cannot replace itself", {}, newcomer.symbol.source);
  bool found = !replaced.empty() && !oids_of_target(replaced).empty();
  displace(newcomer, options, replaced);
  remove_target(replaced);
  if (!replaced.empty() && !found) {
    surroundings_->warn(newcomer.symbol.source, "nothing to replace: " + in_quotes(replaced) +
                                                    " is not registered in " + in_quotes(name_));
  }
  insert(std::move(newcomer));
  return Registered::Yes;
}

void Registry::insert(Implementation newcomer) {
  Registry* global = surroundings_->global;
  bool seen = global != nullptr && !is_private(name_);
  if (seen) global->mirror(*this, newcomer);
  const std::string oid = newcomer.symbol.oid;
  entries_[oid].push_back({std::move(newcomer), false});
  ++size_;
}

void Registry::erase(const std::string& oid, std::size_t index) {
  auto found = entries_.find(oid);
  Entries& entries = found->second;
  Symbol symbol = std::move(entries[index].implementation.symbol);
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(index));
  if (entries.empty()) entries_.erase(found);
  --size_;
  Registry* global = surroundings_->global;
  if (global != nullptr && global != this) global->unmirror(symbol);
}

std::vector<std::string> Registry::oids_of_target(std::string_view target) const {
  std::vector<std::string> oids;
  for (const auto& [oid, entries] : entries_) {
    if (std::any_of(entries.begin(), entries.end(), [target](const Entry& entry) {
          return entry.implementation.symbol.target == target;
        }))
      oids.push_back(oid);
  }
  return oids;
}

void Registry::remove_target(std::string_view target) {
  if (target.empty()) return;
  for (const std::string& oid : oids_of_target(target)) {
    const Entries& entries = entries_.at(oid);
    auto found = std::find_if(entries.begin(), entries.end(), [target](const Entry& entry) {
      return entry.implementation.symbol.target == target;
    });
    erase(oid, static_cast<std::size_t>(found - entries.begin()));
  }
}

Registered Registry::register_symbol(Implementation implementation, RegisterOptions options) {
  return put(std::move(implementation), options);
}

Registered Registry::register_module(std::string_view target, const Json& extra_info, Force force) {
  Implementation implementation;
  implementation.symbol.target = target;
  implementation.symbol.info = extra_info;
  return put(std::move(implementation), {force, Clear::No});
}

std::size_t Registry::register_all(const std::vector<std::string>& targets,
                                   const std::vector<Json>& extra_info, Force force) {
  if (!extra_info.empty() && extra_info.size() != targets.size()) {
    throw InputError("there is info for " + std::to_string(extra_info.size()) + " of " +
                     std::to_string(targets.size()) + " targets");
  }
  std::size_t registered = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Json info = extra_info.empty() ? Json::object() : extra_info[i];
    registered += register_module(targets[i], info, force) == Registered::Yes ? 1 : 0;
  }
  return registered;
}

Registered Registry::register_and_replace(Implementation implementation, std::string_view replaced,
                                          RegisterOptions options) {
  return put(std::move(implementation), options, replaced);
}

Unregistered Registry::unregister(std::string_view oid, std::string_view target) {
  require_writable();
  if (surroundings_->register_locked) return Unregistered::Locked;
  std::vector<Symbol> symbols = implementations(oid);
  auto found = std::find_if(symbols.begin(), symbols.end(),
                            [&](const Symbol& symbol) { return symbol.target == target; });
  if (found == symbols.end()) {
    surroundings_->warn({}, "nothing to unregister: " + in_quotes(target) +
                                " is not registered as " + name_ + "/" + std::string(oid));
    return Unregistered::NotFound;
  }
  erase(found->oid, static_cast<std::size_t>(found - symbols.begin()));
  return Unregistered::Yes;
}

void Registry::clear() {
  require_writable();
  while (!entries_.empty()) {
    auto last = std::prev(entries_.end());
    const std::string oid = last->first;
    erase(oid, last->second.size() - 1);
  }
}

void Registry::initialization_completed() {
  for (auto& [oid, entries] : entries_) {
    for (Entry& entry : entries) {
      if (std::exchange(entry.announced, true)) continue;
      if (entry.implementation.on_registered) entry.implementation.on_registered(*this);
    }
  }
}

}  // namespace reg
