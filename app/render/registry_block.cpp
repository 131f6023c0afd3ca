#include "registry_block.h"

#include "printable.h"
#include "text.h"
#include "wrapped.h"

#include <reg/text.h>
#include <algorithm>

namespace reg::app {

namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t label_width = 12;

// Rows as aligned lines, without blanks at their ends.
std::vector<std::string> aligned(Rows rows) {
  std::vector<std::size_t> widths;
  for (std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t at = 0; at < row.size(); ++at) {
      row[at] = printable(row[at]);
      widths[at] = std::max(widths[at], display_width(row[at]));
    }
  }
  std::vector<std::string> lines;
  for (const std::vector<std::string>& row : rows) {
    std::string& line = lines.emplace_back();
    for (std::size_t at = 0; at < row.size(); ++at)
      line += row[at] + std::string(widths[at] - display_width(row[at]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
  }
  return lines;
}

void write_entry(Output& out, const Style& style, std::string_view label, Rows rows) {
  std::string before = "  " + style.dim(label) + std::string(label_width - label.size(), ' ');
  for (const std::string& line : aligned(std::move(rows))) {
    out.line(before + line);
    before.assign(label_width + 2, ' ');
  }
}

Rows text_rows(const std::string& text) {
  Rows rows;
  for (std::string& line : wrapped(printable(text, Newlines::Keep), page_width - label_width - 2))
    rows.push_back({std::move(line)});
  return rows;
}

Rows field_rows(const RegistryInfo& registry) {
  Rows rows;
  for (const Field& field : registry.fields) rows.push_back({field.name, to_string(field.type)});
  return rows;
}

Rows context_rows(const RegistryInfo& registry) {
  Rows rows;
  for (const Fact& fact : registry.context) {
    std::vector<std::string> values;
    for (const Json& value : fact.values) values.push_back(value_text(value));
    rows.push_back({fact.path, to_string(fact.type), joined(values), fact.doc});
  }
  return rows;
}

// `at_least(v)` and its expression, or what a predicate without one tests.
std::vector<std::string> predicate_row(const std::string& name, const PredicateDefinition& is) {
  if (!is.is_fact()) return {name + '(' + joined(is.params) + ')', is.expr->to_string()};
  return {name + "(…)", std::string("tests the fact ") + name + (is.all ? ", all arguments" : "")};
}

Rows predicate_rows(const PredicateSet& predicates) {
  Rows rows;
  for (const auto& [name, definition] : predicates.definitions())
    rows.push_back(predicate_row(name, definition));
  return rows;
}

Rows source_rows(const std::vector<RegistrySource>& sources) {
  Rows rows;
  for (const RegistrySource& source : sources) {
    rows.push_back(
        {source.place.path, counted(source.symbols, "symbol", "symbols"),
         source.place.line == 0 ? "" : "declares it in line " + std::to_string(source.place.line)});
  }
  return rows;
}

Rows pin_rows(const RegistryInfo& registry) {
  Rows rows;
  for (const Pin& pin : registry.pins) rows.push_back({pin.oid, pin.target, pin.reason});
  return rows;
}

}  // namespace

void write_registry_block(Output& out, const Style& style, const RegistryDetails& registry) {
  const RegistryInfo& info = registry.info;
  const auto entry = [&](std::string_view label, Rows rows) {
    write_entry(out, style, label, std::move(rows));
  };
  out.line(style.bold(printable(info.name)));
  if (!info.doc.empty()) entry("doc", text_rows(info.doc));
  const std::string of_oids = ", of " + counted(registry.oids, "oid", "oids");
  entry("symbols", {{info.symbols == 0 ? "none" : grouped(info.symbols) + of_oids}});
  if (info.select) entry("select", {{*info.select, "(of symbols without one of their own)"}});
  entry("fields", field_rows(info));
  entry("context", context_rows(info));
  if (info.context.empty() && !info.reads.empty()) entry("reads", text_rows(joined(info.reads)));
  entry("predicates", predicate_rows(registry.predicates));
  entry("pins", pin_rows(info));
  entry("sources", source_rows(registry.sources));
}

}  // namespace reg::app
