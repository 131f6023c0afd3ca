#include <reg/predicate.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <registration/catalog.h>
#include <registration/declared_facts.h>
#include <registration/known_facts.h>
#include <update/base_context.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

Finding finding_at(std::vector<std::string> names, std::string message, std::string hint) {
  names.insert(names.begin(), "context");
  return {warning_at({Workspace::config_name, 1, 1}, std::move(message), std::move(hint)),
          DeclarationPart{{}, std::move(names), false, {}}};
}

// The first registry that has something against a fact speaks for all.
void add_wrong_types(const Context& base, std::span<const RegistryInfo> registries,
                     std::vector<Finding>& findings) {
  std::set<std::string> said;
  for (const RegistryInfo& registry : registries) {
    if (registry.context.empty()) continue;
    for (DeclaredFacts::Problem& problem : DeclaredFacts(registry).problems({base})) {
      if (said.insert(problem.path).second)
        findings.push_back(finding_at(parse_path(problem.path), std::move(problem.message),
                                      std::move(problem.hint)));
    }
  }
}

// By the first name alone: what is below an object may be meant for anybody.
void add_unknown(const Context& base, std::span<const RegistryInfo> registries,
                 std::vector<Finding>& findings) {
  std::set<std::string> firsts;
  for (const RegistryInfo& registry : registries) {
    for (const std::string& path : KnownFacts(registry).paths())
      firsts.insert(parse_path(path).front());
  }
  const std::vector<std::string> known(firsts.begin(), firsts.end());
  for (const auto& [name, value] : base.items()) {
    if (firsts.contains(name)) continue;
    std::string hint = did_you_mean(name, known);
    if (!hint.empty())
      findings.push_back(finding_at({name}, "no registry knows the fact \"" + name + '"', hint));
  }
}

}  // namespace

std::vector<Finding> check_base_context(const Context& base,
                                        std::span<const RegistryInfo> registries) {
  std::vector<Finding> findings;
  if (base.empty()) return findings;
  add_wrong_types(base, registries, findings);
  add_unknown(base, registries, findings);
  return findings;
}

}  // namespace reg
