#include <registration/catalog.h>
#include <registration/checks.h>
#include <registration/origins.h>
#include <registration/reads.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

class CatalogBuilder {
 public:
  explicit CatalogBuilder(std::vector<Finding>& findings) : findings_(findings) {}

  void add(const Source& source) {
    for (const PredicateNamed& named : source.declarations->predicates) add(source, named);
    const auto& failed = source.declarations->failed_predicates;
    catalog_.unusable.insert(failed.begin(), failed.end());
    for (const RegistryDeclaration& declared : source.declarations->registries)
      add(source, declared);
  }

  Catalog finish() {
    leave_out_unusable_predicates();
    for (auto& [name, info] : catalog_.registries) check_select(info);
    return std::move(catalog_);
  }

 private:
  void add(const Source& source, const PredicateNamed& named) {
    Place place = place_in(source, named.at);
    if (catalog_.predicates.define(named.name, named.definition)) {
      predicate_places_.try_emplace(named.name, place);
      return;
    }
    report(error_at(place,
                    "the predicate \"" + named.name + "\" is defined differently at " +
                        predicate_places_[named.name].to_string(),
                    "named predicates are one set for the workspace: rename one of them"));
  }

  void add(const Source& source, const RegistryDeclaration& declared) {
    RegistryInfo& info = catalog_.registry(declared.name);
    if (info.doc.empty()) info.doc = declared.doc;
    for (const DeclaredField& one : declared.fields)
      add_field(info, one.field, place_in(source, one.at));
    for (const DeclaredFact& one : declared.context)
      add_fact(info, one.fact, place_in(source, one.at));
    if (declared.select) add_select(info, *declared.select, place_in(source, declared.select_at));
    if (declared.select_failed) catalog_.without_select.insert(declared.name);
  }

  void add_field(RegistryInfo& info, const Field& field, const Place& place) {
    auto [first, is_new] = field_places_.try_emplace({info.name, field.name}, place);
    if (is_new) {
      info.fields.push_back(field);
      return;
    }
    Field& known = *std::find_if(info.fields.begin(), info.fields.end(),
                                 [&](const Field& f) { return f.name == field.name; });
    if (known.type == FieldType::Any && field.type != FieldType::Any) {
      known.type = field.type;
      first->second = place;
    }
    if (field.type == FieldType::Any || known.type == field.type) return;
    report(error_at(place, "the field \"" + field.name + "\" of the registry \"" + info.name +
                               "\" is " + to_string(field.type) + " here and " +
                               to_string(known.type) + " at " + first->second.to_string()));
  }

  // Another type, or other values, than were declared before are an error; what one leaves open the
  // other says.
  void add_fact(RegistryInfo& info, const Fact& fact, const Place& place) {
    auto [first, is_new] = fact_places_.try_emplace({info.name, fact.path}, place);
    if (is_new) {
      info.context.push_back(fact);
      return;
    }
    Fact& known = *std::find_if(info.context.begin(), info.context.end(),
                                [&](const Fact& f) { return f.path == fact.path; });
    if (known.doc.empty()) known.doc = fact.doc;
    if (known.type == FieldType::Any && fact.type != FieldType::Any) {
      known.type = fact.type;
      first->second = place;
    }
    if (known.values.empty()) known.values = fact.values;
    const bool other_type = fact.type != FieldType::Any && fact.type != known.type;
    if (!other_type && (fact.values.empty() || fact.values == known.values)) return;
    report(error_at(place, "the fact \"" + fact.path + "\" of the registry \"" + info.name +
                               (other_type ? "\" is " + std::string(to_string(fact.type)) +
                                                 " here and " + to_string(known.type) + " at "
                                           : std::string("\" has other values at ")) +
                               first->second.to_string()));
  }

  void add_select(RegistryInfo& info, const std::string& select, const Place& place) {
    auto [first, is_new] = select_places_.try_emplace(info.name, place);
    if (is_new) {
      info.select = select;
    } else if (info.select != select) {
      report(error_at(place, "the registry \"" + info.name + "\" has another `select` at " +
                                 first->second.to_string()));
    }
  }

