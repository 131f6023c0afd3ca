#include "../context_arguments.h"
#include "../object_name.h"
#include "../render/expectation_writer.h"
#include "../render/junit.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/expectations.h>
#include <reg/fact_uses.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::vector<std::string> files;
  bool record = false;
  std::optional<std::string> add;
  std::vector<std::string> context;
};

using Files = std::vector<ExpectationFile>;

bool is_json(Format format) { return format == Format::Json || format == Format::JsonLines; }

void check_options(const Options& options, Format format) {
  if (options.add && !options.record)
    throw UsageError("--add writes an expectation down, and is for --record only");
  if (options.add && options.files.size() != 1)
    throw UsageError("--add needs the one FILE that the expectation is to stand in");
  if (!options.add && !options.context.empty())
    throw UsageError("--ctx is for --add only", "an expectation has its context in its file");
  const bool is_list = is_json(format) || format == Format::Table;
  if (options.record && !is_list)
    throw UsageError("--record tells what it wrote as table, json or jsonl");
  if (!is_list && format != Format::Csv && format != Format::Tsv && format != Format::Own)
    throw UsageError("results are shown as table, json, jsonl, csv, tsv or junit");
}

std::vector<std::filesystem::path> paths_of(const Options& options) {
  return {options.files.begin(), options.files.end()};
}

Files find(const Options& options, const Session& session, const Workspace& workspace) {
  Files files = find_expectations(workspace, paths_of(options));
  std::size_t found = 0;
  for (const ExpectationFile& file : files) found += file.expectations.size();
  if (found == 0)
    throw RegistryError(ErrorKind::NothingFound, "there are no expectations",
                        "`[[expect]]` stands in NAME.regtest.toml, or in a manifest");
  for (const ExpectationFile& file : files) {
    if (file.expectations.empty()) session.messages().warning(file.path + " has no expectations");
  }
  return files;
}

std::vector<TestSuite> check(const Files& files, const Cache& cache) {
  std::vector<TestSuite> suites;
  for (const ExpectationFile& file : files) {
    TestSuite& suite = suites.emplace_back(TestSuite{file.path, {}});
    for (const Expectation& expectation : file.expectations)
      suite.results.push_back(check_expectation(cache, expectation));
  }
  return suites;
}

// Warnings of what is asked, which is not in the report.
ExpectationCounts warn(const Session& session, const std::vector<TestSuite>& suites) {
  const ExpectationCounts counts = each_result(suites, [&](const ExpectationResult& result) {
    for (const Diagnostic& each : result.diagnostics) {
      if (each.severity == Severity::Warning) session.messages().diagnostic(each);
    }
  });
  for (const TestSuite& suite : suites)
    session.messages().diagnostics(repeated_expectations(suite.results));
  return counts;
}

Exit exit_of(const ExpectationCounts& counts) {
  if (counts.invalid != 0) return Exit::Input;
  return counts.failed == 0 ? Exit::Done : Exit::Nothing;
}

Exit test(const Files& files, Session& session, const Cache& cache) {
  const std::vector<TestSuite> suites = check(files, cache);
  const ExpectationCounts counts = warn(session, suites);
  write_results(session, suites);
  return exit_of(counts);
}

// What cannot be recorded has failed still.
bool is_left(const ExpectationResult& result) {
  return result.status != ExpectationStatus::Met && !is_recordable(result);
}

void tell_left(const Session& session, const ExpectationResult& result) {
  for (Diagnostic each : result.diagnostics) {
    if (!is_left(result) && each.severity == Severity::Error) continue;
    const bool by_pin = result.selection && is_decided_by_pin(*result.selection);
    if (by_pin && each.severity == Severity::Error) each.message += "; not recorded: a pin decides";
    session.messages().diagnostic(each);
  }
}

// Whether all that could be recorded was. What was written of other files stays, and is told.
bool record_file(const ExpectationFile& file, const std::vector<ExpectationResult>& results,
                 const Session& session, const Workspace& workspace, RecordWriter& writer) {
  try {
    const RecordReport report = record_expectations(workspace, file, results, session.observer());
    for (const RecordedExpectation& each : report.recorded) writer.add(each);
    session.messages().diagnostics(report.refused);
    return report.refused.empty();
  } catch (const InputError& error) {
    session.messages().error(error);
    return false;
  }
}

bool record_all(const Files& files, const std::vector<TestSuite>& suites, Session& session,
                const Workspace& workspace, RecordWriter& writer) {
  bool all = true;
  try {
    for (std::size_t i = 0; i < files.size(); ++i)
      all &= record_file(files[i], suites[i].results, session, workspace, writer);
  } catch (const RegistryError&) {
    writer.finish();
    session.out().finish();
    throw;
  }
  writer.finish();
  return all;
}

