#include "expectation_report.h"

#include "printable.h"
#include "text.h"
#include "trace_difference.h"

#include <algorithm>

namespace reg::app {

namespace {

const Candidate* candidate_of(const Selection& selection, const std::string& target) {
  const auto found =
      std::find_if(selection.candidates.begin(), selection.candidates.end(),
                   [&](const Candidate& each) { return each.symbol.target == target; });
  return found == selection.candidates.end() ? nullptr : &*found;
}

// The first of these that the others do not have; else the first.
const Candidate* first_missing(const Selection& selection, const std::vector<std::string>& targets,
                               const std::vector<std::string>& others) {
  if (targets.empty()) return nullptr;
  const auto missing = std::find_if(targets.begin(), targets.end(), [&](const std::string& target) {
    return std::find(others.begin(), others.end(), target) == others.end();
  });
  return candidate_of(selection, missing == targets.end() ? targets.front() : *missing);
}

void append_reasons(std::string& out, const ExpectationResult& result, const Style& style,
                    std::size_t width) {
  const Selection& selection = *result.selection;
  const std::vector<std::string>& expected = result.expectation.targets;
  if (!result.expectation.doc.empty())
    out += "  " + style.dim("doc") + ' ' + printable(result.expectation.doc) + '\n';
  out += "  " + style.dim("for") + ' ' + printable(to_text(selection.context)) + '\n';
  // Of a single one that is expected, the first of a tie is what took its place.
  const bool is_tie = expected.size() > 1;
  const Candidate* wanted = first_missing(selection, expected, *result.got);
  const Candidate* got =
      is_tie ? first_missing(selection, *result.got, expected) : selection.winner();
  out += trace_difference(wanted, wanted == got ? nullptr : got, style, width);
}

std::string head_of(const Place& place, const Style& style) {
  const std::string text = place.to_string();
  return style.bold(text.empty() ? "reg:" : printable(text) + ':') + ' ';
}

}  // namespace

void ExpectationCounts::add(ExpectationStatus status) {
  ++(status == ExpectationStatus::Met      ? met
     : status == ExpectationStatus::Failed ? failed
                                           : invalid);
}

std::string summary_of(const ExpectationCounts& counts) {
  std::string text =
      counted(counts.all(), "expectation", "expectations") + ": " + grouped(counts.met) + " met";
  if (counts.failed != 0) text += ", " + grouped(counts.failed) + " failed";
  if (counts.invalid != 0) text += ", " + grouped(counts.invalid) + " invalid";
  return text;
}

std::string failure_text(const ExpectationResult& result, const Style& style, std::size_t width,
                         Reasons reasons) {
  std::string out;
  for (const Diagnostic& each : result.diagnostics) {
    if (each.severity != Severity::Error) continue;
    out +=
        head_of(each.place, style) + style.error("error:") + ' ' + printable(each.message) + '\n';
    if (!each.hint.empty()) out += style.dim("  hint:") + ' ' + printable(each.hint) + '\n';
  }
  if (reasons == Reasons::Shown && result.selection) append_reasons(out, result, style, width);
  return out;
}

std::string met_text(const ExpectationResult& result, const Style& style) {
  const Expectation& expectation = result.expectation;
  return head_of(expectation.outcome, style) + style.good("met:") + ' ' +
         printable(expectation.registry + '/' + expectation.oid + ": " +
                   print_outcome(expectation.targets)) +
         '\n';
}

}  // namespace reg::app
