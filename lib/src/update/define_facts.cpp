#include <predicate/facts_read.h>
#include <reg/predicate.h>
#include <registration/catalog.h>
#include <registration/near_facts.h>
#include <update/define_facts.h>

namespace reg {
namespace {

using Paths = std::set<PathNames>;

Paths read_by_whens(const Gathered& gathered, const PredicateSet& named) {
  FactPaths texts;
  FactsRead facts_read(named);
  for (const GatheredSource& source : gathered) {
    texts.insert(source.declarations->when_facts.begin(), source.declarations->when_facts.end());
    for (const std::string& call : source.declarations->when_calls) {
      const FactPaths& read = facts_read.of(call);
      texts.insert(read.begin(), read.end());
    }
  }
  Paths paths;
  for (const std::string& text : texts) paths.insert(parse_path(text));
  return paths;
}

// The paths of all that are no objects.
void add_paths(const Json& facts, PathNames& names, Paths& out) {
  for (const auto& [name, value] : facts.items()) {
    names.push_back(name);
    if (value.is_object()) {
      add_paths(value, names, out);
    } else {
      out.insert(names);
    }
    names.pop_back();
  }
}

Paths paths_of(const Json& facts) {
  Paths paths;
  PathNames names;
  add_paths(facts, names, paths);
  return paths;
}

}  // namespace

std::vector<Finding> check_define(const Inputs& inputs, const Gathered& gathered,
                                  const PredicateSet& named) {
  std::vector<Finding> findings;
  if (inputs.define.empty()) return findings;
  const Paths read = read_by_whens(gathered, named), set = paths_of(inputs.settings.facts),
              there = paths_of(inputs.facts);
  Paths known = set, meant = set;
  for (const PathNames& path : read) {
    known.insert(path);
    if (there.contains(path)) meant.insert(path);
  }
  for (NearFact& near : near_facts(inputs.define, known, meant))
    findings.push_back(
        {warning_at({}, "no `when` reads the fact \"" + print_path(near.names) + "\" of --define",
                    std::move(near.hint))});
  return findings;
}

}  // namespace reg
