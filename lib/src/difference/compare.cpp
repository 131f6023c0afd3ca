#include <difference/head_difference.h>
#include <difference/oid_cursor.h>
#include <difference/oid_lines.h>
#include <reg/difference.h>
#include <select/inside_view.h>
#include <algorithm>
#include <utility>

namespace reg {
namespace {

using Kind = OidDifference::Kind;

// One of the two caches.
struct Side {
  explicit Side(const Cache& cache) : file(InsideView::file(cache)), head(cache), oids(file) {}

  const CacheFile& file;
  ComparedHead head;
  OidCursor oids;

  Contest contest() const {
    const OidLines& now = oids.now();
    const auto registry = head.registries.find(file.plain(now.registry));
    if (registry == head.registries.end())
      file.broken("a symbol is in a registry that is not there");
    Contest contest{registry->second, file.plain(now.oid), {}, head.predicates, head.base};
    for (const std::string& line : now.lines) contest.symbols.push_back(file.symbol_of(line));
    return contest;
  }
};

Kind kind_of(SelectionDifference::Kind kind) {
  switch (kind) {
    case SelectionDifference::Kind::Same:
      return Kind::Same;
    case SelectionDifference::Kind::Changed:
      return Kind::Changed;
    case SelectionDifference::Kind::Undecided:
      break;
  }
  return Kind::Undecided;
}

// Both caches side by side, oid by oid.
class Comparison {
 public:
  Comparison(const Cache& before, const Cache& after, ReasoningLimits limits)
      : before_(before), after_(after), change_(before_.head, after_.head), limits_(limits) {}

  CacheDifference run() {
    add_head_differences(before_.head, after_.head, found_);
    while (!before_.oids.at_end() || !after_.oids.at_end()) {
      const int order = next_order();
      if (order == 0) {
        both();
      } else {
        alone(order < 0 ? before_ : after_, order < 0 ? ChangeKind::Removed : ChangeKind::Added);
      }
      if (order <= 0) before_.oids.next();
      if (order >= 0) after_.oids.next();
    }
    return std::move(found_);
  }

 private:
  // Which side has the next oid: below 0 the one before, 0 both.
  int next_order() const {
    if (before_.oids.at_end()) return 1;
    return after_.oids.at_end() ? -1 : order_of(before_.oids.now(), after_.oids.now());
  }

  void alone(const Side& side, ChangeKind kind) {
    const OidLines& oid = side.oids.now();
    add_all(side.file, oid, kind, found_);
    found_.oids.push_back({side.file.plain(oid.registry), side.file.plain(oid.oid),
                           kind == ChangeKind::Added ? Kind::Added : Kind::Removed});
  }

  void both() {
    const OidLines& now = after_.oids.now();
    const LinesChange change =
        add_differences(before_.file, before_.oids.now(), after_.file, now, found_);
    if (change.is_concerned || is_concerned(now)) compare_oid(change.reordered);
  }

  // Where it is not for its lines.
  bool is_concerned(const OidLines& oid) const {
    const std::string registry = after_.file.plain(oid.registry);
    return change_.concerns(registry) || change_.concerns(registry, after_.file.plain(oid.oid)) ||
           std::any_of(oid.lines.begin(), oid.lines.end(),
                       [&](const std::string& line) { return change_.concerns_line(line); });
  }

  void compare_oid(bool reordered) {
    const Contest before = before_.contest(), after = after_.contest();
    SelectionDifference selections = compare_selections(before, after, limits_);
    found_.oids.push_back({after.registry.name, after.oid, kind_of(selections.kind), reordered,
                           std::move(selections.changes)});
  }

  Side before_, after_;
  HeadChange change_;
  ReasoningLimits limits_;
  CacheDifference found_;
};

}  // namespace

const char* to_string(OidDifference::Kind kind) {
  switch (kind) {
    case Kind::Added:
      return "added";
    case Kind::Removed:
      return "removed";
    case Kind::Changed:
      return "changed";
    case Kind::Same:
      return "same";
    case Kind::Undecided:
      break;
  }
  return "undecided";
}

bool CacheDifference::empty() const {
  return context.empty() && predicates.empty() && registries.empty() && symbols.empty() &&
         pins.empty() && oids.empty();
}

bool CacheDifference::selects_alike() const {
  return refused.empty() && accepted.empty() &&
         std::all_of(oids.begin(), oids.end(),
                     [](const OidDifference& oid) { return oid.kind == Kind::Same; });
}

CacheDifference compare(const Cache& before, const Cache& after, ReasoningLimits limits) {
  return Comparison(before, after, limits).run();
}

}  // namespace reg
