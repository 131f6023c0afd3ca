#include "why.h"

#include "printable.h"

#include <reg/text.h>
#include <algorithm>

namespace reg::app {

namespace {

constexpr std::size_t most_of_value = 120;

// An implementation beside those that it competes with.
struct Standing {
  const Selection& selection;
  const Candidate& own;
  const Candidate* winner;  // null: none applies
  const Candidate* pinned;  // null: no pin
  bool wins() const { return winner == &own; }
  bool is_pinned() const { return pinned == &own; }
};

Standing standing_of(const Selection& selection, const Symbol& symbol) {
  return {selection, candidate_of(selection, symbol), selection.winner(), selection.pinned()};
}

std::string value_text(const Json& value) { return shortened(to_text(value), most_of_value); }

std::string with_score(const Candidate& candidate) {
  return "with the score " + score_text(candidate.score);
}

std::string pinned_text(const Candidate& candidate) { return "is pinned: " + *candidate.pinned; }

std::string won(const Standing& standing) {
  if (standing.selection.pin_decides) return " wins, since it " + pinned_text(standing.own);
  return " wins, " + with_score(standing.own) + '.';
}

// What else there is to know of who wins; empty: nothing.
std::string won_besides(const Selection& selection) {
  if (const Candidate* displaced = selection.displaced())
    return "Without the pin, " + name_of_implementation(displaced->symbol) + " would, " +
           with_score(*displaced) + '.';
  const auto tie = selection.tie();
  if (!tie) return {};
  const std::vector<std::string> others(tie->targets.begin() + 1, tie->targets.end());
  return "It ties with " + joined(others) + ", and is registered first.";
}

std::string lost(const Standing& standing) {
  if (standing.winner == nullptr) return " does not win, and nothing does.";
  const Candidate& winner = *standing.winner;
  std::string text = " does not win: " + name_of_implementation(winner.symbol) + " does, ";
  if (!standing.selection.pin_decides) return text + with_score(winner) + '.';
  return text + "which " + pinned_text(winner);
}

std::string own_score(const Standing& standing) {
  const Candidate& own = standing.own;
  std::string text = "Its own score is " + score_text(own.score);
  if (own.score == 0) return text + ": " + why_not(own);
  if (standing.selection.displaced() == &own) return text + ", and it would win without that pin.";
  const bool by_order =
      !standing.wins() && !standing.selection.pin_decides && own.score == standing.winner->score;
  return text + (by_order ? ", too; the other one is registered before it." : ".");
}

// What is said of all contexts is said without pins.
std::string pin_aside(const Standing& standing, const std::string& otherwise) {
  if (standing.pinned == nullptr) return otherwise;
  if (standing.is_pinned()) return "It is pinned, and wins wherever it applies. Without the pin, ";
  return "Where " + name_of_implementation(standing.pinned->symbol) +
         ", which is pinned, does not apply, ";
}

std::string resting(const std::vector<std::string>& facts) {
  return facts.empty() ? "." : ", as long as [context] gives " + joined(facts, " and ") + '.';
}

std::string never(const Contest& contest, const Standing& standing, const Winning& winning) {
  const std::string why = winning.beaten_by.empty()
                              ? "its predicate holds for no context"
                              : "wherever it applies, " + how_beaten(contest, winning);
  const bool aside = standing.is_pinned() && !winning.beaten_by.empty();
  return (aside ? pin_aside(standing, "") + "it could never win: " : "It can never win: ") + why +
         resting(winning.rests_on);
}

std::string condition(const FactCondition& fact) {
  std::string text = fact.condition;
  if (text.empty())
    text = fact.fact + " is like " + (fact.example ? value_text(*fact.example) : "");
  return text + (fact.now ? " (it is " + value_text(*fact.now) + ')' : " (it is missing)");
}

void write_change(Output& out, const Style& style, const ContextChange& change) {
  const char* joint = "  ";
  for (const FactCondition& fact : change.facts) {
    out.line(joint + style.good(printable(condition(fact))));
    joint = "  and ";
  }
}

void write_changes(Output& out, const Style& style, const Standing& standing, const WhyNot& why) {
  const std::string aside = pin_aside(standing, "");
  out.line("");
  out.line(printable(aside) + (aside.empty() ? "It wins if" : "it wins if"));
  for (const ContextChange& change : why.changes) {
    if (&change != &why.changes.front()) out.line("or if");
    write_change(out, style, change);
  }
  if (!why.complete)
    out.line("There may be others of as few facts, or fewer: not all could be decided.");
}

}  // namespace

const Candidate& candidate_of(const Selection& selection, const Symbol& symbol) {
  return *std::ranges::find(selection.candidates, symbol, &Candidate::symbol);
}

void write_why(Output& out, const Style& style, const Contest& contest, std::size_t symbol,
               const Selection& selection, const WhyNot& why) {
  const Standing standing = standing_of(selection, contest.symbols[symbol]);
  const std::string name = style.bold(printable(name_of_implementation(standing.own.symbol)));
  out.line(name + printable(standing.wins() ? won(standing) : lost(standing)));
  const std::string besides = standing.wins() ? won_besides(selection) : "";
  if (!besides.empty()) out.line(printable(besides));
  if (standing.wins() && why.wins) return;
  out.line(printable(own_score(standing)));
  if (why.wins) return;
  if (why.winning.verdict == Verdict::Never)
    return out.line(printable(never(contest, standing, why.winning)));
  if (!why.changes.empty()) return write_changes(out, style, standing, why);
  if (why.winning.witness) {
    out.line("No small change was found by which it would win. It wins for " +
             printable(to_text(*why.winning.witness)) + '.');
    return;
  }
  out.line("Whether it can ever win could not be decided.");
}

}  // namespace reg::app
