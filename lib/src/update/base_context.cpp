#include <reg/facts.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <registration/catalog.h>
#include <registration/declared_facts.h>
#include <registration/known_facts.h>
#include <registration/near_facts.h>
#include <update/base_context.h>
#include <set>

namespace reg {
namespace {

class BaseCheck {
 public:
  explicit BaseCheck(std::span<const RegistryInfo> registries) : registries_(registries) {
    for (const RegistryInfo& registry : registries) {
      for (const std::string& path : KnownFacts(registry).paths()) known_.insert(parse_path(path));
    }
  }

  std::vector<Finding> run(const Context& base) {
    for (const RegistryInfo& registry : registries_) check_types(base, registry);
    check_names(base);
    for (NearFact& near : near_facts(base, known_, known_))
      add(near.names, "no registry knows the fact \"" + print_path(near.names) + '"',
          std::move(near.hint));
    return std::move(findings_);
  }

 private:
  void check_types(const Context& base, const RegistryInfo& registry) {
    if (registry.context.empty()) return;
    for (WrongFact& problem : DeclaredFacts(registry).problems({base}))
      add(parse_path(problem.path), std::move(problem.message), std::move(problem.hint));
  }

  void check_names(const Context& base) {
    for (const RegistryInfo& registry : registries_) {
      for (const std::string& name : misspelled_facts(registry, base))
        add({name}, "the name " + in_quotes(name) + " is not the fact " + name,
            "a name in quotes is one name: write `" + name + " = …` without them");
    }
  }

  // What is said first of a fact speaks for all.
  void add(PathNames names, std::string message, std::string hint) {
    if (!said_.insert(names).second) return;
    names.insert(names.begin(), "context");
    findings_.push_back(
        {warning_at({Workspace::config_name, 1, 1}, std::move(message), std::move(hint)),
         DeclarationPart{{}, std::move(names), false, {}}});
  }

  std::span<const RegistryInfo> registries_;
  std::set<PathNames> known_;  // the paths that some registry knows
  std::set<PathNames> said_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_base_context(const Context& base,
                                        std::span<const RegistryInfo> registries) {
  if (base.empty()) return {};
  return BaseCheck(registries).run(base);
}

}  // namespace reg
