#pragma once
// Symbols on stdout, in whatever format was asked for.

#include "../session.h"
#include "rows.h"

#include <reg/cache.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

// What a column of symbols can be besides a field: `registry`, `oid`, `target`, `select`, `doc`,
// `source`.
const std::vector<std::string>& symbol_columns();

// The value of a column or field of a symbol; null where there is none.
Json column_value(const Symbol& symbol, const std::string& column);

// Writes symbols as they come. `columns` are those of tables, CSV and TSV; `score` is one where
// scores are given. JSON always has everything, and `name` is `REGISTRY/OID`.
class SymbolWriter {
 public:
  SymbolWriter(Session& session, const Cache& cache, std::vector<std::string> columns);

  void add(const Symbol& symbol, std::optional<double> score = {});
  // A symbol by its line in the cache, of which no more is read than is written.
  void add(std::string_view line);
  void finish();

 private:
  void add_row(const Symbol& symbol, std::optional<double> score);
  void add_json(const Symbol& symbol, std::optional<double> score);
  bool add_plain_json(std::string_view line, std::string_view registry);
  // The escaped names of the registry's fields.
  const std::vector<std::string>& fields_of(const std::string& registry);

  Session& session_;
  const Cache& cache_;
  std::vector<std::string> columns_;
  bool names_only_ = false;        // `registry`, `oid` and `target` are all that is written
  std::optional<RowWriter> rows_;  // set for the formats that have columns
  std::map<std::string, std::vector<std::string>> fields_;
  std::string text_;  // of the symbol that is being written
  std::size_t written_ = 0;
};

// One symbol alone: its target and nothing else, one JSON object, or one row with all its names.
void write_one_symbol(Session& session, const Cache& cache, const Symbol& symbol,
                      std::optional<double> score = {});

// Whether the format is made of rows.
bool has_columns(Format format);

}  // namespace reg::app
