// The shape of why an implementation does not win.

#include <query/json_members.h>
#include <reg/shapes.h>
#include <algorithm>

namespace reg {
namespace {

const char* to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Never:
      return "never";
    case Verdict::Sometimes:
      return "sometimes";
    case Verdict::Always:
      return "always";
    case Verdict::Undecided:
      break;
  }
  return "undecided";
}

void append_bool(std::string& out, std::string_view key, bool value) {
  append_key(out, key);
  out += value ? "true" : "false";
}

void append_value(std::string& out, std::string_view key, const std::optional<Json>& value) {
  if (!value) return;
  append_key(out, key);
  out += to_text(*value);
}

void append_condition(std::string& out, const FactCondition& fact) {
  out += '{';
  append_text_member(out, "fact", fact.fact);
  append_text_or_null(out, "condition", fact.condition);
  append_value(out, "now", fact.now);
  append_value(out, "example", fact.example);
  out += '}';
}

void append_change(std::string& out, const ContextChange& change) {
  out += '{';
  append_key(out, "facts");
  append_array(out, change.facts, append_condition);
  append_key(out, "context");
  out += to_text(change.example);
  out += '}';
}

void append_text(std::string& out, const std::string& text) { out += in_quotes(text); }

void append_winning(std::string& out, const Contest& contest, const Winning& winning) {
  append_text_member(out, "verdict", to_string(winning.verdict));
  append_key(out, "beaten_by");
  append_array(out, winning.beaten_by, [&](std::string& to, std::size_t symbol) {
    append_text(to, contest.symbols[symbol].target);
  });
  append_bool(out, "by_order", winning.by_order);
  append_key(out, "rests_on");
  append_array(out, winning.rests_on, append_text);
}

}  // namespace

void append_why(std::string& out, const Contest& contest, std::size_t symbol,
                const Selection& selection, const WhyNot& why) {
  const Symbol& asked = contest.symbols[symbol];
  const Candidate* winner = selection.winner();
  const auto own = std::ranges::find(selection.candidates, asked, &Candidate::symbol);
  out += '{';
  append_text_member(out, "oid", contest.oid);
  append_text_member(out, "registry", contest.registry.name);
  append_text_member(out, "target", asked.target);
  append_origin(out, asked);
  append_key(out, "context");
  out += to_text(selection.context);
  append_bool(out, "wins", winner == &*own);
  append_winner(out, winner);
  append_score(out, own->score);
  append_text_or_null(out, "why", why_not(*own));
  append_winning(out, contest, why.winning);
  append_key(out, "changes");
  append_array(out, why.changes, append_change);
  const bool is_known = why.complete || why.wins || why.winning.verdict == Verdict::Never;
  append_bool(out, "complete", is_known);
  append_pin(out, selection);
  out += '}';
}

}  // namespace reg
