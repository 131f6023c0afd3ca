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
                           const std::vector<std::string>& registries, Scores scores)
    : session_(session), cache_(cache), columns_(std::move(columns)), shapes_(cache) {
  if (is_template(session.format())) fill_in(registries, scores);
  if (!has_columns(session.format())) return;
  names_only_ = std::all_of(columns_.begin(), columns_.end(), is_key);
  rows_.emplace(session, header_of(columns_, scores));
}

// What is known of registries is read for a template only.
void SymbolWriter::fill_in(const std::vector<std::string>& registries, Scores scores) {
  std::vector<RegistryInfo> known;
  for (const std::string& name : registries) known.push_back(cache_.require_registry(name));
  if (registries.empty()) known = cache_.registries();
  template_.emplace(session_);
  for (const std::string& name : template_->names()) {
    const bool is_score = scores == Scores::Yes && name == "score";
    filled_in_.push_back(is_score ? std::nullopt : std::optional(Column(name, known)));
  }
}

void SymbolWriter::show_origins() {
  if (session_.format() != Format::Table) return;
  const std::vector<RegistryInfo> registries = cache_.registries();
  if (registries.empty()) return;
  origin_.emplace("origin", registries);
  rows_->add_optional_column("origin");
}

void SymbolWriter::add(const Symbol& symbol, std::optional<double> score,
                       std::optional<std::string_view> pinned) {
  if (session_.format() == Format::Name) return add_name(symbol.registry, symbol.oid);
  if (template_) return add_filled(symbol, score);
  if (!rows_) return add_json([&] { shapes_.append(text_, symbol, score, pinned); });
  add_row(symbol, score, origin_ ? origin_->value(symbol) : Json());
}

void SymbolWriter::add(const SymbolView& symbol) {
  if (session_.format() == Format::Name) {
    const SymbolKey key = symbol.key();
    return add_name(key.registry, key.oid);
  }
  if (template_) return add_filled(symbol, {});
  if (!rows_) return add_json([&] { shapes_.append(text_, symbol); });
  if (!names_only_) return add(symbol.symbol());
  SymbolKey key = symbol.key();
  Symbol named;
  named.registry = std::move(key.registry);
  named.oid = std::move(key.oid);
  named.target = std::move(key.target);
  add_row(named, {}, origin_ ? origin_->value(symbol) : Json());
}

void SymbolWriter::add_row(const Symbol& symbol, std::optional<double> score, const Json& origin) {
  std::vector<Cell> cells;
  for (const Column& column : columns_) cells.push_back(Cell::of(column.value(symbol)));
  if (score) cells.push_back(Cell::number(score_text(*score)));
  if (origin_) cells.push_back(Cell::of(origin));
  rows_->add(std::move(cells));
}

void SymbolWriter::finish() {
  if (rows_) rows_->finish();
  if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
}

void SymbolWriter::add_name(const std::string& registry, const std::string& oid) {
  session_.out().line(printable(registry + '/' + oid));
}

template <typename AnySymbol>
void SymbolWriter::add_filled(const AnySymbol& symbol, std::optional<double> score) {
  std::vector<Json> values;
  for (const std::optional<Column>& column : filled_in_) {
    if (column) {
      values.push_back(column->value(symbol));
    } else {
      values.push_back(score ? Json(score_text(*score)) : Json());
    }
  }
  template_->write(std::move(values));
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

SymbolWriter selection_writer(Session& session, const Cache& cache, const std::string& registry) {
  return {session, cache, columns_named({"registry", "oid", "target"}), {registry}, Scores::Yes};
}

void write_one_symbol(Session& session, const Cache& cache, const Symbol& symbol,
                      std::optional<double> score, std::optional<std::string_view> pinned) {
  const Format format = session.format();
  if (format == Format::Table) return session.out().line(printable(symbol.target));
  if (format == Format::Json) {
    std::string text;
    SymbolShapes(cache).append(text, symbol, score, pinned);
    return session.out().line(text);
  }
  SymbolWriter writer(session, cache, columns_named({"registry", "oid", "target"}),
                      {symbol.registry}, score ? Scores::Yes : Scores::No);
  writer.add(symbol, score, pinned);
  writer.finish();
}

}  // namespace reg::app
