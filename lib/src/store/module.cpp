#include <reg/module.h>
#include <reg/symbol.h>
#include <reg/text.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <algorithm>

namespace reg {
namespace {

bool fits_any(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return glob_match(pattern, name); });
}

}  // namespace

bool default_match(const ModuleMember& member, const Module&) {
  return member.kind != MemberKind::Other && !is_private(member.name);
}

MatchFunction match_by_name(MatchPatterns patterns) {
  return [patterns = std::move(patterns)](const ModuleMember& member, const Module& module) {
    return default_match(member, module) &&
           (patterns.include.empty() || fits_any(patterns.include, member.name)) &&
           !fits_any(patterns.exclude, member.name);
  };
}

std::size_t match(Registry& registry, const Module& module, const MatchPatterns& patterns,
                  Force force) {
  return match(registry, module, match_by_name(patterns), force);
}

std::size_t match(Registry& registry, const Module& module, const MatchFunction& matches,
                  Force force) {
  Inside::of(registry).require_writable();
  std::vector<Implementation> matched;
  for (const ModuleMember& member : module.members) {
    if (member.kind == MemberKind::Other || !matches(member, module)) continue;
    matched.push_back(Implementation::of_target(member.target, member.name));
  }
  return register_each(registry, std::move(matched), force);
}

}  // namespace reg
