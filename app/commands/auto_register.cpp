#include "../render/auto_register_report.h"
#include "../render/depfile.h"
#include "../render/progress_bar.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/auto_register.h>
#include <reg/facts.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::vector<std::string> targets;
  std::vector<std::string> define;
  bool dry_run = false;
  bool check = false;
  bool keep_going = false;
  bool full = false;
  std::optional<std::size_t> jobs;
  std::optional<std::string> depfile;
};

unsigned job_count(const Options& options) {
  const std::size_t jobs = options.jobs.value_or(0);
  if (jobs > 1024 || (options.jobs && jobs == 0)) throw UsageError("--jobs is 1 to 1024");
  return static_cast<unsigned>(jobs);
}

AutoRegisterOptions library_options(const Options& options, const Messages& messages) {
  AutoRegisterOptions out;
  std::vector<Diagnostic> warnings;
  for (const std::string& target : options.targets) out.targets.emplace_back(target);
  for (const std::string& fact : options.define) {
    if (!out.define) out.define = Json::object();
    merge_context(*out.define, read_object(fact, "--define", warnings));
  }
  messages.diagnostics(warnings);
  out.keep_going = options.keep_going ? KeepGoing::Yes : KeepGoing::No;
  out.mode = options.check     ? WriteMode::Check
             : options.dry_run ? WriteMode::DryRun
                               : WriteMode::Write;
  out.reuse = options.full ? Reuse::Nothing : Reuse::Unchanged;
  out.jobs = job_count(options);
  out.list_dependencies = options.depfile.has_value();
  return out;
}

AutoRegisterReport read_sources(const Options& options, Session& session) {
  AutoRegisterOptions library = library_options(options, session.messages());
  ProgressBar bar(session.messages());
  library.detail = session.verbose() ? Detail::Symbols : Detail::Counts;
  library.observer = session.observer();
  library.observer.progress = [&bar](Phase phase, std::size_t done, std::size_t total) {
    bar.show(phase, done, total);
  };
  return auto_register(session.workspace(), library);
}

std::string contents_and_sources(const AutoRegisterReport& report) {
  std::vector<std::string> from = {counted(report.sources, "source", "sources")};
  if (report.code != 0) from.push_back(counted(report.code, "file of code", "files of code"));
  if (report.objects != 0)
    from.push_back(counted(report.objects, "object file", "object files") +
                   " without declarations");
  std::string text = contents(report) + " from " + from.front();
  for (std::size_t i = 1; i < from.size(); ++i)
    text += (i + 1 == from.size() ? " and " : ", ") + from[i];
  return text;
}

std::string outdated(const AutoRegisterReport& report) {
  const std::string hint = "; run `reg auto-register`";
  if (!report.old_problem.empty()) return report.old_problem + hint;
  if (!report.difference) return "there is no cache" + hint;
  return "the cache is not up to date: " + difference_text(report) + hint;
}

std::string outcome(const AutoRegisterReport& report, const Options& options) {
  if (!report.changed) return "nothing changed: " + contents_and_sources(report);
  if (options.check) return outdated(report);
  if (options.dry_run) {
    return "would change: " + (report.difference ? difference_text(report) + "; " : "") +
           contents_and_sources(report);
  }
  return "registered " + contents_and_sources(report) + " (" + grouped(report.read) + " read)";
}

ReportWords words_for(const AutoRegisterReport& report, const Options& options) {
  const std::string done = outcome(report, options);
  return {done, options.keep_going ? "what is wrong was left out: " + done
                                   : "the cache was left as it was"};
}

bool declares_nothing(const AutoRegisterReport& report) {
  return !report.failed && report.registries == 0 && report.left_out == 0;
}

// The cache, too, so that a build makes it anew where it was removed.
void write_rule(const Options& options, const AutoRegisterReport& report, const Session& session) {
  std::vector<std::filesystem::path> all = report.dependencies;
  const std::filesystem::path cache = session.workspace().cache();
  if (std::filesystem::exists(cache)) all.push_back(cache);
  write_depfile(*options.depfile, all);
}

Exit run(const Options& options, Session& session) {
  const AutoRegisterReport report = read_sources(options, session);
  if (options.depfile && (!report.failed || options.keep_going))
    write_rule(options, report, session);
  const Exit exit = write_report(session, report, words_for(report, options));
  if (declares_nothing(report)) {
    session.messages().note(
        "nothing is declared yet: declarations stand in registry.toml, in *.reg.toml and "
        "*.reg.json files where its `sources` are, or in code that a [[scan]] names");
  }
  return exit == Exit::Done && options.check && report.changed ? Exit::Nothing : exit;
}

}  // namespace

Action setup_auto_register(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Reads what the workspace's sources declare, and writes it to the cache that all other\n"
      "commands answer from. Sources that did not change since the last run are not read again.\n"
      "If anything is wrong, it is reported with its place, and the old cache stays as it was.\n"
      "With -v, lists what is added, removed, altered, left out by its `when`, or seen in code "
      "and\n"
      "not registrable.");
  arguments.positional(options->targets, "TARGET",
                       "files or folders: replace just what came from them", Occurs::AnyNumber);
  arguments.flag(options->dry_run, "--dry-run", "write nothing; say what would change");
  arguments.flag(options->check, "--check",
                 "write nothing; exit with 1 if the cache is not up to date\n"
                 "(with the facts that it was written with, if there is no --define)");
  arguments.flag(options->keep_going, "--keep-going",
                 "leave out what is wrong and write the rest; still exits with 2");
  arguments.option(options->define, "--define", "KEY=VALUE",
                   "a fact for `when`, over [facts] of registry.toml");
  arguments.flag(options->full, "--full", "read every source anew, and nothing of the old cache");
  arguments.option(
      options->depfile, "--depfile", "FILE.d",
      "write what was looked at, as a rule by which make or Ninja tell that\nFILE is to "
      "be made anew; not if anything is wrong");
  arguments.option(options->jobs, "--jobs", "N", "threads that read sources; else one a core");
  arguments.exit_codes({"1: --check found a difference", "2: something is wrong in the sources",
                        "5: a source cannot be read, or the cache is locked or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
