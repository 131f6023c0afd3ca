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

}  // namespace

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

std::optional<Registered> Surroundings::reason_against(const Implementation& newcomer,
                                                       std::vector<Diagnostic>& problems) const {
  if (newcomer.abstract == Abstract::Yes) return Registered::Abstract;
  if (!newcomer.when) return std::nullopt;
  const std::size_t before = problems.size();
  check_calls(*newcomer.when, newcomer.symbol, problems);
  if (problems.size() != before) return std::nullopt;
  const bool holds = newcomer.when->score(facts, Json::object(), predicates) > 0;
  return holds ? std::nullopt : std::optional(Registered::Excluded);
}

void Surroundings::check_calls(const Predicate& predicate, const Symbol& symbol,
                               std::vector<Diagnostic>& problems) const {
  for (const PredicateCall& call : predicate.calls()) {
    auto problem = predicates.problem(call);
    if (!problem) continue;
    problems.push_back({Severity::Error,
                        symbol.source,
                        "the predicate " + predicate.to_string() + " of \"" + symbol.target +
                            "\": " + problem->message,
                        problem->hint,
                        {}});
  }
}

bool Surroundings::is_traced(std::string_view oid) const {
  return std::any_of(tracers.begin(), tracers.end(),
                     [oid](const auto& tracer) { return tracer->wants(oid); });
}

}  // namespace reg
