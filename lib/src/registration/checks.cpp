#include <manifest/line.h>
#include <predicate/atoms.h>
#include <registration/checks.h>
#include <registration/info_check.h>
#include <text/excerpt.h>
#include <text/json_text.h>
#include <algorithm>
#include <unordered_set>

namespace reg {
namespace {

bool accepts(FieldType declared, FieldType given) {
  if (declared == FieldType::Any || given == FieldType::Any || declared == given) return true;
  return (declared == FieldType::Number && given == FieldType::Int) ||
         (declared == FieldType::String && given == FieldType::Version);
}

bool fits(const InfoShape& shape, const Catalog& catalog) {
  auto info = catalog.registries.find(shape.registry);
  return std::all_of(shape.fields.begin(), shape.fields.end(), [&](const auto& given) {
    const Field* field =
        info == catalog.registries.end() ? nullptr : info->second.field(given.first);
    return field != nullptr && accepts(field->type, given.second);
  });
}

bool same_types(const RegistryInfo& a, const RegistryInfo& b) {
  return a.fields == b.fields && a.context == b.context;
}

// The registries that the symbols of a source are in, as the records name them.
std::vector<std::string_view> registries_of(const Source& source) {
  std::vector<std::string_view> names;
  std::unordered_set<std::string_view> known;
  for (const SymbolRecord& record : source.symbols) {
    if (!names.empty() && record.registry == names.back()) continue;
    if (known.insert(record.registry).second) names.push_back(record.registry);
  }
  return names;
}

bool has_error(const std::vector<ast::TypeFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [](const ast::TypeFinding& found) {
    return found.severity == Severity::Error;
  });
}

}  // namespace

std::vector<ast::TypeFinding> check_against(const Predicate& predicate,
                                            const RegistryInfo& registry,
                                            const PredicateSet& named) {
  return ast::check_types(predicate, {registry.name, registry.fields, registry.context, named});
}

Finding finding_in_predicate(Place place, const ast::TypeFinding& found, std::string_view text,
                             DeclarationPart predicate) {
  predicate.of_predicate = found.part;
  const std::size_t offset = ast::offset_of(text, found.part).value_or(0);
  return {{found.severity, std::move(place), found.message, found.hint, excerpt(text, offset)},
          std::move(predicate)};
}

bool SymbolChecks::unchanged(const Source& source) const {
  const std::vector<std::string_view> names = registries_of(source);
  const RegistryInfo bare;  // nothing declares it, or did
  const auto in = [&bare](const Catalog& catalog, std::string_view name) -> const RegistryInfo& {
    const auto found = catalog.registries.find(name);
    return found == catalog.registries.end() ? bare : found->second;
  };
  return source.checked == Checked::Before &&
         std::all_of(names.begin(), names.end(), [&](std::string_view name) {
           return same_types(in(catalog_, name), in(before_, name)) &&
                  !catalog_.without_select.contains(name);
         });
}

bool SymbolChecks::pass(const Source& source) {
  if (source.checked == Checked::Never) return false;
  if (source.checked == Checked::Before &&
      catalog_.predicates.definitions() == before_.predicates.definitions())
    return unchanged(source);
  return infos_fit(source) && predicates_fit(source);
}

bool SymbolChecks::infos_fit(const Source& source) const {
  if (source.checked == Checked::Summed) {
    const auto& shapes = source.declarations->shapes;
    return std::all_of(shapes.begin(), shapes.end(),
                       [this](const InfoShape& shape) { return fits(shape, catalog_); });
  }
  const std::vector<std::string_view> names = registries_of(source);
  return std::all_of(names.begin(), names.end(), [this](std::string_view name) {
    auto now = catalog_.registries.find(name), then = before_.registries.find(name);
    return now != catalog_.registries.end() && then != before_.registries.end() &&
           now->second.fields == then->second.fields;
  });
}

bool SymbolChecks::predicates_fit(const Source& source) {
  for (std::string_view name : registries_of(source)) {
    if (catalog_.without_select.contains(name)) return false;
  }
  for (const PredicateSummary& summary : source.declarations->summaries) {
    auto registry = catalog_.registries.find(summary.registry);
    if (!summary.complete || registry == catalog_.registries.end()) return false;
    for (const std::string& atom : summary.atoms) {
      if (!is_clean(registry->second, atom)) return false;
    }
  }
  return true;
}

bool SymbolChecks::is_clean(const RegistryInfo& registry, const std::string& atom) {
  auto [known, is_new] = clean_[registry.name].try_emplace(atom);
  if (is_new) {
    const Predicate predicate = Predicate::parse(atom);
    const auto calls = predicate.calls();
    known->second = std::none_of(calls.begin(), calls.end(),
                                 [this](const PredicateCall& call) {
                                   return catalog_.unusable.contains(call.name);
                                 }) &&
                    check_against(predicate, registry, catalog_.predicates).empty();
  }
  return known->second;
}

Verdict SymbolChecks::of(const Source& source, const SymbolRecord& record) {
  Verdict verdict;
  const auto text = split_line(record.line);
  const auto registry = catalog_.registries.find(record.registry);
  if (!text || registry == catalog_.registries.end()) return verdict;
  const Place place = place_in(source, record.at);
  if (!text->info.empty()) {
    for (InfoProblem& problem : check_info(Json::parse(text->info), registry->second)) {
      verdict.in_order = false;
      verdict.findings.push_back(
          {error_at(place, std::move(problem.message), std::move(problem.hint)),
           DeclarationPart{record.at, {"info", problem.field}, problem.undeclared, {}}});
    }
  }
  if (!text->select.empty()) {
    check_select(source, record, text->select, registry->second, verdict);
  } else if (catalog_.without_select.contains(registry->second.name)) {
    verdict.in_order = false;
  }
  return verdict;
}

void SymbolChecks::check_select(const Source& source, const SymbolRecord& record,
                                std::string_view select, const RegistryInfo& registry,
                                Verdict& verdict) {
  const std::string text = unescape(select);
  for (const PredicateCall& call : Predicate::parse(text).calls()) {
    if (!catalog_.unusable.contains(call.name)) continue;
    verdict.in_order = false;
    return;
  }
  const std::vector<ast::TypeFinding>& found = findings_in(registry, text);
  if (has_error(found)) verdict.in_order = false;
  for (const ast::TypeFinding& one : found) {
    if (one.is_shared && !is_first(source, registry, one.message)) continue;
    verdict.findings.push_back(finding_in_predicate(
        place_in(source, record.at), one, text, DeclarationPart{record.at, {"select"}, false, {}}));
  }
}

const std::vector<ast::TypeFinding>& SymbolChecks::findings_in(const RegistryInfo& registry,
                                                               const std::string& select) {
  constexpr std::size_t most = 10'000;
  if (known_.size() > most) known_.clear();
  auto [known, is_new] = known_.try_emplace(registry.name + ' ' + select);
  if (is_new)
    known->second = check_against(Predicate::parse(select), registry, catalog_.predicates);
  return known->second;
}

bool SymbolChecks::is_first(const Source& source, const RegistryInfo& registry,
                            const std::string& message) {
  return said_.insert(std::string(source.path) + '\n' + registry.name + '\n' + message).second;
}

}  // namespace reg
