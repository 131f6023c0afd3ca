#include "difference.h"

#include "printable.h"
#include "text.h"

#include <reg/text.h>
#include <algorithm>
#include <vector>

namespace reg::app {

namespace {

using Kind = OidDifference::Kind;

std::string symbol_name(const SymbolKey& symbol, const Place& source) {
  Symbol named;
  named.target = symbol.target;
  named.source = source;
  return printable(symbol.registry + '/' + symbol.oid + ' ' + name_of_implementation(named));
}

// Predicates as they are written, so that they can be compared by eye; all else as JSON.
bool is_predicate(const std::string& member) {
  return member == "select" || member == "when" || member == "expr";
}

std::string shown(const std::string& member, const std::optional<Json>& value) {
  if (!value) return "(none)";
  return printable(is_predicate(member) ? value_text(*value) : to_text(*value));
}

std::string winner(const std::optional<std::string>& target, const std::string& origin) {
  if (!target) return "(none applies)";
  return printable(origin.empty() ? *target : *target + ", from " + origin);
}

std::string pinned(const std::optional<Pin>& pin) {
  return pin ? printable(pin->target + " (" + pin->reason + ')') : "(none)";
}

class Writer {
 public:
  Writer(Output& out, const Style& style) : out_(out), style_(style) {}

  void members(const std::string& title, const std::vector<MemberChange>& changes) {
    begin(title, changes.empty());
    add_members(changes, "  ");
  }

  void named(const std::string& title, const std::vector<NamedDifference>& all) {
    begin(title, all.empty());
    for (const NamedDifference& each : all) {
      out_.line(mark(each.kind) + printable(each.name));
      add_members(each.members, "      ");
    }
  }

  void symbols(const std::vector<SymbolDifference>& all) {
    begin("symbols", all.empty());
    for (const SymbolDifference& each : all) {
      out_.line(mark(each.kind) + symbol_name(each.symbol, each.source));
      add_members(each.members, "      ");
    }
  }

  void pins(const std::vector<PinDifference>& all) {
    begin("pins", all.empty());
    for (const PinDifference& each : all) {
      out_.line(mark(each.kind) + printable(each.registry + '/' + each.oid));
      out_.line("      " + pinned(each.before) + " -> " + pinned(each.after));
    }
  }

  void moved(const std::vector<SymbolMove>& all) {
    begin("moved", all.empty());
    for (const SymbolMove& each : all) {
      out_.line("  " + symbol_name(each.symbol, each.after));
      out_.line("      " + printable(each.before.to_string() + " -> " + each.after.to_string()));
    }
  }

  void refused(const std::vector<RefusedFact>& all) {
    begin("refused", all.empty());
    for (const RefusedFact& each : all) {
      if (!each.problem.empty()) {
        out_.line("  " + left_to_context(each) + " are refused now: " + printable(each.problem));
        continue;
      }
      const std::string what = each.path.empty() ? "a fact that it does not declare" : each.path;
      out_.line("  " + printable(each.registry + ": callers that give " + what) +
                (each.path.empty() ? "" : ", or some values of it,") + " are refused now");
    }
  }

  void accepted(const std::vector<RefusedFact>& all) {
    begin("accepted", all.empty());
    for (const RefusedFact& each : all) {
      out_.line("  " + left_to_context(each) +
                " are accepted now; before: " + printable(each.problem));
    }
  }

  void partial(const std::vector<Diagnostic>& all) {
    begin("partial", all.empty());
    for (const Diagnostic& each : all)
      out_.line("  " + printable(each.place.to_string() + ": " + each.message));
  }

  void selections(const std::vector<OidDifference>& all) {
    begin("selections", all.empty());
    for (const OidDifference& each : all) {
      out_.line("  " + kind_text(each.kind) + printable(each.registry + '/' + each.oid) +
                (each.reordered ? ", in another order" : ""));
      for (const SelectionChange& change : each.changes) {
        out_.line("      " + printable(to_text(change.context)) + ": " +
                  winner(change.before, change.before_origin) + " -> " +
                  winner(change.after, change.after_origin));
      }
    }
  }

 private:
  static std::string left_to_context(const RefusedFact& fact) {
    return printable(fact.registry + ": callers that leave " + fact.path) + " to [context]";
  }

  void begin(const std::string& title, bool is_empty) {
    if (!is_empty) out_.line(style_.bold(title));
  }

  void add_members(const std::vector<MemberChange>& changes, const std::string& indent) {
    for (const MemberChange& change : changes) {
      out_.line(indent + printable(change.member) + ": " + shown(change.member, change.before) +
                " -> " + shown(change.member, change.after));
    }
  }

  std::string mark(ChangeKind kind) const {
    switch (kind) {
      case ChangeKind::Added:
        return "  " + style_.good("+") + ' ';
      case ChangeKind::Removed:
        return "  " + style_.bad("-") + ' ';
      case ChangeKind::Altered:
        break;
    }
    return "  " + style_.warning("~") + ' ';
  }

  std::string kind_text(Kind kind) const {
    std::string text = to_string(kind);
    const std::string padding(std::string_view("undecided  ").size() - text.size(), ' ');
    if (kind == Kind::Same) return style_.dim(text) + padding;
    return style_.warning(text) + padding;
  }

  Output& out_;
  const Style& style_;
};

// `1 added, 2 removed`: those that there are.
template <typename Items, typename KindOf>
std::string counts(const Items& items, const std::vector<std::pair<KindOf, const char*>>& kinds) {
  std::vector<std::string> parts;
  for (const auto& [kind, name] : kinds) {
    std::size_t count = 0;
    for (const auto& each : items) count += each.kind == kind ? 1 : 0;
    if (count != 0) parts.push_back(grouped(count) + ' ' + name);
  }
  return joined(parts);
}

}  // namespace

void write_partial(Output& out, const Style& style, const std::vector<Diagnostic>& left_out) {
  Writer(out, style).partial(left_out);
}

void write_difference(Output& out, const Style& style, const CacheDifference& difference,
                      Moves moves) {
  Writer writer(out, style);
  writer.members("context", difference.context);
  writer.named("predicates", difference.predicates);
  writer.named("registries", difference.registries);
  writer.symbols(difference.symbols);
  writer.pins(difference.pins);
  if (moves == Moves::Shown) writer.moved(difference.moved);
  writer.refused(difference.refused);
  writer.accepted(difference.accepted);
  writer.selections(difference.oids);
}

std::string difference_summary(const CacheDifference& difference) {
  std::vector<std::string> parts;
  const auto add = [&](const std::string& what, const std::string& text) {
    if (!text.empty()) parts.push_back(what + ": " + text);
  };
  const std::vector<std::pair<ChangeKind, const char*>> changes = {
      {ChangeKind::Added, "added"},
      {ChangeKind::Removed, "removed"},
      {ChangeKind::Altered, "altered"}};
  add("registries", counts(difference.registries, changes));
  add("symbols", counts(difference.symbols, changes));
  add("pins", counts(difference.pins, changes));
  if (!difference.refused.empty())
    add("refused", counted(difference.refused.size(), "fact", "facts"));
  if (!difference.accepted.empty())
    add("accepted", counted(difference.accepted.size(), "fact", "facts"));
  add("selections", counts(difference.oids, std::vector<std::pair<Kind, const char*>>{
                                                {Kind::Added, "added"},
                                                {Kind::Removed, "removed"},
                                                {Kind::Changed, "changed"},
                                                {Kind::Same, "the same"},
                                                {Kind::Undecided, "undecided"}}));
  return joined(parts, "; ");
}

}  // namespace reg::app
