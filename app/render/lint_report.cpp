#include "lint_report.h"

#include "json_values.h"
#include "printable.h"
#include "rows.h"
#include "text.h"
#include "wrapped.h"

#include <reg/json.h>
#include <reg/text.h>
#include <algorithm>

namespace reg::app {

namespace {

std::string level_word(const Style& style, LintLevel level) {
  return level == LintLevel::Deny ? style.error("error:") : style.warning("warning:");
}

void write_detail(Output& out, const Style& style, std::string_view label,
                  const std::string& value) {
  if (value.empty()) return;
  out.line("  " + style.dim(std::string(label) + ':') + ' ' + printable(value));
}

void write_finding(Session& session, const LintFinding& finding) {
  const Style style = session.style();
  Output& out = session.out();
  out.line(style.bold(printable(finding.place.to_string()) + ':') + ' ' +
           level_word(style, finding.level) + ' ' + printable(finding.message) + ' ' +
           style.dim('[' + finding.code + ']'));
  write_detail(out, style, "hint", finding.hint);
  if (finding.witness) write_detail(out, style, "for example", witness_text(*finding.witness));
  write_detail(out, style, "rests on [context]", joined(finding.rests_on));
  for (const RelatedPlace& each : finding.related)
    write_detail(out, style, each.place.to_string(), each.message);
}

void write_rows(Session& session, const LintReport& report) {
  if (session.format() == Format::Target)
    throw UsageError("-o target is for symbols", "-o 'format={target}\\n' names those of findings");
  RowWriter rows(session, {"level", "code", "path", "line", "column", "registry", "oid", "target",
                           "subject", "message", "hint", "witness", "rests_on", "fingerprint"});
  const auto number = [](std::uint32_t n) {
    return n == 0 ? Cell{} : Cell::number(std::to_string(n));
  };
  for (const LintFinding& each : report.findings) {
    rows.add({{to_string(each.level)},
              {each.code},
              {each.place.path},
              number(each.place.line),
              number(each.place.column),
              {each.registry},
              {each.oid},
              {each.target},
              {each.subject},
              {each.message},
              {each.hint},
              {each.witness ? to_text(*each.witness) : std::string()},
              {joined(each.rests_on)},
              {each.fingerprint}});
  }
  rows.finish();
}

Json rule_json(const LintRule& rule) {
  return {{"code", rule.code}, {"summary", rule.summary}, {"meaning", rule.meaning},
          {"why", rule.why},   {"bad", rule.bad},         {"better", rule.better}};
}

void write_indented(Output& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.line("    " + std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void write_wrapped(Output& out, std::string_view text) {
  for (const std::string& line : wrapped(std::string(text), page_width)) out.line(line);
}

void write_rule(Session& session, const LintRule& rule) {
  const Style style = session.style();
  Output& out = session.out();
  out.line(style.bold(rule.code) + ": " + std::string(rule.summary));
  out.line("");
  write_wrapped(out, rule.meaning);
  out.line("");
  write_wrapped(out, rule.why);
  out.line("\nFor example:\n");
  write_indented(out, rule.bad);
  out.line("\nBetter:\n");
  write_indented(out, rule.better);
  const std::string code(rule.code);
  out.line("\nTo allow it: --allow " + code + ", or in registry.toml");
  out.line("\n    [lint]\n    allow = [\"" + code + "\"]");
  if (rule.about == LintAbout::Symbol)
    out.line("\nFor one symbol, in its [[symbols]]: allow = [\"" + code + "\"]");
}

}  // namespace

void write_lint_report(Session& session, const LintReport& report) {
  const Format format = session.format();
  if (session.wants_json()) {
    JsonValues values(session);
    for (const LintFinding& each : report.findings) values.add(to_text(lint_json(each)));
    values.finish();
  } else if (format == Format::Name) {
    for (const LintFinding& each : report.findings) session.out().line(each.code);
  } else if (format == Format::Table) {
    for (const LintFinding& each : report.findings) write_finding(session, each);
  } else {
    write_rows(session, report);
  }
}

void write_lint_rules(Session& session, std::span<const LintRule> rules, Explained how) {
  const Format format = session.format();
  if (session.wants_json()) {
    JsonValues values(session);
    for (const LintRule& rule : rules) values.add(to_text(rule_json(rule)));
    values.finish();
  } else if (format == Format::Name) {
    for (const LintRule& rule : rules) session.out().line(rule.code);
  } else if (format == Format::Table && how == Explained::Whole) {
    for (const LintRule& rule : rules) write_rule(session, rule);
  } else {
    RowWriter rows(session, {"code", "summary"});
    for (const LintRule& rule : rules)
      rows.add({{std::string(rule.code)}, {std::string(rule.summary)}});
    rows.finish();
  }
}

}  // namespace reg::app
