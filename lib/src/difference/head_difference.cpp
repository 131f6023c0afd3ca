#include <difference/head_difference.h>
#include <reg/facts.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

// Numbers that keep their text are other facts if their text is another.
bool same_fact(const Json* a, const Json* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return to_text(*a) == to_text(*b);
}

const Json* member_of(const Json& object, const std::string& name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

const Json* fact_of(const Context& context, const std::string& path) {
  const Json* value = &context;
  for (const std::string& name : parse_path(path)) {
    value = member_of(*value, name);
    if (value == nullptr) break;
  }
  return value;
}

std::optional<Json> copy_of(const Json* value) {
  return value == nullptr ? std::nullopt : std::optional<Json>(*value);
}

template <typename Named>
std::set<std::string> names_of(const Named& before, const Named& after) {
  std::set<std::string> names;
  for (const auto& each : before) names.insert(each.first);
  for (const auto& each : after) names.insert(each.first);
  return names;
}

void add_context(const Context& before, const Context& after, CacheDifference& found) {
  for (const std::string& name :
       names_of(before.get_ref<const Json::object_t&>(), after.get_ref<const Json::object_t&>())) {
    const Json *old = member_of(before, name), *now = member_of(after, name);
    if (!same_fact(old, now)) found.context.push_back({name, copy_of(old), copy_of(now)});
  }
}

// What stands under names in both, where it is not the same.
template <typename Named, typename Members>
void add_named(const Named& before, const Named& after, const Members& members,
               std::vector<NamedDifference>& found) {
  for (const std::string& name : names_of(before, after)) {
    const auto old = before.find(name), now = after.find(name);
    if (old == before.end()) {
      found.push_back({ChangeKind::Added, name});
    } else if (now == after.end()) {
      found.push_back({ChangeKind::Removed, name});
    } else if (auto changed = members(old->second, now->second); !changed.empty()) {
      found.push_back({ChangeKind::Altered, name, std::move(changed)});
    }
  }
}

// Members by name, as they are shown.
using Shown = std::map<std::string, Json>;

std::vector<MemberChange> changes_of(const Shown& before, const Shown& after) {
  std::vector<MemberChange> changes;
  for (const std::string& name : names_of(before, after)) {
    const auto old = before.find(name), now = after.find(name);
    const Json* was = old == before.end() ? nullptr : &old->second;
    const Json* is = now == after.end() ? nullptr : &now->second;
    if (!same_fact(was, is)) changes.push_back({name, copy_of(was), copy_of(is)});
  }
  return changes;
}

Shown shown(const PredicateDefinition& definition) {
  Shown members;
  if (!definition.params.empty()) members["params"] = definition.params;
  if (definition.expr) members["expr"] = definition.expr->to_string();
  if (definition.is_fact()) members["fact"] = true;
  if (definition.all) members["all"] = true;
  return members;
}

Json fact_json(const Fact& fact) {
  if (fact.values.empty() && fact.doc.empty()) return to_string(fact.type);
  Json json = {{"type", to_string(fact.type)}};
  if (!fact.values.empty()) json["values"] = fact.values;
  if (!fact.doc.empty()) json["doc"] = fact.doc;
  return json;
}

Shown shown(const RegistryInfo& registry) {
  Shown members;
  if (!registry.doc.empty()) members["doc"] = registry.doc;
  if (registry.select) members["select"] = *registry.select;
  for (const Field& field : registry.fields)
    members["fields." + field.name] = to_string(field.type);
  for (const Fact& fact : registry.context) members["context." + fact.path] = fact_json(fact);
  return members;
}

template <typename T>
std::vector<MemberChange> members_changed(const T& before, const T& after) {
  return changes_of(shown(before), shown(after));
}

bool calls_any(const std::vector<PredicateCall>& calls, const std::set<std::string>& names) {
  return std::any_of(calls.begin(), calls.end(),
                     [&](const PredicateCall& call) { return names.contains(call.name); });
}

// Adds those that call one of the names, until there are no more.
void close(const PredicateSet& predicates, std::set<std::string>& names) {
  for (bool grows = true; grows;) {
    grows = false;
    for (const auto& [name, definition] : predicates.definitions()) {
      if (definition.expr && !names.contains(name) && calls_any(definition.expr->calls(), names))
        grows |= names.insert(name).second;
    }
  }
}

// All whose score may be another.
std::set<std::string> changed_predicates(const PredicateSet& before, const PredicateSet& after) {
  std::set<std::string> names;
  for (const std::string& name : names_of(before.definitions(), after.definitions())) {
    const PredicateDefinition *old = before.find(name), *now = after.find(name);
    if (old == nullptr || now == nullptr || !(*old == *now)) names.insert(name);
  }
  close(before, names);
  close(after, names);
  return names;
}

// Whether a fact that scores or types depend on has another value where a caller does not give it.
bool reads_changed_fact(const RegistryInfo& registry, const Context& before, const Context& after) {
  const auto differs = [&](const std::string& path) {
    return !same_fact(fact_of(before, path), fact_of(after, path));
  };
  return std::any_of(registry.reads.begin(), registry.reads.end(), differs) ||
         std::any_of(registry.context.begin(), registry.context.end(),
                     [&](const Fact& fact) { return differs(fact.path); });
}

using Pins = std::map<std::pair<std::string, std::string>, Pin>;  // by registry and oid

Pins pins_of(const ComparedHead& head) {
  Pins pins;
  for (const auto& [name, registry] : head.registries) {
    for (const Pin& pin : registry.pins) pins.emplace(std::pair(name, pin.oid), pin);
  }
  return pins;
}

std::vector<PinDifference> pins_changed(const ComparedHead& before, const ComparedHead& after) {
  Pins old = pins_of(before), now = pins_of(after);
  std::map<Pins::key_type, PinDifference> changed;
  for (auto& [key, pin] : old)
    changed[key] = {ChangeKind::Removed, key.first, key.second, std::move(pin), {}};
  for (auto& [key, pin] : now) {
    PinDifference& one = changed[key];
    const ChangeKind kind = one.before ? ChangeKind::Altered : ChangeKind::Added;
    one = {kind, key.first, key.second, std::move(one.before), std::move(pin)};
  }
  std::vector<PinDifference> out;
  for (auto& [key, one] : changed) {
    if (one.before != one.after) out.push_back(std::move(one));
  }
  return out;
}

bool is_wider(FieldType before, FieldType after) {
  return before == after || after == FieldType::Any ||
         (before == FieldType::Int && after == FieldType::Number);
}

// Whether all values that a fact could have are among those of another.
bool accepts_all_of(const Fact& before, const Fact& after) {
  if (!is_wider(before.type, after.type)) return false;
  if (after.values.empty()) return true;
  return !before.values.empty() &&
         std::all_of(before.values.begin(), before.values.end(), [&](const Json& value) {
           return std::any_of(after.values.begin(), after.values.end(),
                              [&](const Json& other) { return same_fact(&value, &other); });
         });
}

// What a registry refuses of a base context.
std::map<std::string, std::string> problems_by_path(const RegistryInfo& registry,
                                                    const Context& base) {
  std::map<std::string, std::string> problems;
  for (WrongFact& wrong : wrong_facts(registry, base))
    problems.emplace(std::move(wrong.path), std::move(wrong.message));
  return problems;
}

// Who gives such a fact himself is accepted: so each counts for itself.
void add_base_problems(const RegistryInfo& before, const Context& old_base,
                       const RegistryInfo& after, const Context& new_base, CacheDifference& found) {
  if (before.symbols == 0 || after.symbols == 0) return;
  const std::map<std::string, std::string> old = problems_by_path(before, old_base),
                                           now = problems_by_path(after, new_base);
  for (const auto& [path, problem] : now) {
    if (!old.contains(path)) found.refused.push_back({after.name, path, problem});
  }
  for (const auto& [path, problem] : old) {
    if (!now.contains(path)) found.accepted.push_back({after.name, path, problem});
  }
}

void add_refused(const RegistryInfo& before, const RegistryInfo& after,
                 std::vector<RefusedFact>& found) {
  if (after.context.empty() || before.symbols == 0 || after.symbols == 0) return;
  if (before.context.empty()) found.push_back({after.name, "", ""});
  for (const Fact& fact : before.context) {
    const bool is_accepted = std::any_of(
        after.context.begin(), after.context.end(),
        [&](const Fact& now) { return now.path == fact.path && accepts_all_of(fact, now); });
    if (!is_accepted) found.push_back({after.name, fact.path, ""});
  }
}

bool calls_changed(const RegistryInfo& registry, const std::set<std::string>& names) {
  return registry.select && !names.empty() &&
         calls_any(Predicate::parse(*registry.select).calls(), names);
}

}  // namespace

