#include <manifest/declarations.h>
#include <reg/selection.h>
#include <reg/text.h>
#include <select/contender.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t most_context = 2000;  // bytes of a context that a message shows
constexpr std::size_t most_expression = 300;
constexpr std::size_t most_refusals = 5;
constexpr std::size_t most_ties = 5;

Refusal refusal(const Candidate& candidate) {
  return {candidate.symbol.target, candidate.score, why_not(candidate)};
}

std::string and_more(std::size_t rest) { return "\n  … and " + std::to_string(rest) + " more"; }

// A host has a hundred features, which would hide all else.
Json with_short_lists(Json value) {
  constexpr std::size_t most = 8, shown = 4;
  if (value.is_array() && value.size() > most) {
    value.erase(value.begin() + shown, value.end());
    value.push_back("…");
  } else if (value.is_object()) {
    for (Json& part : value) part = with_short_lists(std::move(part));
  }
  return value;
}

Refusal refusal_by_name(const Candidate& candidate) {
  return {name_of_implementation(candidate.symbol), candidate.score, why_not(candidate)};
}

std::string message(const Selection& selection) {
  std::string text = "no implementation of " + in_quotes(selection.oid) + " in registry " +
                     in_quotes(selection.registry) + " applies to the context " +
                     shortened(to_text(with_short_lists(selection.context)), most_context);
  const std::size_t count = std::min(selection.candidates.size(), most_refusals);
  for (const Candidate& candidate : std::span(selection.candidates).first(count)) {
    const Refusal one = refusal_by_name(candidate);
    text += "\n  " + one.target + ": " + (one.why.empty() ? score_text(one.score) : one.why);
  }
  const std::size_t rest = selection.candidates.size() - count;
  return rest == 0 ? text : text + and_more(rest);
}

std::string message(const std::vector<Tie>& ties) {
  std::string text;
  const std::size_t count = std::min(ties.size(), most_ties);
  for (const Tie& tie : std::span(ties).first(count))
    text += (text.empty() ? "" : "\n  ") + tie.message();
  return count == ties.size() ? text : text + and_more(ties.size() - count);
}

// The values on which a part and those in it failed, each once.
void add_notes(const Trace& trace, std::vector<std::string>& notes) {
  constexpr std::size_t most = 3;
  const bool is_new = std::find(notes.begin(), notes.end(), trace.note) == notes.end();
  if (trace.score == 0.0 && !trace.note.empty() && is_new && notes.size() < most)
    notes.push_back(trace.note);
  for (const Trace& part : trace.children) add_notes(part, notes);
}

}  // namespace

// What is negated does not fail.
const Trace& first_failure(const Trace& trace) {
  const auto failed = [](const Trace& part) { return part.score == 0.0; };
  const auto first = std::find_if(trace.children.begin(), trace.children.end(), failed);
  if (!failed(trace) || first == trace.children.end()) return trace;
  const bool others = std::any_of(first + 1, trace.children.end(), failed);
  return others ? trace : first_failure(*first);
}

std::string why_not(const Candidate& candidate) {
  if (!candidate.trace || candidate.score > 0) return {};
  const Trace& failure = first_failure(*candidate.trace);
  std::string text = shortened(failure.expr, most_expression);
  std::vector<std::string> notes;
  add_notes(failure, notes);
  if (!notes.empty()) return text + " (" + joined(notes, "; ") + ')';
  const double score = failure.score.value_or(0);
  return score < 0 ? text + " (its score is " + score_text(score) + ')' : text;
}

std::string origin_of(const Symbol& symbol) {
  return std::string(origin_of_source(symbol.source.path));
}

std::string name_of_implementation(const Symbol& symbol) {
  const std::string origin = origin_of(symbol);
  return origin.empty() ? symbol.target : symbol.target + ", from " + origin;
}

std::string Tie::message() const {
  return registry + '/' + oid + ": " + std::to_string(targets.size()) +
         " implementations share the score " + score_text(score) + ": " + joined(targets);
}

std::optional<Tie> Selection::tie() const {
  std::vector<std::string> targets = best_targets();
  if (targets.size() < 2) return std::nullopt;
  return Tie{registry, oid, candidates.front().score, std::move(targets)};
}

const Candidate* Selection::tied_without_pin() const {
  const Candidate* const best = winner();
  if (best == nullptr || !best->pinned) return nullptr;
  const auto other =
      std::find_if(candidates.begin(), candidates.end(), [best](const Candidate& one) {
        return one.score == best->score && one.symbol.target != best->symbol.target;
      });
  return other == candidates.end() ? nullptr : &*other;
}

std::vector<std::string> Selection::best_targets() const {
  std::vector<std::string> targets;
  for (const Candidate& one : std::span(candidates).first(tied))
    targets.push_back(one.symbol.target);
  return each_once(std::move(targets));
}

const Candidate* Selection::pinned() const {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [](const Candidate& one) { return one.pinned != nullptr; });
  return found == candidates.end() ? nullptr : &*found;
}

std::span<const Candidate> Selection::applicable() const {
  auto end = std::find_if(candidates.begin(), candidates.end(),
                          [](const Candidate& one) { return !(one.score > 0); });
  return {candidates.begin(), end};
}

NoSelectableObject::NoSelectableObject(Selection selection)
    : RegistryError(ErrorKind::NoSelectableObject, message(selection),
                    "--explain shows every part of every predicate"),
      selection_(std::move(selection)) {}

std::vector<Refusal> NoSelectableObject::refusals() const {
  std::vector<Refusal> refusals;
  refusals.reserve(selection_.candidates.size());
  for (const Candidate& one : selection_.candidates) refusals.push_back(refusal(one));
  return refusals;
}

SelectAmbiguity::SelectAmbiguity(const std::string& message, std::vector<std::string> targets)
    : RegistryError(ErrorKind::SelectAmbiguity, message), targets_(std::move(targets)) {}

SelectAmbiguity::SelectAmbiguity(const std::vector<Tie>& ties)
    : SelectAmbiguity(message(ties), ties.front().targets) {}

}  // namespace reg
