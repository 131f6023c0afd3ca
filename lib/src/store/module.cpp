#include <reg/module.h>
#include <reg/symbol.h>
#include <text/names.h>
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

}  // namespace reg
