#include "../context_arguments.h"
#include "../render/auto_register_report.h"
#include "../render/progress_bar.h"
#include "commands.h"

#include <reg/auto_register.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::vector<std::string> targets;
  std::vector<std::string> define;
  bool dry_run = false;
  bool check = false;
  bool keep_going = false;
  std::optional<std::size_t> jobs;
};

unsigned job_count(const Options& options) {
  const std::size_t jobs = options.jobs.value_or(0);
  if (jobs > 1024 || (options.jobs && jobs == 0)) throw UsageError("--jobs is 1 to 1024");
  return static_cast<unsigned>(jobs);
}

AutoRegisterOptions library_options(const Options& options) {
  AutoRegisterOptions out;
  for (const std::string& target : options.targets) out.targets.emplace_back(target);
  for (const std::string& fact : options.define)
    merge_context(out.define, assignment("--define", fact));
  out.keep_going = options.keep_going ? KeepGoing::Yes : KeepGoing::No;
  out.mode = options.check || options.dry_run ? WriteMode::DryRun : WriteMode::Write;
  out.jobs = job_count(options);
  return out;
}

ReportedRun reported_run(const Options& options) {
  if (options.check) return ReportedRun::Check;
  return options.dry_run ? ReportedRun::DryRun : ReportedRun::Write;
}

AutoRegisterReport read_sources(const Options& options, Session& session) {
  AutoRegisterOptions library = library_options(options);
  ProgressBar bar(session.messages());
  library.progress = [&bar](std::size_t done, std::size_t total) { bar.show(done, total); };
  return auto_register(session.workspace(), library);
}

Exit run(const Options& options, Session& session) {
  const AutoRegisterReport report = read_sources(options, session);
  return write_report(session, report, reported_run(options),
                      options.keep_going ? KeepGoing::Yes : KeepGoing::No);
}

}  // namespace

Action setup_auto_register(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Reads what the workspace's sources declare, and writes it to the cache that all other\n"
      "commands answer from. Sources that did not change since the last run are not read again.\n"
      "If anything is wrong, it is reported with its place, and the old cache stays as it was.");
  arguments.positional(options->targets, "TARGET",
                       "files or folders: replace just what came from them", Occurs::AnyNumber);
  arguments.flag(options->dry_run, "--dry-run", "write nothing; say what would change");
  arguments.flag(options->check, "--check",
                 "write nothing; exit with 1 if the cache is not up to date");
  arguments.flag(options->keep_going, "--keep-going",
                 "leave out what is wrong and write the rest; still exits with 2");
  arguments.option(options->define, "--define", "KEY=VALUE",
                   "a fact for `when`, over [facts] of registry.toml");
  arguments.option(options->jobs, "--jobs", "N", "threads that read sources; else one a core");
  arguments.exit_codes({"1: --check found a difference", "2: something is wrong in the sources",
                        "5: a source cannot be read, or the cache is locked or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
