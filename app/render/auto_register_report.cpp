#include "auto_register_report.h"

#include "text.h"

#include <algorithm>

namespace reg::app {

namespace {

std::string contents(const AutoRegisterReport& report) {
  return counted(report.symbols, "symbol", "symbols") + " in " +
         counted(report.registries, "registry", "registries") + " from " +
         counted(report.sources, "source", "sources");
}

std::string difference(const AutoRegisterReport& report) {
  return '+' + grouped(report.added) + " -" + grouped(report.removed) + " symbols";
}

std::string outcome(const AutoRegisterReport& report, ReportedRun run) {
  if (!report.changed) return "nothing changed: " + contents(report);
  const std::string read = " (" + grouped(report.read) + " read)";
  switch (run) {
    case ReportedRun::Write:
    case ReportedRun::Manual:
      return "registered " + contents(report) + read;
    case ReportedRun::DryRun:
      return "would change " + difference(report) + ": " + contents(report);
    case ReportedRun::Check:
      break;
  }
  return "the cache is not up to date: " + difference(report) + "; run `reg auto-register`";
}

std::string failure(const AutoRegisterReport& report, ReportedRun run, KeepGoing keep_going) {
  const auto errors = std::count_if(
      report.diagnostics.begin(), report.diagnostics.end(),
      [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
  const std::string count = counted(static_cast<std::size_t>(errors), "error", "errors");
  if (run == ReportedRun::Manual)
    return count + "; manual.reg.json and the cache were left as they were";
  if (keep_going == KeepGoing::No) return count + "; the cache was left as it was";
  return count + "; what is wrong was left out: " + outcome(report, run);
}

// A source that cannot be read is the storage's fault, whatever else is wrong.
Exit exit_for(const std::vector<Diagnostic>& diagnostics) {
  const bool unreadable =
      std::any_of(diagnostics.begin(), diagnostics.end(),
                  [](const Diagnostic& diagnostic) { return diagnostic.kind == ErrorKind::Io; });
  return app::exit_for(unreadable ? ErrorKind::Io : ErrorKind::Input);
}

std::string json_object(const AutoRegisterReport& report) {
  const Json object = {{"sources", report.sources}, {"read", report.read},
                       {"symbols", report.symbols}, {"registries", report.registries},
                       {"added", report.added},     {"removed", report.removed},
                       {"changed", report.changed}, {"failed", report.failed}};
  return to_text(object);
}

}  // namespace

Exit write_report(Session& session, const AutoRegisterReport& report, ReportedRun run,
                  KeepGoing keep_going) {
  for (const Diagnostic& diagnostic : report.diagnostics) session.messages().diagnostic(diagnostic);
  if (session.format() == Format::Json || session.format() == Format::JsonLines) {
    session.out().line(json_object(report));
  }
  session.messages().note(report.failed ? failure(report, run, keep_going) : outcome(report, run));
  if (report.failed) return exit_for(report.diagnostics);
  return run == ReportedRun::Check && report.changed ? Exit::Nothing : Exit::Done;
}

}  // namespace reg::app
