#include <reg/text.h>
#include <resolve/idioms.h>
#include <resolve/object_functions.h>
#include <resolve/program.h>
#include <resolve/python_modules.h>
#include <resolve/resolve.h>
#include <text/diagnostic.h>
#include <algorithm>

namespace reg {
namespace {

template <typename Item, typename Place>
void sort_by_place(std::vector<Item>& items, Place place) {
  std::stable_sort(items.begin(), items.end(),
                   [&](const Item& a, const Item& b) { return place(a) < place(b); });
}

void put_in_order(Found& found) {
  const auto at = [](const auto& each) { return each.at; };
  sort_by_place(found.symbols, at);
  sort_by_place(found.registries, at);
  sort_by_place(found.merges, at);
  sort_by_place(found.unregistrations, at);
  sort_by_place(found.seen, at);
  sort_by_place(found.diagnostics, [](const Diagnostic& each) {
    return std::pair{each.place.line, each.place.column};
  });
}

// A name that is written otherwise than it is there matches nothing, and nobody would notice.
Diagnostic matches_nothing(const Match& asked) {
  return warning_at(Place{{}, asked.at.line, asked.at.column},
                    "this [[match]] registers nothing of " + in_quotes(asked.from),
                    "`include` and `exclude` are compared with whole names; without `include`, all "
                    "that is public there is registered");
}

MatchResult symbols_of(const WantedMatch& wanted, const Program& program) {
  MatchResult result;
  const Match& asked = *wanted.match;
  if (wanted.object != nullptr) return object_functions(asked, *wanted.object);
  const auto module = program.module_named(asked.from);
  if (!module) {
    result.diagnostics.push_back(unknown_module(program, asked.from, asked.at));
    return result;
  }
  result.symbols = public_symbols(program, *module, asked.include, asked.exclude);
  for (FoundSymbol& symbol : result.symbols) {
    symbol.registries = {asked.registry};
    symbol.at = asked.at;
  }
  return result;
}

MatchResult match(const WantedMatch& wanted, const Program& program) {
  MatchResult result = symbols_of(wanted, program);
  if (result.symbols.empty() && result.diagnostics.empty())
    result.diagnostics.push_back(matches_nothing(*wanted.match));
  return result;
}

// Those that only read modules have nothing to find.
std::vector<std::size_t> idle_scans(std::span<const Scan> scans, std::span<const Found> files) {
  std::set<const Scan*> found;
  for (const Found& file : files) found.insert(file.scans.begin(), file.scans.end());
  std::vector<std::size_t> idle;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    const std::vector<Idiom>& idioms = scans[i].idioms;
    const bool looks = std::any_of(idioms.begin(), idioms.end(), [](const Idiom& idiom) {
      return idiom.form != Idiom::Form::Nothing || idiom.define;
    });
    if (looks && !found.contains(&scans[i])) idle.push_back(i);
  }
  return idle;
}

}  // namespace

Resolved resolve(const ResolveInput& input) {
  Resolved resolved;
  resolved.files.resize(input.files.size());
  const Program program(input.files, input.scans);
  find_python(input, program, resolved.files);
  find_logilab(input, program, resolved.files);
  find_cpp(input, resolved.files);
  find_entry_points(input, resolved.files);
  for (Found& found : resolved.files) put_in_order(found);
  for (const WantedMatch& wanted : input.matches)
    resolved.matches.push_back(match(wanted, program));
  resolved.idle = idle_scans(input.scans, resolved.files);
  resolved.wanted = program.wanted();
  return resolved;
}

}  // namespace reg
