#include <reg/text.h>
#include <resolve/python_modules.h>
#include <resolve/python_registration.h>
#include <algorithm>
#include <set>
#include <string_view>

namespace reg {
namespace {

std::string_view top_package(const std::string& module) {
  return std::string_view(module).substr(0, module.find('.'));
}

bool matches_any(const std::vector<std::string>& globs, const std::string& name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, name); });
}

}  // namespace

std::vector<FoundSymbol> public_symbols(const Program& program, std::size_t module,
                                        const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude) {
  const auto exported = program.exports(module);
  const std::string_view package = top_package(program.module_name(module));
  std::vector<FoundSymbol> symbols;
  std::set<std::string> targets;
  for (const std::string& name : exported ? *exported : program.bound_names(module)) {
    if (!exported && name.starts_with('_')) continue;
    if ((!include.empty() && !matches_any(include, name)) || matches_any(exclude, name)) continue;
    const Meaning meaning = program.member_of_module(module, name);
    if (!meaning.is(Meaning::Kind::Statement) || !meaning.rest.empty()) continue;
    const Statement& made = program.statement(meaning.at);
    if (made.kind != Statement::Kind::Class && made.kind != Statement::Kind::Function) continue;
    if (!exported && top_package(program.module_name(meaning.at.file)) != package) continue;
    FoundSymbol symbol;
    symbol.target = program.dotted_path(meaning.at);
    symbol.doc = made.doc;
    if (targets.insert(symbol.target).second) symbols.push_back(std::move(symbol));
  }
  return symbols;
}

Diagnostic unknown_module(const Program& program, const std::string& name, Position at) {
  std::string hint = did_you_mean(name, program.module_names());
  if (!hint.empty()) hint += ' ';
  hint += "a [[scan]] with language = \"python\" makes the modules in its sources known";
  return warning_at(at, "the module " + in_quotes(name) + " is not among the files that are read",
                    std::move(hint));
}

}  // namespace reg
