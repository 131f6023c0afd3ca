#include "../render/lint_report.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/json.h>
#include <reg/lint.h>
#include <reg/text.h>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>

namespace reg::app {

namespace {

namespace fs = std::filesystem;

struct Options {
  LintOptions lint;
  std::optional<std::string> explain;
};

Exit explain(const Options& options, Session& session) {
  const LintSettings& levels = options.lint.levels;
  if (!options.lint.registries.empty() || !levels.empty())
    throw UsageError("--explain looks at nothing", "leave out registries and levels");
  if (session.format() == Format::Own)
    throw UsageError("-o sarif is for findings", "leave it out, or use -o json");
  const std::string& code = *options.explain;
  if (code == all_lint_rules) {
    write_lint_rules(session, lint_rules(), Explained::Briefly);
    return Exit::Done;
  }
  if (auto unknown = lint_code_problem(code, LintCodesOf::Settings))
    throw UsageError(unknown->message, std::move(unknown->hint));
  write_lint_rules(session, std::span(lint_rule(code), 1), Explained::Whole);
  return Exit::Done;
}

// The nearest folder that has a `.git`: what tools mean by the root of the sources. Without one,
// the workspace is its own.
fs::path repository_of(const fs::path& workspace) {
  std::error_code failed;
  for (fs::path folder = workspace;; folder = folder.parent_path()) {
    if (fs::exists(folder / ".git", failed)) return folder;
    if (folder == folder.parent_path()) return workspace;
  }
}

void write_sarif(Session& session, const LintReport& report) {
  std::error_code failed;
  const fs::path given = session.workspace().root(), real = fs::canonical(given, failed);
  const fs::path& workspace = failed ? given : real;
  session.out().line(to_text(lint_sarif(report, workspace, repository_of(workspace))));
}

std::string summary(const LintReport& report) {
  if (report.findings.empty()) return "no findings";
  std::string text = counted(report.findings.size(), "finding", "findings");
  if (report.denied != 0) text += ": " + grouped(report.denied) + " denied";
  return text;
}

// Below what was found, on a terminal.
void conclude(Session& session, const LintReport& report) {
  if (session.format() == Format::Table) {
    session.out().finish();
    session.messages().note(summary(report));
  }
  if (report.undecided != 0) {
    session.messages().note("not decided: whether " +
                            counted(report.undecided, "implementation", "implementations") +
                            " can apply, or win");
  }
}

Exit answer(const Options& options, Session& session, const Cache& cache) {
  const LintReport report = lint(cache, options.lint);
  if (!report.declarations_known) {
    session.messages().warning(
        "what sources declare besides symbols is not known here: facts, fields, named predicates "
        "and [context] are not looked at",
        "`reg auto-register --full` notes it beside the cache");
  }
  if (session.format() == Format::Own)
    write_sarif(session, report);
  else
    write_lint_report(session, report);
  conclude(session, report);
  return report.denied == 0 ? Exit::Done : Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  if (options.explain) return explain(options, session);
  return session.answer([&](const Cache& cache) { return answer(options, session, cache); });
}

}  // namespace

Action setup_lint(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  LintSettings& levels = options->lint.levels;
  arguments.describe(
      "Reports what is odd about the declarations: implementations that can never apply or never "
      "win, facts, fields and named predicates that nothing uses, names that look like slips. What "
      "is reported is so for every context; what cannot be decided is left out, and counted. Of "
      "what "
      "other origins publish, nothing is reported.\n"
      "Levels are set here, in [lint] of registry.toml, and, to allow, by a symbol's `allow`; here "
      "counts for more than [lint], and a code for more than all. Each finding is a warning, "
      "unless "
      "it is allowed or denied.\n"
      "-o sarif writes SARIF 2.1.0, as code scanning takes it.");
  arguments.positional(
      options->lint.registries, "REGISTRY",
      "where to look; without: everywhere, and at what is about the whole workspace",
      Occurs::AnyNumber);
  arguments.option(levels.deny, "--deny", "CODE", "an error, and exit 1; all: every code");
  arguments.option(levels.warn, "--warn", "CODE", "a warning, whatever [lint] says");
  arguments.option(levels.allow, "--allow", "CODE", "not reported");
  arguments.option(options->explain, "--explain", "CODE",
                   "what a code means, with an example; all: the codes");
  arguments.exit_codes({"1: something is denied, and found", "2: no such code",
                        "3: no such registry", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