Exit record(const Files& files, Session& session, const Workspace& workspace, const Cache& cache) {
  const std::vector<TestSuite> suites = check(files, cache);
  RecordWriter writer(session);
  const bool all_written = record_all(files, suites, session, workspace, writer);
  ExpectationCounts left;
  const ExpectationCounts all = each_result(suites, [&](const ExpectationResult& result) {
    tell_left(session, result);
    if (is_left(result)) left.add(result.status);
  });
  if (session.format() == Format::Table && !session.messages().quiet())
    session.out().line("recorded " + grouped(writer.count()) + " of " +
                       counted(all.all(), "expectation", "expectations"));
  return all_written ? exit_of(left) : Exit::Input;
}

void refuse_pin(const Selection& selection) {
  if (!is_decided_by_pin(selection)) return;
  const Candidate& winner = *selection.winner();
  const std::string name = selection.registry + '/' + selection.oid;
  throw InputError("not recorded: a pin decides; " + name + " is pinned to " +
                       winner.symbol.target + ": " + *winner.pinned,
                   "`reg unpin " + shell_word(name) + "` first, or write it into the file by hand");
}

// Nobody would notice that it is not tested.
void warn_if_not_found(const Session& session, const Workspace& workspace,
                       const std::string& file) {
  if (is_expectation_place(workspace, file)) return;
  session.messages().warning(
      file + " is none of the files that `reg test` looks at by itself",
      "`reg test " + shell_word(file) +
          "` does; it looks at manifests that `sources` names, and at *.regtest.toml in the "
          "workspace, but not where `exclude` or a hidden name leaves them out");
}

Exit add(const Options& options, const ContextArguments& arguments, Session& session,
         const Workspace& workspace, const Cache& cache) {
  const ObjectName name = object_name_from(*options.add);
  const RegistryInfo registry = cache.require_registry(name.registry);
  const Context base = cache.base_context();
  const AskedContext asked = arguments.read_for(registry, base, session.messages());
  if (asked.base != base)
    throw UsageError("an expectation cannot take a fact of [context] away",
                     "give the fact another value");
  const Selection selection = cache.score(registry, name.oid, asked.given);
  refuse_pin(selection);
  Expectation expectation;
  expectation.registry = name.registry;
  expectation.oid = name.oid;
  expectation.context = without_unread_host_facts(asked, fact_uses(cache, name.registry, name.oid));
  expectation.targets = selection.best_targets();
  RecordWriter writer(session);
  writer.add(add_expectation(workspace, options.files.front(), expectation, session.observer()));
  writer.finish();
  warn_if_not_found(session, workspace, options.files.front());
  return Exit::Done;
}

Exit ask(const Options& options, Session& session) {
  const Workspace workspace = session.workspace();
  if (options.add) {
    const ContextArguments arguments(options.context);
    return session.answer(workspace, [&](const Cache& cache) {
      return add(options, arguments, session, workspace, cache);
    });
  }
  const Files files = find(options, session, workspace);
  return session.answer(workspace, [&](const Cache& cache) {
    return options.record ? record(files, session, workspace, cache) : test(files, session, cache);
  });
}

// A CI server that finds no report shows none, or the last one.
Exit run(const Options& options, Session& session) {
  check_options(options, session.format());
  if (session.format() != Format::Own) return ask(options, session);
  try {
    const Exit exit = ask(options, session);
    if (session.out().is_empty())
      session.out().write(junit_xml(InputError("the cache could not be brought up to date")));
    return exit;
  } catch (const RegistryError& error) {
    session.out().forget();
    if (!session.out().has_begun()) session.out().write(junit_xml(error));
    session.out().finish();
    throw;
  }
}

}  // namespace

Action setup_test(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Checks that selections come to what [[expect]] says: in *.regtest.toml, wherever they are "
      "in "
      "the workspace, and in manifests. What fails is shown with the reasons, where the two "
      "implementations differ. Also as -o junit.\n"
      "With --record, what is expected and is not so is exchanged for what is now, and nothing "
      "else "
      "in the files.");
  arguments.positional(options->files, "FILE",
                       "files, or folders with such files; default: all of the workspace",
                       Occurs::AnyNumber);
  arguments.flag(options->record, "--record", "write what is now into the files");
  arguments.option(
      options->add, "--add", "REGISTRY/OID",
      "with --record FILE: write a new expectation\nbelow the others, or into a new file");
  arguments.option(options->context, "--ctx", "FACTS",
                   "of the new expectation: as for `reg select`");
  arguments.exit_codes(
      {"1: an expectation failed, or there are none",
       "2: a file that cannot be read as expectations, or one that cannot be asked",
       "3: --add: no such registry, or no such oid", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