ComparedHead::ComparedHead(const Cache& cache)
    : base(cache.base_context()), predicates(cache.predicates()) {
  for (RegistryInfo& registry : cache.registries()) {
    std::string name = registry.name;
    registries.emplace(std::move(name), std::move(registry));
  }
}

void add_head_differences(const ComparedHead& before, const ComparedHead& after,
                          CacheDifference& found) {
  add_context(before.base, after.base, found);
  add_named(before.predicates.definitions(), after.predicates.definitions(),
            members_changed<PredicateDefinition>, found.predicates);
  add_named(before.registries, after.registries, members_changed<RegistryInfo>, found.registries);
  found.pins = pins_changed(before, after);
  for (const auto& [name, registry] : before.registries) {
    const auto now = after.registries.find(name);
    if (now == after.registries.end()) continue;
    add_refused(registry, now->second, found.refused);
    add_base_problems(registry, before.base, now->second, after.base, found);
  }
}

HeadChange::HeadChange(const ComparedHead& before, const ComparedHead& after) {
  const std::set<std::string> names = changed_predicates(before.predicates, after.predicates);
  for (const std::string& name : names) predicates_.insert(escaped_text(name));
  for (const auto& [name, old] : before.registries) {
    const auto found = after.registries.find(name);
    if (found == after.registries.end()) continue;
    const RegistryInfo& now = found->second;
    if (old.select != now.select || !(versions_of(old) == versions_of(now)) ||
        calls_changed(now, names) || reads_changed_fact(old, before.base, after.base) ||
        reads_changed_fact(now, before.base, after.base))
      registries_.insert(name);
  }
  for (const PinDifference& pin : pins_changed(before, after)) {
    const bool only_reasons = pin.before && pin.after && pin.before->target == pin.after->target;
    if (!only_reasons) pinned_.emplace(pin.registry, pin.oid);
  }
}

bool HeadChange::concerns_line(std::string_view line) const {
  return std::any_of(predicates_.begin(), predicates_.end(), [&](const std::string& name) {
    return line.find(name) != std::string_view::npos;
  });
}

}  // namespace reg
