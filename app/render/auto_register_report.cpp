#include "auto_register_report.h"

#include "rows.h"
#include "text.h"

#include <algorithm>

namespace reg::app {

namespace {

// A source that cannot be read is the storage's fault, whatever else is wrong.
Exit exit_for(const std::vector<Diagnostic>& diagnostics) {
  const bool unreadable =
      std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
        return diagnostic.kind == ErrorKind::Io && diagnostic.severity == Severity::Error;
      });
  return app::exit_for(unreadable ? ErrorKind::Io : ErrorKind::Input);
}

Json count_or_null(const AutoRegisterReport& report, std::size_t Difference::*count) {
  return report.difference ? Json((*report.difference).*count) : Json();
}

Json changes_json(const AutoRegisterReport& report) {
  Json changes = Json::array();
  for (const SymbolChange& change : report.changes) {
    changes.push_back({{"change", to_string(change.kind)},
                       {"registry", change.registry},
                       {"oid", change.oid},
                       {"target", change.target}});
  }
  return changes;
}

Json left_out_json(const AutoRegisterReport& report) {
  Json symbols = Json::array();
  for (const LeftOut& symbol : report.left_out_symbols) {
    symbols.push_back({{"registry", symbol.registry},
                       {"oid", symbol.oid},
                       {"target", symbol.target},
                       {"when", symbol.when},
                       {"source", {{"path", symbol.place.path}, {"line", symbol.place.line}}}});
  }
  return symbols;
}

Json seen_json(const AutoRegisterReport& report) {
  Json seen = Json::array();
  for (const Diagnostic& each : report.seen_in_code) {
    seen.push_back({{"what", each.message},
                    {"source", {{"path", each.place.path}, {"line", each.place.line}}}});
  }
  return seen;
}

std::string json_object(const AutoRegisterReport& report, bool with_symbols) {
  Json object = {{"sources", report.sources},
                 {"objects", report.objects},
                 {"code", report.code},
                 {"read", report.read},
                 {"symbols", report.symbols},
                 {"registries", report.registries},
                 {"added", count_or_null(report, &Difference::added)},
                 {"removed", count_or_null(report, &Difference::removed)},
                 {"altered", count_or_null(report, &Difference::altered)},
                 {"pins", count_or_null(report, &Difference::pins)},
                 {"left_out", report.left_out},
                 {"seen", report.seen},
                 {"changed", report.changed},
                 {"failed", report.failed}};
  if (with_symbols) object["changes"] = changes_json(report);
  if (with_symbols) object["left_out_symbols"] = left_out_json(report);
  if (with_symbols) object["seen_in_code"] = seen_json(report);
  return to_text(object);
}

void write_symbols(Session& session, const AutoRegisterReport& report) {
  RowWriter rows(session, {"change", "registry", "oid", "target", "why"});
  for (const SymbolChange& change : report.changes) {
    rows.add({{to_string(change.kind)}, {change.registry}, {change.oid}, {change.target}, {""}});
  }
  for (const LeftOut& symbol : report.left_out_symbols) {
    rows.add({{"left out"},
              {symbol.registry},
              {symbol.oid},
              {symbol.target},
              {symbol.place.to_string() + ": when " + symbol.when}});
  }
  for (const Diagnostic& each : report.seen_in_code)
    rows.add({{"seen"}, {""}, {""}, {""}, {each.place.to_string() + ": " + each.message}});
  rows.finish();
}

}  // namespace

std::string contents(const AutoRegisterReport& report) {
  std::string text = counted(report.symbols, "symbol", "symbols") + " in " +
                     counted(report.registries, "registry", "registries");
  std::vector<std::string> parts;
  if (report.left_out != 0) parts.push_back(grouped(report.left_out) + " left out by `when`");
  if (report.seen != 0)
    parts.push_back(grouped(report.seen) + " seen in code, and not registrable");
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? " (" : "; ") + parts[i];
  return parts.empty() ? text : text + ")";
}

std::string difference_text(const AutoRegisterReport& report) {
  const Difference difference = report.difference.value_or(Difference{});
  std::vector<std::string> parts;
  auto add = [&](std::size_t count, const char* what) {
    if (count != 0) parts.push_back(grouped(count) + ' ' + what);
  };
  add(difference.added, "added");
  add(difference.removed, "removed");
  add(difference.altered, "altered");
  if (difference.pins != 0) parts.push_back(counted(difference.pins, "pin", "pins") + " changed");
  return parts.empty() ? "no symbol added, removed or altered" : joined(parts);
}

Exit write_report(Session& session, const AutoRegisterReport& report, const ReportWords& words) {
  for (const Diagnostic& diagnostic : report.diagnostics) session.messages().diagnostic(diagnostic);
  const bool with_symbols = session.verbose();
  if (session.format() == Format::Json || session.format() == Format::JsonLines) {
    session.out().line(json_object(report, with_symbols));
  } else if (!report.changes.empty() || !report.left_out_symbols.empty()) {
    write_symbols(session, report);
  }
  if (report.failed) return write_failure(session, report, words.failed);
  session.messages().note(words.done);
  return Exit::Done;
}

Exit write_failure(const Session& session, const AutoRegisterReport& report,
                   const std::string& words) {
  const auto errors = std::count_if(
      report.diagnostics.begin(), report.diagnostics.end(),
      [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
  session.messages().note(counted(static_cast<std::size_t>(errors), "error", "errors") + "; " +
                          words);
  return exit_for(report.diagnostics);
}

}  // namespace reg::app
