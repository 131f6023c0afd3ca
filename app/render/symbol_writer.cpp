#include "symbol_writer.h"

#include "json_array.h"
#include "printable.h"

#include <reg/text.h>
#include <algorithm>

namespace reg::app {

namespace {

std::vector<std::string> header_of(const std::vector<Column>& columns, Scores scores) {
  std::vector<std::string> header;
  for (const Column& column : columns) header.push_back(column.name());
  if (scores == Scores::Yes) header.emplace_back("score");
  return header;
}

bool is_key(const Column& column) {
  const std::string& name = column.name();
  return name == "registry" || name == "oid" || name == "target";
}

}  // namespace

std::vector<Column> columns_named(std::vector<std::string> names) {
  std::vector<Column> columns;
  for (std::string& name : names)
    columns.emplace_back(std::move(name), std::vector<RegistryInfo>{});
  return columns;
}

bool has_columns(Format format) {
  return format == Format::Table || format == Format::Csv || format == Format::Tsv;
}

SymbolWriter::SymbolWriter(Session& session, const Cache& cache, std::vector<Column> columns,
                           Scores scores)
    : session_(session), columns_(std::move(columns)), shapes_(cache) {
  if (!has_columns(session.format())) return;
  names_only_ = std::all_of(columns_.begin(), columns_.end(), is_key);
  rows_.emplace(session, header_of(columns_, scores));
}

void SymbolWriter::add(const Symbol& symbol, std::optional<double> score) {
  if (session_.format() == Format::Name) return add_name(symbol.registry, symbol.oid);
  if (!rows_) return add_json([&] { shapes_.append(text_, symbol, score); });
  std::vector<Cell> cells;
  for (const Column& column : columns_) cells.push_back(Cell::of(column.value(symbol)));
  if (score) cells.push_back(Cell::number(score_text(*score)));
  rows_->add(std::move(cells));
}

void SymbolWriter::add(const SymbolView& symbol) {
  if (session_.format() == Format::Name) {
    const SymbolKey key = symbol.key();
    return add_name(key.registry, key.oid);
  }
  if (!rows_) return add_json([&] { shapes_.append(text_, symbol); });
  if (!names_only_) return add(symbol.symbol());
  SymbolKey key = symbol.key();
  Symbol named;
  named.registry = std::move(key.registry);
  named.oid = std::move(key.oid);
  named.target = std::move(key.target);
  add(named);
}

void SymbolWriter::finish() {
  if (rows_) rows_->finish();
  if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
}

void SymbolWriter::add_name(const std::string& registry, const std::string& oid) {
  session_.out().line(printable(registry + '/' + oid));
}

template <typename Append>
void SymbolWriter::add_json(Append&& append) {
  text_.clear();
  if (session_.format() == Format::Json) append_json_separator(text_, written_);
  append();
  if (session_.format() == Format::JsonLines) text_ += '\n';
  session_.out().write(text_);
  ++written_;
}

SymbolWriter selection_writer(Session& session, const Cache& cache) {
  return {session, cache, columns_named({"registry", "oid", "target"}), Scores::Yes};
}

void write_one_symbol(Session& session, const Cache& cache, const Symbol& symbol,
                      std::optional<double> score) {
  const Format format = session.format();
  if (format == Format::Table) return session.out().line(printable(symbol.target));
  if (format == Format::Json) {
    std::string text;
    SymbolShapes(cache).append(text, symbol, score);
    return session.out().line(text);
  }
  SymbolWriter writer(session, cache, columns_named({"registry", "oid", "target"}),
                      score ? Scores::Yes : Scores::No);
  writer.add(symbol, score);
  writer.finish();
}

}  // namespace reg::app
