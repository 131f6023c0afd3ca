#include "explain.h"

#include "printable.h"
#include "text.h"
#include "trace_lines.h"

#include <reg/predicate.h>
#include <algorithm>
#include <span>

namespace reg::app {

namespace {

// What comes from where stands beside values up to this width.
constexpr std::size_t widest_value = 40;
// A host has a hundred features; JSON shows them all.
constexpr std::size_t longest_value = 160;

std::string padded_right(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, display_width(text)), ' ');
}

struct FactLine {
  std::string path, value, origin;
};

// The facts that are no objects, with what stands in the same place of `origins`.
void append_facts(std::vector<FactLine>& lines, const Json& facts, const Json& origins,
                  const std::string& before) {
  for (const auto& [name, value] : facts.items()) {
    const std::string path = before + print_path(std::span(&name, 1));
    const auto origin = origins.is_object() ? origins.find(name) : origins.end();
    const bool known = origin != origins.end();
    if (value.is_object() && !value.empty()) {
      append_facts(lines, value, known ? *origin : Json(), path + '.');
    } else {
      const bool is_named = known && origin->is_string();
      lines.push_back({printable(path), shortened(printable(to_text(value)), longest_value),
                       is_named ? printable(origin->get<std::string>()) : std::string()});
    }
  }
}

void write_facts(Output& out, const Style& style, const Context& context, const Json& origins) {
  std::vector<FactLine> lines;
  append_facts(lines, context, origins, "");
  if (lines.empty()) return out.line("  " + style.dim("(no facts)"));
  std::size_t path = 0, value = 0;
  for (const FactLine& line : lines) {
    path = std::max(path, display_width(line.path));
    value = std::max(value, std::min(display_width(line.value), widest_value));
  }
  for (const FactLine& line : lines) {
    std::string text = "  " + padded_right(line.path, path) + "  ";
    text += line.origin.empty() ? line.value
                                : padded_right(line.value, value) + "  " + style.dim(line.origin);
    out.line(text);
  }
}

std::size_t widest(const std::vector<std::vector<TraceLine>>& traces, std::size_t least) {
  for (const auto& lines : traces) {
    for (const TraceLine& line : lines) least = std::max(least, line.score.size());
  }
  return least;
}

std::string padded_left(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string expression(const TraceLine& line, const Style& style, bool applies) {
  if (line.is_failure) return style.bad(line.expr);
  return applies && line.score != "-" ? line.expr : style.dim(line.expr);
}

void write_trace(Output& out, const Style& style, const std::vector<TraceLine>& lines,
                 std::size_t width, bool applies) {
  for (const TraceLine& line : lines) {
    std::string text = "  " + padded_left(line.score, width) + "  " + style.dim(line.tree) +
                       expression(line, style, applies);
    if (!line.note.empty()) {
      const std::string note = '(' + line.note + ')';
      text += "  " + (line.is_failure ? style.bad(note) : style.dim(note));
    }
    out.line(text);
  }
}

// What became of a candidate.
std::string outcome_of(const Selection& selection, std::size_t at, const Style& style) {
  const Candidate& candidate = selection.candidates[at];
  if (selection.tied != 0 && at == 0) return "  selected";
  if (at < selection.tied) return "  tied, registered later";
  // A predicate of one part says it itself, in the next line.
  const bool says_more = candidate.trace && !candidate.trace->children.empty();
  const std::string why = says_more ? why_not(candidate) : std::string();
  return why.empty() ? "" : "  fails: " + style.bad(printable(why));
}

// Below a candidate that is pinned, in line with its target.
void write_pin(Output& out, const Style& style, const Selection& selection, std::size_t at,
               std::size_t width) {
  const Candidate& candidate = selection.candidates[at];
  if (!candidate.pinned) return;
  const bool applies = candidate.score > 0;
  out.line(std::string(width + 4, ' ') + style.bold("pinned") + ": " +
           printable(*candidate.pinned) + "; " +
           (applies ? printable(effect_of_pin(selection)) : "it does not apply here"));
}

}  // namespace

std::string effect_of_pin(const Selection& selection) {
  if (const Candidate* displaced = selection.displaced()) {
    return "without the pin, " + name_of_implementation(displaced->symbol) + " would win, with " +
           score_text(displaced->score);
  }
  const Candidate* other = selection.tied_without_pin();
  return other != nullptr ? "without the pin, it would tie with " + other->symbol.target
                          : "it would win without the pin, too";
}

void write_explanation(Output& out, const Style& style, const Selection& selection,
                       const Json& origins) {
  out.line(style.bold(printable(selection.registry + '/' + selection.oid)));
  write_facts(out, style, selection.context, origins);
  std::vector<std::vector<TraceLine>> traces;
  for (const Candidate& candidate : selection.candidates) traces.push_back(trace_lines(candidate));
  const std::size_t width = widest(traces, 3);
  for (std::size_t at = 0; at < traces.size(); ++at) {
    const Candidate& candidate = selection.candidates[at];
    const bool winner = selection.tied != 0 && at == 0;
    const std::string target = printable(name_of_implementation(candidate.symbol));
    out.write("\n");
    out.line((winner ? style.good("*") : " ") + ' ' +
             padded_left(score_text(candidate.score), width) + "  " +
             (winner ? style.good(target) : style.bold(target)) + outcome_of(selection, at, style));
    write_pin(out, style, selection, at, width);
    write_trace(out, style, traces[at], width, candidate.score > 0);
  }
}

}  // namespace reg::app
