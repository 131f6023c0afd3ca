#include "trace_lines.h"

#include "printable.h"

#include <reg/text.h>

namespace reg::app {

namespace {

// Deeper parts are not drawn: nobody could read them, and JSON has them all.
constexpr std::size_t max_drawn_depth = 40;

std::string trace_score(const Trace& trace) { return trace.score ? score_text(*trace.score) : "-"; }

class TraceLines {
 public:
  explicit TraceLines(const Candidate& candidate) {
    if (!candidate.trace) return;
    if (candidate.score <= 0) failure_ = &first_failure(*candidate.trace);
    add(*candidate.trace, "");
    add_parts(*candidate.trace, "", 0);
  }
  std::vector<TraceLine> take() { return std::move(lines_); }

 private:
  void add(const Trace& trace, const std::string& tree) {
    lines_.push_back({trace_score(trace), tree, printable(trace.expr), printable(trace.note),
                      &trace == failure_});
  }
  void add_parts(const Trace& trace, const std::string& indent, std::size_t depth) {
    if (depth == max_drawn_depth && !trace.children.empty()) {
      lines_.push_back({"", indent, "…", ""});
      return;
    }
    for (const Trace& part : trace.children) {
      const bool last = &part == &trace.children.back();
      add(part, indent + (last ? "└── " : "├── "));
      add_parts(part, indent + (last ? "    " : "│   "), depth + 1);
    }
  }

  const Trace* failure_ = nullptr;
  std::vector<TraceLine> lines_;
};

}  // namespace

std::vector<TraceLine> trace_lines(const Candidate& candidate) {
  return TraceLines(candidate).take();
}

}  // namespace reg::app
