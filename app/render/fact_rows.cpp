#include "fact_rows.h"

#include "rows.h"
#include "text.h"

#include <reg/predicate.h>
#include <reg/text.h>
#include <algorithm>
#include <span>

namespace reg::app {

namespace {

// More of a fact's values, or of the places where it is read, make no table that people read.
constexpr std::size_t most_values = 8;

std::string value_of(const FactComparison& one) {
  if (!one.other.empty()) return one.other;
  return one.is_version ? 'v' + value_text(one.value) : to_text(one.value);
}

bool has_value(FactTest test) {
  return test != FactTest::Truth && test != FactTest::Presence && test != FactTest::Score;
}

// `"cuda"`, `>= 80`: what a fact is to equal stands by itself.
std::string comparison_text(const FactComparison& one) {
  if (!has_value(one.test)) return to_string(one.test);
  const bool equals =
      one.test == FactTest::Equal || one.test == FactTest::In || one.test == FactTest::Argument;
  return equals ? value_of(one) : std::string(to_string(one.test)) + ' ' + value_of(one);
}

std::string compared_text(const FactUse& use, std::size_t most) {
  std::vector<std::string> texts;
  for (const FactComparison& one : use.comparisons) {
    std::string text = comparison_text(one);
    if (std::find(texts.begin(), texts.end(), text) == texts.end())
      texts.push_back(std::move(text));
  }
  const std::size_t shown = std::min(texts.size(), most);
  std::string line = joined(std::span(texts).first(shown));
  if (shown < texts.size()) line += ", … " + grouped(texts.size() - shown) + " more";
  return use.more_comparisons ? line + ", …" : line;
}

std::string places_text(const FactUse& use, Format format) {
  if (use.candidates == 0) return format == Format::Table ? "read by nobody" : "";
  const FactUsePlace& first = use.places.front();
  std::string text = first.origin.empty() ? "" : "from " + first.origin + ": ";
  text += first.place.to_string();
  if (use.candidates > 1) text += " and " + grouped(use.candidates - 1) + " more";
  return text;
}

std::string values_text(const Fact& fact) {
  std::vector<std::string> texts;
  for (const Json& value : fact.values) texts.push_back(value_text(value));
  return joined(texts);
}

std::vector<Cell> cells_of(const FactUse& use, Format format) {
  const std::size_t most = format == Format::Table ? most_values : use.comparisons.size();
  return {{use.fact.path},
          {use.declared ? to_string(use.fact.type) : ""},
          {values_text(use.fact)},
          {use.base ? to_text(*use.base) : std::string()},
          {compared_text(use, most)},
          Cell::number(std::to_string(use.candidates)),
          {joined(use.by_way_of)},
          {places_text(use, format)},
          {use.fact.doc}};
}

// Columns without anything in them are left out of tables: most facts have no doc.
std::vector<std::size_t> columns_shown(const std::vector<std::vector<Cell>>& rows,
                                       std::size_t columns, Format format) {
  std::vector<std::size_t> shown;
  for (std::size_t at = 0; at < columns; ++at) {
    const bool is_used = std::any_of(rows.begin(), rows.end(),
                                     [at](const auto& row) { return !row[at].text.empty(); });
    if (is_used || format != Format::Table) shown.push_back(at);
  }
  return shown;
}

void add_leaves(std::vector<LeafFact>& leaves, const Json& facts, std::vector<std::string>& names) {
  for (const auto& [name, value] : facts.items()) {
    names.push_back(name);
    if (value.is_object() && !value.empty()) {
      add_leaves(leaves, value, names);
    } else {
      leaves.push_back({print_path(names), value});
    }
    names.pop_back();
  }
}

// A list for people to read: its elements, without brackets.
std::string leaf_text(const Json& value, Format format) {
  if (format != Format::Table || !value.is_array() || value.empty()) return value_text(value);
  std::vector<std::string> texts;
  for (const Json& element : value) texts.push_back(value_text(element));
  return joined(texts);
}

}  // namespace

void write_fact_rows(Session& session, const std::vector<FactUse>& facts) {
  const std::vector<std::string> names = {"fact",       "type",    "values", "context", "compared",
                                          "candidates", "through", "where",  "doc"};
  std::vector<std::vector<Cell>> rows;
  rows.reserve(facts.size());
  for (const FactUse& use : facts) rows.push_back(cells_of(use, session.format()));
  const std::vector<std::size_t> shown = columns_shown(rows, names.size(), session.format());
  std::vector<std::string> header;
  header.reserve(shown.size());
  for (const std::size_t at : shown) header.push_back(names[at]);
  RowWriter writer(session, header);
  for (const std::vector<Cell>& row : rows) {
    std::vector<Cell> cells;
    cells.reserve(shown.size());
    for (const std::size_t at : shown) cells.push_back(row[at]);
    writer.add(std::move(cells));
  }
  writer.finish();
}

std::vector<LeafFact> leaf_facts(const Context& facts) {
  std::vector<LeafFact> leaves;
  std::vector<std::string> names;
  add_leaves(leaves, facts, names);
  return leaves;
}

void write_leaf_facts(Session& session, const std::vector<LeafFact>& facts) {
  RowWriter rows(session, {"fact", "value"});
  for (const LeafFact& fact : facts) {
    const CellKind kind = fact.value.is_number() ? CellKind::Number : CellKind::Text;
    rows.add({{fact.path}, {leaf_text(fact.value, session.format()), kind}});
  }
  rows.finish();
}

}  // namespace reg::app
