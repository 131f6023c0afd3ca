#include "trace_difference.h"

#include "printable.h"
#include "text.h"
#include "trace_lines.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace reg::app {

namespace {

constexpr std::string_view indent = "  ";
constexpr std::string_view gap = "    ";

// A line, and the same without marks, which take no room.
struct Piece {
  std::string plain, styled;
};
using Column = std::vector<Piece>;

using Part = std::pair<std::string, std::optional<double>>;

Part part_of(const Trace& trace) { return {trace.expr, trace.score}; }

void collect(const Trace& trace, std::set<Part>& parts) {
  parts.insert(part_of(trace));
  for (const Trace& child : trace.children) collect(child, parts);
}

std::set<Part> parts_of(const Candidate* candidate) {
  std::set<Part> parts;
  if (candidate != nullptr && candidate->trace) collect(*candidate->trace, parts);
  return parts;
}

// Keeps the whole, and of its parts what the other one does not have.
class Pruning {
 public:
  explicit Pruning(const std::set<Part>& other) : other_(other) {}

  Candidate prune(const Candidate& candidate) {
    Candidate pruned = candidate;
    if (candidate.trace) pruned.trace = prune(*candidate.trace);
    return pruned;
  }
  std::size_t left_out() const { return left_out_; }

 private:
  Trace prune(const Trace& trace) {
    Trace pruned{trace.expr, trace.score, {}, trace.note};
    for (const Trace& child : trace.children) {
      if (other_.contains(part_of(child))) {
        ++left_out_;
      } else {
        pruned.children.push_back(prune(child));
      }
    }
    return pruned;
  }

  const std::set<Part>& other_;
  std::size_t left_out_ = 0;
};

Piece line_of(const TraceLine& line, std::size_t width, const Style& style) {
  const std::string score =
      std::string(width - std::min(width, line.score.size()), ' ') + line.score + "  ";
  Piece piece{score + line.tree + line.expr,
              score + style.dim(line.tree) + (line.is_failure ? style.bad(line.expr) : line.expr)};
  if (line.note.empty()) return piece;
  const std::string note = '(' + line.note + ')';
  piece.plain += "  " + note;
  piece.styled += "  " + (line.is_failure ? style.bad(note) : style.dim(note));
  return piece;
}

Column column_of(const char* title, const Candidate& candidate, const Style& style) {
  const std::string target = printable(candidate.symbol.target);
  const std::string head = std::string(title) + "  ";
  Column column = {{head + target, head + style.bold(target)}};
  const std::vector<TraceLine> lines = trace_lines(candidate);
  std::size_t width = 3;
  for (const TraceLine& line : lines) width = std::max(width, line.score.size());
  for (const TraceLine& line : lines) column.push_back(line_of(line, width, style));
  return column;
}

std::size_t width_of(const Column& column) {
  std::size_t widest = 0;
  for (const Piece& piece : column) widest = std::max(widest, display_width(piece.plain));
  return widest;
}

void append_column(std::string& out, const Column& column) {
  for (const Piece& piece : column) out.append(indent).append(piece.styled) += '\n';
}

void append_beside(std::string& out, const Column& left, const Column& right) {
  const std::size_t width = width_of(left);
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const Piece piece = i < left.size() ? left[i] : Piece{};
    out.append(indent).append(piece.styled);
    if (i < right.size()) {
      out.append(width - display_width(piece.plain), ' ').append(gap).append(right[i].styled);
    }
    out += '\n';
  }
}

}  // namespace

std::string trace_difference(const Candidate* expected, const Candidate* got, const Style& style,
                             std::size_t width) {
  const std::set<Part> expected_parts = parts_of(expected), got_parts = parts_of(got);
  Pruning of_expected(got_parts), of_got(expected_parts);
  Column left, right;
  if (expected != nullptr) left = column_of("expected", of_expected.prune(*expected), style);
  if (got != nullptr) right = column_of("got", of_got.prune(*got), style);
  std::string out;
  if (indent.size() + width_of(left) + gap.size() + width_of(right) <= width && !left.empty() &&
      !right.empty()) {
    append_beside(out, left, right);
  } else {
    append_column(out, left);
    append_column(out, right);
  }
  if (const std::size_t same = std::max(of_expected.left_out(), of_got.left_out()); same != 0)
    out.append(indent) +=
        style.dim('(' + counted(same, "part", "parts") + " with the same score in both)") + '\n';
  return out;
}

}  // namespace reg::app
