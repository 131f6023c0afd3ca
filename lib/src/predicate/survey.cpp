#include <predicate/survey.h>
#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace reg::ast {
namespace {

// The size of a predicate with all calls in it written out.
struct Extent {
  std::size_t parts = 0;
  std::size_t levels = 0;
  std::size_t calls = 0;  // the longest chain of calls
};

// Extents are added up no further than just beyond the limits, so that no sum can overflow.
void add(Extent& whole, const Extent& part) {
  whole.parts = std::min(whole.parts + part.parts, max_written_parts + 1);
  whole.levels = std::max(whole.levels, part.levels);
  whole.calls = std::max(whole.calls, part.calls);
}

std::string excess(const Extent& extent) {
  auto beyond = [](std::size_t limit, const char* what) {
    return "it grows beyond " + std::to_string(limit) + what +
           " if all calls in it are written out";
  };
  if (extent.parts > max_written_parts) return beyond(max_written_parts, " parts");
  if (extent.calls > max_written_calls) return beyond(max_written_calls, " calls within calls");
  if (extent.levels > max_written_levels) return beyond(max_written_levels, " levels");
  return {};
}

// Depth first, with a stack of its own.
class Survey {
 public:
  explicit Survey(const PredicateSet& set) : set_(set) {}
  std::vector<std::pair<std::string, Diagnostic>> run();

 private:
  // A definition whose calls are being followed.
  struct Open {
    std::string_view name;
    const Predicate* expr;
    std::vector<PredicateCall> calls;
    std::size_t next = 0;
  };

  struct State {
    std::size_t position;          // on the stack
    std::optional<Extent> extent;  // set when it has left the stack
    bool reported = false;
  };

  void follow(std::string_view name);
  void open(std::string_view name);
  void close();
  void report_loop(std::string_view name);
  void report(std::string_view name, std::string message);
  Extent extent_of(const Predicate& predicate) const;

  const PredicateSet& set_;
  std::vector<Open> stack_;
  std::map<std::string_view, State> states_;
  std::vector<std::pair<std::string, Diagnostic>> found_;
};

std::vector<std::pair<std::string, Diagnostic>> Survey::run() {
  for (const auto& [name, definition] : set_.definitions()) follow(name);
  return std::move(found_);
}

void Survey::follow(std::string_view name) {
  open(name);
  while (!stack_.empty()) {
    Open& top = stack_.back();
    if (top.next == top.calls.size()) {
      close();
    } else {
      open(top.calls[top.next++].name);
    }
  }
}

void Survey::open(std::string_view name) {
  auto definition = set_.definitions().find(name);
  if (definition == set_.definitions().end() || definition->second.is_fact()) return;
  auto [state, is_new] = states_.try_emplace(definition->first, State{stack_.size(), {}});
  if (is_new) {
    const Predicate& expr = *definition->second.expr;
    stack_.push_back({definition->first, &expr, expr.calls()});
  } else if (!state->second.extent) {
    report_loop(definition->first);
  }
}

void Survey::close() {
  Extent extent = extent_of(*stack_.back().expr);
  std::string_view name = stack_.back().name;
  if (std::string problem = excess(extent); !problem.empty()) {
    report(name, std::move(problem));
    // Reported once, where it begins, and not again for all that call it.
    extent = {};
  }
  states_.at(name).extent = extent;
  stack_.pop_back();
}

Extent Survey::extent_of(const Predicate& predicate) const {
  Extent extent;
  if (const auto* call = std::get_if<Call>(&top_of(predicate))) {
    auto callee = states_.find(call->name);
    if (callee != states_.end() && callee->second.extent) {
      add(extent, *callee->second.extent);
      ++extent.calls;
    }
  }
  for (const Predicate& part : parts_of(predicate)) add(extent, extent_of(part));
  ++extent.parts;
  ++extent.levels;
  return extent;
}

void Survey::report_loop(std::string_view name) {
  constexpr std::size_t longest = 8;
  std::string loop;
  std::span<const Open> open = std::span(stack_).subspan(states_.at(name).position);
  for (const Open& one : open.first(std::min(open.size(), longest)))
    loop.append(one.name).append(" -> ");
  if (open.size() > longest) loop += "... -> ";
  report(name, "it reaches itself: " + loop + std::string(name));
}

void Survey::report(std::string_view name, std::string message) {
  if (std::exchange(states_.at(name).reported, true)) return;
  found_.emplace_back(name, Diagnostic{Severity::Error, {}, std::move(message), {}, {}});
}

}  // namespace

std::vector<std::pair<std::string, Diagnostic>> survey(const PredicateSet& set) {
  return Survey(set).run();
}

}  // namespace reg::ast
