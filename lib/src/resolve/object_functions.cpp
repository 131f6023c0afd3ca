#include <reg/symbol.h>
#include <reg/text.h>
#include <resolve/object_functions.h>
#include <text/diagnostic.h>
#include <algorithm>

namespace reg {
namespace {

bool matches_a_glob(const std::vector<std::string>& globs, const std::string& name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, name); });
}

// What follows the first colon of a target is the function's name.
std::string path_problem(const std::string& from) {
  if (from.find(':') != std::string::npos) return "it cannot have a colon";
  return object_name_problem(from);
}

// The default of a name with template arguments keeps them, as REG_SYMBOL's does: they tell one
// from the other.
std::string oid_of(const std::string& name) {
  const std::size_t open = name.find('<');
  if (open == std::string::npos) return {};
  const std::size_t scope = name.rfind(':', open);
  return scope == std::string::npos ? name : name.substr(scope + 1);
}

}  // namespace

MatchResult object_functions(const Match& match, const ObjectExports& object) {
  MatchResult result;
  if (const std::string why = path_problem(match.from); !why.empty()) {
    result.diagnostics.push_back(
        error_at(Place{{}, match.at.line, match.at.column},
                 in_quotes(match.from) + " cannot be part of a target: " + why, "rename the file"));
    return result;
  }
  if (object.problem) {
    result.diagnostics.push_back(*object.problem);
    result.diagnostics.back().place = {{}, match.at.line, match.at.column};
  }
  for (const std::string& name : object.functions) {
    if (!match.include.empty() && !matches_a_glob(match.include, name)) continue;
    if (matches_a_glob(match.exclude, name)) continue;
    FoundSymbol symbol;
    symbol.target = match.from + ':' + name;
    symbol.oid = oid_of(name);
    symbol.registries = {match.registry};
    symbol.at = match.at;
    result.symbols.push_back(std::move(symbol));
  }
  return result;
}

}  // namespace reg
