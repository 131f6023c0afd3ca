#include "explain.h"

#include "printable.h"
#include "text.h"

#include <algorithm>

namespace reg::app {

namespace {

// Deeper parts are not drawn: nobody could read them, and JSON has them all.
constexpr std::size_t max_drawn_depth = 40;

struct Line {
  std::string score;
  std::string tree;  // branches, in front of the expression
  std::string expr;
  std::string note;
};

std::string trace_score(const Trace& trace) { return trace.score ? score_text(*trace.score) : "-"; }

void append_parts(std::vector<Line>& lines, const Trace& trace, const std::string& indent,
                  std::size_t depth) {
  if (depth == max_drawn_depth && !trace.children.empty()) {
    lines.push_back({"", indent, "…", ""});
    return;
  }
  for (std::size_t at = 0; at < trace.children.size(); ++at) {
    const Trace& part = trace.children[at];
    const bool last = at + 1 == trace.children.size();
    lines.push_back({trace_score(part), indent + (last ? "└── " : "├── "), printable(part.expr),
                     printable(part.note)});
    append_parts(lines, part, indent + (last ? "    " : "│   "), depth + 1);
  }
}

std::vector<Line> trace_lines(const Candidate& candidate) {
  std::vector<Line> lines;
  if (!candidate.trace) return lines;
  const Trace& trace = *candidate.trace;
  lines.push_back({trace_score(trace), "", printable(trace.expr), printable(trace.note)});
  append_parts(lines, trace, "", 0);
  return lines;
}

std::string context_text(const Context& context) {
  std::vector<std::string> facts;
  for (const auto& [key, value] : context.items()) facts.push_back(key + '=' + to_text(value));
  return facts.empty() ? "(no context)" : printable(joined(facts, " "));
}

std::size_t widest(const std::vector<std::vector<Line>>& traces, std::size_t least) {
  for (const auto& lines : traces) {
    for (const Line& line : lines) least = std::max(least, line.score.size());
  }
  return least;
}

std::string padded_left(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

void write_trace(Output& out, const Style& style, const std::vector<Line>& lines,
                 std::size_t width) {
  for (const Line& line : lines) {
    const bool evaluated = line.score != "-";
    std::string text = "  " + padded_left(line.score, width) + "  " + style.dim(line.tree);
    text += evaluated ? line.expr : style.dim(line.expr);
    if (!line.note.empty()) text += "  " + style.dim('(' + line.note + ')');
    out.line(text);
  }
}

}  // namespace

void write_explanation(Output& out, const Style& style, const Selection& selection) {
  out.line(style.bold(printable(selection.registry + '/' + selection.oid)) + "  " +
           context_text(selection.context));
  std::vector<std::vector<Line>> traces;
  for (const Candidate& candidate : selection.candidates) traces.push_back(trace_lines(candidate));
  const std::size_t width = widest(traces, 3);
  for (std::size_t at = 0; at < traces.size(); ++at) {
    const Candidate& candidate = selection.candidates[at];
    const bool winner = selection.tied != 0 && at == 0;
    const bool tied = !winner && at < selection.tied;
    const std::string target = printable(candidate.symbol.target);
    out.write("\n");
    out.line((winner ? style.good("*") : " ") + ' ' +
             padded_left(score_text(candidate.score), width) + "  " +
             (winner ? style.good(target) : style.bold(target)) +
             (winner ? "  selected"
              : tied ? "  tied, registered later"
                     : ""));
    write_trace(out, style, traces[at], width);
  }
}

}  // namespace reg::app
