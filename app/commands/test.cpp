#include "../context_arguments.h"
#include "../object_name.h"
#include "../render/expectation_report.h"
#include "../render/json_array.h"
#include "../render/junit.h"
#include "../render/printable.h"
#include "../render/rows.h"
#include "../render/terminal_width.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/expectations.h>
#include <reg/text.h>
#include <unistd.h>
#include <memory>

namespace reg::app {

namespace {

// The width of reasons where no terminal tells: a log's.
constexpr std::size_t log_width = 120;

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

Files find(const Options& options, const Session& session) {
  Files files = find_expectations(session.workspace(), paths_of(options));
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

void warn(const Session& session, const ExpectationResult& result) {
  for (const Diagnostic& each : result.diagnostics) {
    if (each.severity == Severity::Warning) session.messages().diagnostic(each);
  }
}

std::string report_of(const Session& session, const ExpectationResult& result) {
  if (result.status == ExpectationStatus::Met)
    return session.verbose() ? met_text(result, session.style()) : "";
  return failure_text(result, session.style(), terminal_width(STDOUT_FILENO).value_or(log_width),
                      session.messages().quiet() ? Reasons::Hidden : Reasons::Shown);
}

// Calls `visit` with every result, and counts them.
template <typename Visit>
ExpectationCounts each_result(const std::vector<TestSuite>& suites, Visit visit) {
  ExpectationCounts counts;
  for (const TestSuite& suite : suites) {
    for (const ExpectationResult& result : suite.results) {
      counts.add(result.status);
      visit(result);
    }
  }
  return counts;
}

void write_text(Session& session, const std::vector<TestSuite>& suites) {
  const ExpectationCounts counts = each_result(suites, [&](const ExpectationResult& result) {
    session.out().write(report_of(session, result));
  });
  if (!session.messages().quiet()) session.out().line(summary_of(counts));
}

// One element a line.
class JsonList {
 public:
  explicit JsonList(Session& session) : session_(session) {}

  void add(const std::string& element) {
    if (session_.format() == Format::JsonLines) return session_.out().line(element);
    std::string text;
    append_json_separator(text, written_++);
    session_.out().write(text + element);
  }
  void finish() {
    if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
  }

 private:
  Session& session_;
  std::size_t written_ = 0;
};

void write_json(Session& session, const std::vector<TestSuite>& suites) {
  JsonList list(session);
  each_result(suites, [&](const ExpectationResult& result) {
    std::string text;
    append_expectation_result(text, result);
    list.add(text);
  });
  list.finish();
}

void write_rows(Session& session, const std::vector<TestSuite>& suites) {
  RowWriter rows(session, {"status", "registry", "oid", "expected", "got", "path", "line"});
  each_result(suites, [&](const ExpectationResult& result) {
    const Expectation& expectation = result.expectation;
    rows.add({{to_string(result.status)},
              {expectation.registry},
              {expectation.oid},
              {print_outcome(expectation.targets)},
              {result.got ? print_outcome(*result.got) : ""},
              {expectation.source.path},
              Cell::number(std::to_string(expectation.source.line))});
  });
  rows.finish();
}

void write_results(Session& session, const std::vector<TestSuite>& suites) {
  if (session.format() == Format::Table) return write_text(session, suites);
  if (is_json(session.format())) return write_json(session, suites);
  if (session.format() == Format::Own) return session.out().write(junit_xml(suites));
  write_rows(session, suites);
}

Exit exit_of(const ExpectationCounts& counts) {
  if (counts.invalid != 0) return Exit::Input;
  return counts.failed == 0 ? Exit::Done : Exit::Nothing;
}

Exit test(const Files& files, Session& session, const Cache& cache) {
  const std::vector<TestSuite> suites = check(files, cache);
  const ExpectationCounts counts =
      each_result(suites, [&](const ExpectationResult& result) { warn(session, result); });
  write_results(session, suites);
  return exit_of(counts);
}

// What was written down, in the format of `-o`.
class RecordWriter {
 public:
  explicit RecordWriter(Session& session) : session_(session), list_(session) {}

  void add(const RecordedExpectation& recorded) {
    const Expectation& before = recorded.before;
    ++count_;
    write(before, before.outcome, before.targets, recorded.now,
          "recorded: " + outcome_in_toml(before.targets) + " is now " +
              outcome_in_toml(recorded.now));
  }
  void add(const Expectation& added) {
    write(added, added.source, nullptr, added.targets, "added: " + outcome_in_toml(added.targets));
  }
  std::size_t count() const { return count_; }
  void finish() {
    if (is_json(session_.format())) list_.finish();
  }

 private:
  void write(const Expectation& expectation, const Place& place, const Json& was,
             const std::vector<std::string>& now, const std::string& what) {
    if (is_json(session_.format())) {
      return list_.add(to_text(Json{{"path", place.path},
                                    {"line", place.line},
                                    {"column", place.column},
                                    {"registry", expectation.registry},
                                    {"oid", expectation.oid},
                                    {"was", was},
                                    {"now", now}}));
    }
    const std::string registry =
        expectation.registry.empty() ? std::string() : expectation.registry + '/';
    session_.out().line(
        printable(place.to_string() + ": " + registry + expectation.oid + ": " + what));
  }

  Session& session_;
  JsonList list_;
  std::size_t count_ = 0;
};

// What cannot be recorded has failed still.
bool is_left(const ExpectationResult& result) {
  return result.status == ExpectationStatus::Invalid ||
         (result.status == ExpectationStatus::Failed && !result.got);
}

void tell_left(Session& session, const ExpectationResult& result) {
  for (const Diagnostic& each : result.diagnostics) {
    if (is_left(result) || each.severity == Severity::Warning) session.messages().diagnostic(each);
  }
}

Exit record(const Files& files, Session& session, const Cache& cache) {
  const std::vector<TestSuite> suites = check(files, cache);
  RecordWriter writer(session);
  ExpectationCounts left;
  bool refused = false;
  for (std::size_t i = 0; i < files.size(); ++i) {
    try {
      for (const RecordedExpectation& each : record_expectations(
               session.workspace(), files[i], suites[i].results, session.observer()))
        writer.add(each);
    } catch (const InputError& error) {
      // What was written of other files stays, and is told.
      session.messages().error(error);
      refused = true;
    }
  }
  writer.finish();
  const ExpectationCounts all = each_result(suites, [&](const ExpectationResult& result) {
    tell_left(session, result);
    if (is_left(result)) left.add(result.status);
  });
  if (session.format() == Format::Table && !session.messages().quiet())
    session.out().line("recorded " + grouped(writer.count()) + " of " +
                       counted(all.all(), "expectation", "expectations"));
  return refused ? Exit::Input : exit_of(left);
}

Exit add(const Options& options, const ContextArguments& arguments, Session& session,
         const Cache& cache) {
  const ObjectName name = object_name_from(*options.add);
  const RegistryInfo registry = cache.require_registry(name.registry);
  const Context base = cache.base_context();
  const AskedContext asked = arguments.read_for(registry, base, session.messages());
  if (asked.base != base)
    throw UsageError("an expectation cannot take a fact of [context] away",
                     "give the fact another value");
  const Selection selection = cache.score(registry, name.oid, asked.given);
  Expectation expectation;
  expectation.registry = name.registry;
  expectation.oid = name.oid;
  expectation.context = asked.given;
  for (std::size_t i = 0; i < selection.tied; ++i)
    expectation.targets.push_back(selection.candidates[i].symbol.target);
  RecordWriter writer(session);
  writer.add(
      add_expectation(session.workspace(), options.files.front(), expectation, session.observer()));
  writer.finish();
  return Exit::Done;
}

Exit run(const Options& options, Session& session) {
  check_options(options, session.format());
  if (options.add) {
    const ContextArguments arguments(options.context);
    return session.answer(
        [&](const Cache& cache) { return add(options, arguments, session, cache); });
  }
  const Files files = find(options, session);
  return session.answer([&](const Cache& cache) {
    return options.record ? record(files, session, cache) : test(files, session, cache);
  });
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
