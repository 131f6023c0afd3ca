#include "why.h"

#include "explain.h"
#include "printable.h"

#include <reg/text.h>
#include <algorithm>

namespace reg::app {

namespace {

std::string targets(const Contest& contest, const std::vector<std::size_t>& symbols) {
  std::vector<std::string> names;
  for (const std::size_t symbol : symbols)
    names.push_back(printable(contest.symbols[symbol].target));
  return joined(names);
}

std::string resting(const std::vector<std::string>& facts) {
  if (facts.empty()) return ".";
  return ", as long as " + joined(facts) + (facts.size() == 1 ? " is" : " are") +
         " what [context] gives or something else is given.";
}

std::string never(const Contest& contest, const Winning& winning) {
  std::string text = "It can never win: ";
  if (winning.beaten_by.empty()) {
    text += "its predicate holds for no context";
  } else {
    text += "wherever it applies, " + targets(contest, winning.beaten_by);
    const bool one = winning.beaten_by.size() == 1;
    text += winning.by_order ? (one ? " scores at least as much and is registered before it"
                                    : " score at least as much, some of them registered before it")
                             : (one ? " scores more" : " score more");
  }
  return text + resting(winning.rests_on);
}

std::string condition(const FactCondition& fact) {
  std::string text = fact.condition;
  if (text.empty()) text = fact.fact + " is like " + (fact.example ? to_text(*fact.example) : "");
  return printable(text + (fact.now ? " (it is " + to_text(*fact.now) + ')' : " (it is missing)"));
}

std::string change(const ContextChange& one) {
  std::vector<std::string> conditions;
  for (const FactCondition& fact : one.facts) conditions.push_back(condition(fact));
  return joined(conditions, " and ");
}

std::string own_score(const Candidate& candidate) {
  const std::string reason = why_not(candidate);
  std::string text = "Its own score is " + score_text(candidate.score);
  return printable(reason.empty() ? text + '.' : text + ": " + reason);
}

void write_now(Output& out, const Style& style, const std::string& target,
               const Selection& selection) {
  const Candidate* winner = selection.winner();
  const auto own = std::ranges::find(selection.candidates, target,
                                     [](const Candidate& one) { return one.symbol.target; });
  if (winner == nullptr) {
    out.line(style.bold(printable(target)) + " does not win, and nothing does.");
  } else {
    out.line(style.bold(printable(target)) + " does not win: " + printable(winner->symbol.target) +
             " does, with the score " + score_text(winner->score) + '.');
  }
  out.line(own_score(*own));
}

// What is said behind it holds without pins.
void write_pin(Output& out, const Selection& selection) {
  const Candidate* pinned = selection.pinned();
  if (pinned == nullptr) return;
  const std::string name = pinned->symbol.target + " is pinned (" + *pinned->pinned + ')';
  out.line(printable(name + (pinned->score > 0 ? " and applies: " + effect_of_pin(selection)
                                               : ", but does not apply here")) +
           '.');
}

void write_changes(Output& out, const Style& style, const WhyNot& why, bool is_without_pin) {
  out.line("");
  bool first = true;
  for (const ContextChange& one : why.changes) {
    out.line(!first ? "or if" : is_without_pin ? "Without the pin it wins if" : "It wins if");
    out.line("  " + style.good(change(one)));
    first = false;
  }
  if (!why.complete) out.line("There may be smaller changes: not all could be decided.");
}

}  // namespace

void write_why(Output& out, const Style& style, const Contest& contest, std::size_t symbol,
               const Selection& selection, const WhyNot& why) {
  const std::string& target = contest.symbols[symbol].target;
  const Candidate* winner = selection.winner();
  if (winner != nullptr && winner->symbol.target == target) {
    out.line(style.bold(printable(target)) + " wins, with the score " + score_text(winner->score) +
             '.');
    return write_pin(out, selection);
  }
  write_now(out, style, target, selection);
  write_pin(out, selection);
  if (why.wins) return;
  const bool is_without_pin =
      selection.pinned() != nullptr && selection.pinned()->symbol.target != target;
  if (why.winning.verdict == Verdict::Never) return out.line(never(contest, why.winning));
  if (!why.changes.empty()) return write_changes(out, style, why, is_without_pin);
  if (why.winning.witness) {
    return out.line("No small change was found by which it would win. It wins for " +
                    printable(to_text(*why.winning.witness)) + '.');
  }
  out.line("Whether it can ever win could not be decided.");
}

}  // namespace reg::app
