#include "symbol_writer.h"

#include "json_array.h"
#include "printable.h"
#include "symbol_json.h"
#include "text.h"

#include <manifest/line.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg::app {

namespace {

// The escaped names of the fields that a registry declares.
std::vector<std::string> declared_fields(const Cache& cache, const std::string& registry) {
  const std::optional<RegistryInfo> info = cache.registry(registry);
  return info ? escaped_names(info->fields) : std::vector<std::string>{};
}

bool is_name(const std::string& column) {
  return column == "registry" || column == "oid" || column == "target";
}

}  // namespace

const std::vector<std::string>& symbol_columns() {
  static const std::vector<std::string> names = {"registry", "oid", "target",
                                                 "select",   "doc", "source"};
  return names;
}

Json column_value(const Symbol& symbol, const std::string& column) {
  if (column == "registry") return symbol.registry;
  if (column == "oid") return symbol.oid;
  if (column == "target") return symbol.target;
  if (symbol.info.contains(column)) return symbol.field(column);
  if (column == "select") return symbol.select ? Json(*symbol.select) : Json();
  if (column == "doc") return symbol.doc.empty() ? Json() : Json(symbol.doc);
  if (column == "source") return symbol.source.to_string();
  return {};
}

bool has_columns(Format format) {
  return format == Format::Table || format == Format::Csv || format == Format::Tsv;
}

SymbolWriter::SymbolWriter(Session& session, const Cache& cache, std::vector<std::string> columns)
    : session_(session), cache_(cache), columns_(std::move(columns)) {
  names_only_ =
      session.format() == Format::Name ||
      (has_columns(session.format()) && std::all_of(columns_.begin(), columns_.end(), is_name));
  if (has_columns(session.format())) {
    rows_.emplace(session, columns_);
  }
}

void SymbolWriter::add(const Symbol& symbol, std::optional<double> score) {
  if (rows_) {
    add_row(symbol, score);
  } else if (session_.format() == Format::Name) {
    session_.out().line(printable(symbol.registry + '/' + symbol.oid));
  } else {
    add_json(symbol, score);
  }
  ++written_;
}

void SymbolWriter::add(std::string_view line) {
  const std::optional<LineKey> key = line_key(line);
  if (key && names_only_) {
    Symbol symbol;
    symbol.registry = unescape(key->registry);
    symbol.oid = unescape(key->oid);
    symbol.target = unescape(key->target);
    add(symbol);
  } else if (!key || rows_ || !add_plain_json(line, key->registry)) {
    add(cache_.parse_line(line));
  }
}

bool SymbolWriter::add_plain_json(std::string_view line, std::string_view registry) {
  text_.clear();
  if (session_.format() == Format::Json) append_json_separator(text_, written_);
  if (!append_plain_line(text_, line, fields_of(unescape(registry)))) return false;
  if (session_.format() == Format::JsonLines) text_ += '\n';
  session_.out().write(text_);
  ++written_;
  return true;
}

void SymbolWriter::finish() {
  if (rows_) rows_->finish();
  if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
}

void SymbolWriter::add_row(const Symbol& symbol, std::optional<double> score) {
  std::vector<Cell> cells;
  for (const std::string& column : columns_) {
    cells.push_back(score && column == "score" ? Cell::number(score_text(*score))
                                               : Cell::of(column_value(symbol, column)));
  }
  rows_->add(std::move(cells));
}

void SymbolWriter::add_json(const Symbol& symbol, std::optional<double> score) {
  text_.clear();
  if (session_.format() == Format::Json) append_json_separator(text_, written_);
  append_symbol(text_, symbol, fields_of(symbol.registry), score);
  if (session_.format() == Format::JsonLines) text_ += '\n';
  session_.out().write(text_);
}

const std::vector<std::string>& SymbolWriter::fields_of(const std::string& registry) {
  const auto known = fields_.find(registry);
  if (known != fields_.end()) return known->second;
  return fields_.emplace(registry, declared_fields(cache_, registry)).first->second;
}

void write_one_symbol(Session& session, const Cache& cache, const Symbol& symbol,
                      std::optional<double> score) {
  const Format format = session.format();
  if (format == Format::Table) return session.out().line(printable(symbol.target));
  if (format == Format::Json) {
    std::string text;
    append_symbol(text, symbol, declared_fields(cache, symbol.registry), score);
    return session.out().line(text);
  }
  std::vector<std::string> columns = {"registry", "oid", "target"};
  if (score) columns.emplace_back("score");
  SymbolWriter writer(session, cache, std::move(columns));
  writer.add(symbol, score);
  writer.finish();
}

}  // namespace reg::app
