#include "expectation_writer.h"

#include "json_array.h"
#include "junit.h"
#include "printable.h"
#include "rows.h"
#include "terminal_width.h"

#include <reg/text.h>
#include <unistd.h>

namespace reg::app {

namespace {

// The width of reasons where no terminal tells: a log's.
constexpr std::size_t log_width = 120;

bool is_json(const Session& session) {
  return session.format() == Format::Json || session.format() == Format::JsonLines;
}

std::string report_of(const Session& session, const ExpectationResult& result) {
  if (result.status == ExpectationStatus::Met)
    return session.verbose() ? met_text(result, session.style()) : "";
  return failure_text(result, session.style(), terminal_width(STDOUT_FILENO).value_or(log_width),
                      session.messages().quiet() ? Reasons::Hidden : Reasons::Shown);
}

void write_text(Session& session, const std::vector<TestSuite>& suites) {
  const ExpectationCounts counts = each_result(suites, [&](const ExpectationResult& result) {
    session.out().write(report_of(session, result));
  });
  if (!session.messages().quiet()) session.out().line(summary_of(counts));
}

void write_json(Session& session, const std::vector<TestSuite>& suites) {
  ElementWriter elements(session);
  each_result(suites, [&](const ExpectationResult& result) {
    std::string text;
    append_expectation_result(text, result);
    elements.add(text);
  });
  elements.finish();
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

}  // namespace

void write_results(Session& session, const std::vector<TestSuite>& suites) {
  if (session.format() == Format::Table) return write_text(session, suites);
  if (is_json(session)) return write_json(session, suites);
  if (session.format() == Format::Own) return session.out().write(junit_xml(suites));
  write_rows(session, suites);
}

void ElementWriter::add(const std::string& element) {
  if (session_.format() == Format::JsonLines) return session_.out().line(element);
  std::string text;
  append_json_separator(text, written_++);
  session_.out().write(text + element);
}

void ElementWriter::finish() {
  if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
}

void RecordWriter::add(const RecordedExpectation& recorded) {
  const Expectation& before = recorded.before;
  ++count_;
  write(
      before, before.outcome, before.targets, recorded.now,
      "recorded: " + outcome_in_toml(before.targets) + " is now " + outcome_in_toml(recorded.now));
}

void RecordWriter::add(const Expectation& added) {
  write(added, added.source, nullptr, added.targets, "added: " + outcome_in_toml(added.targets));
}

void RecordWriter::finish() {
  if (is_json(session_)) elements_.finish();
}

void RecordWriter::write(const Expectation& expectation, const Place& place, const Json& was,
                         const std::vector<std::string>& now, const std::string& what) {
  if (is_json(session_)) {
    return elements_.add(to_text(Json{{"path", place.path},
                                      {"line", place.line},
                                      {"column", place.column},
                                      {"registry", expectation.registry},
                                      {"oid", expectation.oid},
                                      {"was", was},
                                      {"now", now}}));
  }
  session_.out().line(printable(place.to_string() + ": " + expectation.registry + '/' +
                                expectation.oid + ": " + what));
}

}  // namespace reg::app
