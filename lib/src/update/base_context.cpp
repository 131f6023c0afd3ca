#include <reg/predicate.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <registration/catalog.h>
#include <registration/declared_facts.h>
#include <registration/known_facts.h>
#include <text/json_text.h>
#include <update/base_context.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

using Names = std::vector<std::string>;  // of a path

bool begins_with(const Names& path, const Names& before) {
  return before.size() <= path.size() && std::equal(before.begin(), before.end(), path.begin());
}

class BaseCheck {
 public:
  explicit BaseCheck(std::span<const RegistryInfo> registries) : registries_(registries) {
    for (const RegistryInfo& registry : registries) {
      for (const std::string& path : KnownFacts(registry).paths()) known_.insert(parse_path(path));
    }
  }

  std::vector<Finding> run(const Context& base) {
    for (const RegistryInfo& registry : registries_) check_types(base, registry);
    Names names;
    check_names(names, base);
    return std::move(findings_);
  }

 private:
  void check_types(const Context& base, const RegistryInfo& registry) {
    if (registry.context.empty()) return;
    for (DeclaredFacts::Problem& problem : DeclaredFacts(registry).problems({base}))
      add(parse_path(problem.path), std::move(problem.message), std::move(problem.hint));
  }

  void check_names(Names& names, const Json& facts) {
    for (const auto& [name, value] : facts.items()) {
      names.push_back(name);
      check(names, value);
      names.pop_back();
    }
  }

  void check(Names& names, const Json& value) {
    if (!value.is_object() && !value.is_null()) check_shape(names, value);
    const auto covers = [&](const Names& path) { return begins_with(names, path); };
    const auto lies_in = [&](const Names& path) { return begins_with(path, names); };
    if (std::any_of(known_.begin(), known_.end(), covers)) return;
    if (std::none_of(known_.begin(), known_.end(), lies_in)) {
      check_unknown(names);
    } else if (value.is_object()) {
      check_names(names, value);
    }
  }

  // What stands where a registry declares facts of an object.
  void check_shape(const Names& names, const Json& value) {
    const std::string path = print_path(names);
    for (const RegistryInfo& registry : registries_) {
      const KnownFacts known(registry);
      if (!known.are_declared() || known.knows(path) || !known.knows_below(path)) continue;
      add(names,
          "the registry \"" + registry.name + "\" has facts in \"" + path + "\", but " +
              shortened(to_text(value), 60) + " is given",
          known.hint(path));
    }
  }

  // By the last name alone. What is near none may be meant for others, who declare nothing.
  void check_unknown(const Names& names) {
    const std::size_t depth = names.size() - 1;
    // In an object, names so short are others: l2 and l3.
    if (depth > 0 && names.back().size() < 3) return;
    std::set<std::string> siblings, paths;
    for (const Names& path : known_) {
      if (path.size() <= depth || !std::equal(path.begin(), path.begin() + depth, names.begin()))
        continue;
      siblings.insert(path[depth]);
      paths.insert(print_path(std::span(path).first(depth + 1)));
    }
    if (did_you_mean(names.back(), {siblings.begin(), siblings.end()}).empty()) return;
    const std::string path = print_path(names);
    add(names, "no registry knows the fact \"" + path + '"',
        did_you_mean(path, {paths.begin(), paths.end()}));
  }

  // What is said first of a fact speaks for all.
  void add(Names names, std::string message, std::string hint) {
    if (!said_.insert(names).second) return;
    names.insert(names.begin(), "context");
    findings_.push_back(
        {warning_at({Workspace::config_name, 1, 1}, std::move(message), std::move(hint)),
         DeclarationPart{{}, std::move(names), false, {}}});
  }

  std::span<const RegistryInfo> registries_;
  std::set<Names> known_;  // the paths that some registry knows
  std::set<Names> said_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_base_context(const Context& base,
                                        std::span<const RegistryInfo> registries) {
  if (base.empty()) return {};
  return BaseCheck(registries).run(base);
}

}  // namespace reg
