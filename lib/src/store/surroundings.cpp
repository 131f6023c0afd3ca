#include <predicate/typing.h>
#include <registration/checks.h>
#include <store/surroundings.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

std::string score_text(double score) {
  std::string text;
  append_number(text, score);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

// The parts that were evaluated, each after its own parts: the order in which they returned.
void collect(const Trace& trace, const std::string& target, std::vector<std::string>& lines) {
  for (const Trace& child : trace.children) collect(child, target, lines);
  if (!trace.score) return;
  lines.push_back("predicate " + trace.expr + " returned " + score_text(*trace.score) + " for " +
                  target);
}

std::string whose_predicate(const Predicate& predicate, const Symbol& symbol) {
  return "the predicate " + predicate.to_string() + " of \"" + symbol.target + '"';
}

}  // namespace

void Findings::error(const Place& place, std::string message, std::string hint,
                     std::string excerpt) {
  problems.push_back(
      {Severity::Error, place, std::move(message), std::move(hint), std::move(excerpt)});
}

void Findings::add(const ast::TypeFinding& found, const Place& place, const std::string& whose,
                   const std::string& scope) {
  const bool is_error = found.severity == Severity::Error;
  if (!is_error && !said_.insert(place.path + '\n' + scope + '\n' + found.message).second) return;
  (is_error ? problems : warnings)
      .push_back({found.severity, place, whose + ": " + found.message, found.hint, {}});
}

bool Tracer::wants(std::string_view oid) const {
  return oids.empty() || std::find(oids.begin(), oids.end(), oid) != oids.end();
}

void Tracer::write(const Selection& selection) {
  std::vector<std::string> traced;
  for (const Candidate& candidate : selection.candidates) {
    if (candidate.trace) collect(*candidate.trace, candidate.symbol.target, traced);
  }
  std::lock_guard lock(mutex);
  for (std::string& line : traced) {
    if (sink) {
      sink(line);
    } else {
      lines.push_back(std::move(line));
    }
  }
}

void Surroundings::warn(const Diagnostic& warning) const {
  if (warning_handler) warning_handler(warning);
}

void Surroundings::warn(Place place, std::string message, std::string hint) const {
  warn(Diagnostic{Severity::Warning, std::move(place), std::move(message), std::move(hint), {}});
}

void Surroundings::warn(const std::vector<Diagnostic>& warnings) const {
  for (const Diagnostic& warning : warnings) warn(warning);
}

std::optional<Registered> Surroundings::reason_against(const Implementation& newcomer,
                                                       Findings& findings) const {
  if (newcomer.abstract == Abstract::Yes) return Registered::Abstract;
  if (!newcomer.when) return std::nullopt;
  const std::size_t before = findings.problems.size();
  for (const ast::TypeFinding& found : ast::check_condition(*newcomer.when, facts, predicates))
    findings.add(found, newcomer.symbol.source, whose_predicate(*newcomer.when, newcomer.symbol),
                 "when " + newcomer.when->to_string());
  if (findings.problems.size() != before) return std::nullopt;
  const bool holds = newcomer.when->score(facts, Json::object(), predicates) > 0;
  return holds ? std::nullopt : std::optional(Registered::Excluded);
}

void Surroundings::check(const Predicate& predicate, const Symbol& symbol,
                         const RegistryInfo& registry, Findings& findings) const {
  for (const ast::TypeFinding& found : check_against(predicate, registry, predicates))
    findings.add(found, symbol.source, whose_predicate(predicate, symbol), registry.name);
}

bool Surroundings::is_traced(std::string_view oid) const {
  return std::any_of(tracers.begin(), tracers.end(),
                     [oid](const auto& tracer) { return tracer->wants(oid); });
}

}  // namespace reg