  // Definitions that call what is not there, or reach themselves, go; then what called those, and
  // so on, of which nothing more is to be said.
  void leave_out_unusable_predicates() {
    forget_unusable();
    for (auto problems = catalog_.predicates.problems(); !problems.empty();
         problems = catalog_.predicates.problems()) {
      std::set<std::string> unusable;
      for (auto& [name, problem] : problems) {
        if (!unusable.insert(name).second || calls_unusable(name)) continue;
        problem.place = predicate_places_[name];
        report(std::move(problem));
      }
      catalog_.unusable.insert(unusable.begin(), unusable.end());
      forget_unusable();
    }
  }

  void forget_unusable() {
    if (catalog_.unusable.empty()) return;
    PredicateSet kept;
    for (const auto& [name, definition] : catalog_.predicates.definitions()) {
      if (!catalog_.unusable.contains(name)) kept.define(name, definition);
    }
    catalog_.predicates = std::move(kept);
  }

  bool calls_unusable(const std::string& name) const {
    const PredicateDefinition* definition = catalog_.predicates.find(name);
    return definition != nullptr && definition->expr && calls_unusable(*definition->expr);
  }
  bool calls_unusable(const Predicate& predicate) const {
    const auto calls = predicate.calls();
    return std::any_of(calls.begin(), calls.end(), [this](const PredicateCall& call) {
      return catalog_.unusable.contains(call.name);
    });
  }

  // A registry whose `select` is wrong has none, and its symbols that need it are wrong, too.
  void check_select(RegistryInfo& info) {
    if (!info.select) return;
    const Predicate select = Predicate::parse(*info.select);
    bool wrong = calls_unusable(select);
    if (!wrong) {
      const DeclarationPart part{{}, {"registries", info.name, "select"}, false, {}};
      for (const ast::TypeFinding& found : check_against(select, info, catalog_.predicates)) {
        wrong |= found.severity == Severity::Error;
        findings_.push_back(
            finding_in_predicate(select_places_[info.name], found, *info.select, part));
      }
    }
    if (!wrong) return;
    info.select.reset();
    catalog_.without_select.insert(info.name);
  }

  void report(Diagnostic diagnostic) { findings_.push_back({std::move(diagnostic)}); }

  std::vector<Finding>& findings_;
  Catalog catalog_;
  std::map<std::string, Place> predicate_places_;
  std::map<std::pair<std::string, std::string>, Place> field_places_, fact_places_;
  std::map<std::string, Place> select_places_;
};

}  // namespace

RegistryInfo& Catalog::registry(std::string_view name) {
  auto found = registries.find(name);
  if (found == registries.end()) {
    found = registries.emplace(std::string(name), RegistryInfo{}).first;
    found->second.name = name;
  }
  return found->second;
}

Catalogs build_catalogs(std::span<const Source> sources, const Json& facts,
                        std::vector<Finding>& findings) {
  CatalogBuilder builder(findings);
  bool any_remote = false;
  for (const Source& source : sources) {
    if (source.is_remote()) {
      any_remote = true;
    } else {
      builder.add(source);
    }
  }
  Catalogs catalogs;
  catalogs.all = builder.finish();
  add_reads(sources, facts, catalogs.all);
  if (!any_remote) return catalogs;
  catalogs.own = catalogs.all;
  join_origins(sources, catalogs, findings);
  return catalogs;
}

std::set<std::string> registries_with_symbols(const Source& source) {
  std::set<std::string> names(source.registries.begin(), source.registries.end());
  if (!names.empty()) return names;
  for (const InfoShape& shape : source.declarations->shapes) names.insert(shape.registry);
  return names;
}

Place place_in(const Source& source, Position at) {
  return {std::string(source.path), at.line, at.column};
}

}  // namespace reg
