#include <lint/given_facts.h>
#include <lint/slips.h>
#include <lint/workspace_findings.h>
#include <predicate/path_text.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <text/some_of.h>
#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace reg::linting {
namespace {

// How many places call each named predicate, and which are reached from a symbol, a `when` or a
// registry.
class Calls {
 public:
  explicit Calls(const WorkspaceView& workspace) : count_(workspace.declared.calls()) {
    for (const RegistryInfo& registry : workspace.registries) {
      if (registry.select) add(Predicate::parse(*registry.select));
    }
    for (const auto& [name, count] : count_) reach(name, workspace.named);
    for (const auto& [name, definition] : workspace.named.definitions()) {
      if (definition.expr && is_used(name)) add(*definition.expr);
    }
  }

  bool is_used(const std::string& name) const { return used_.contains(name); }
  std::size_t count(const std::string& name) const {
    const auto found = count_.find(name);
    return found == count_.end() ? 0 : found->second;
  }

 private:
  void add(const Predicate& predicate) {
    for (const PredicateCall& call : predicate.calls()) ++count_[call.name];
  }

  void reach(const std::string& first, const PredicateSet& named) {
    std::vector<std::string> open{first};
    while (!open.empty()) {
      const std::string name = std::move(open.back());
      open.pop_back();
      if (!used_.insert(name).second) continue;
      const PredicateDefinition* definition = named.find(name);
      if (definition == nullptr || !definition->expr) continue;
      for (PredicateCall& call : definition->expr->calls()) open.push_back(std::move(call.name));
    }
  }

  std::map<std::string, std::size_t> count_;
  std::set<std::string> used_;
};

class Search {
 public:
  Search(const WorkspaceView& workspace, AllFound& found)
      : view_(workspace), calls_(workspace), found_(found) {}

  void run() {
    find_unused_predicates();
    find_near_predicates();
    find_unread_context();
  }

 private:
  void find_unused_predicates() {
    for (const auto& [name, definition] : view_.named.definitions()) {
      const Place* place = view_.declared.predicate(name);
      if (place == nullptr || calls_.is_used(name)) continue;
      const std::vector<std::string> callers = callers_of(name);
      const std::string who = callers.empty() ? "nothing calls" : "only unused predicates call";
      const std::string whom = " the named predicate " + in_quotes(name);
      Found& found =
          found_.emplace_back(about("unused-predicate", {}, name, *place,
                                    who + whom + (callers.empty() ? "" : ": " + some_of(callers))));
      const std::string other = near_used(name);
      if (!other.empty())
        found.finding.hint = in_quotes(other) + " is named almost like it, and is called";
    }
  }

  // Of a predicate that is not used: neither are these.
  std::vector<std::string> callers_of(const std::string& name) const {
    std::vector<std::string> callers;
    for (const auto& [other, definition] : view_.named.definitions()) {
      if (!definition.expr) continue;
      const std::vector<PredicateCall> calls = definition.expr->calls();
      if (std::any_of(calls.begin(), calls.end(),
                      [&](const PredicateCall& call) { return call.name == name; }))
        callers.push_back(in_quotes(other));
    }
    return callers;
  }

  std::string near_used(const std::string& name) const {
    for (const auto& [other, definition] : view_.named.definitions()) {
      if (calls_.is_used(other) && is_slip(name, other)) return other;
    }
    return {};
  }

  // Of two that are called; the one that fewer places call.
  void find_near_predicates() {
    std::vector<const std::string*> used;
    for (const auto& [name, definition] : view_.named.definitions()) {
      if (calls_.is_used(name)) used.push_back(&name);
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      for (std::size_t j = i + 1; j < used.size(); ++j) {
        if (!is_slip(*used[i], *used[j])) continue;
        const bool is_first = calls_.count(*used[i]) < calls_.count(*used[j]);
        add_near(*used[is_first ? i : j], *used[is_first ? j : i]);
      }
    }
  }

  void add_near(const std::string& name, const std::string& other) {
    const Place* place = view_.declared.predicate(name);
    if (place == nullptr) return;
    Found& found = found_.emplace_back(about(
        "near-names", {}, name, *place,
        "the named predicate " + in_quotes(name) + " is named almost like " + in_quotes(other)));
    if (const Place* there = view_.declared.predicate(other))
      found.finding.related.push_back({in_quotes(other) + " is declared here", *there});
  }

  bool is_known(const std::string& path) const {
    const auto overlaps = [&](const std::string& other) {
      return ast::lies_in(path, other) || ast::lies_in(other, path);
    };
    return std::any_of(
        view_.registries.begin(), view_.registries.end(), [&](const RegistryInfo& registry) {
          return std::any_of(registry.reads.begin(), registry.reads.end(), overlaps) ||
                 std::any_of(registry.context.begin(), registry.context.end(),
                             [&](const Fact& fact) { return overlaps(fact.path); });
        });
  }

  // The names at the top alone: an object is mostly given as a whole.
  void find_unread_context() {
    for (const auto& [name, value] : view_.base.items()) {
      if (!can_be_named(name)) continue;
      const std::string path = print_path(std::vector{name});
      if (is_known(path)) continue;
      Found& found = found_.emplace_back(
          about("unread-context", {}, path, {Workspace::config_name, 0, 0},
                "no predicate reads the fact " + in_quotes(path) + " of [context]"));
      found.part = DeclarationPart{{}, {"context", name}, true};
      found.finding.hint = nearest_read(path);
    }
  }

  std::string nearest_read(const std::string& path) const {
    std::set<std::string> known;
    for (const RegistryInfo& registry : view_.registries) {
      known.insert(registry.reads.begin(), registry.reads.end());
    }
    return did_you_mean(path, {known.begin(), known.end()});
  }

  const WorkspaceView& view_;
  const Calls calls_;
  AllFound& found_;
};

}  // namespace

void find_in_workspace(const WorkspaceView& workspace, AllFound& found) {
  Search(workspace, found).run();
}

}  // namespace reg::linting
