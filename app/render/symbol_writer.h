#pragma once
// Symbols on stdout, in whatever format was asked for.

#include "../session.h"
#include "rows.h"
#include "template_writer.h"

#include <reg/cache.h>
#include <reg/columns.h>
#include <reg/shapes.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

// Columns that every symbol has.
std::vector<Column> columns_named(std::vector<std::string> names);

// Whether the symbols that are written have a score.
enum class Scores : bool { No, Yes };

// Writes symbols as they come. `columns` are those of tables, CSV and TSV, with the score last;
// JSON always has everything, and `name` is `REGISTRY/OID`. A template names columns of these
// registries (none: all), and the score; UsageError for one that is not there.
class SymbolWriter {
 public:
  SymbolWriter(Session& session, const Cache& cache, std::vector<Column> columns,
               const std::vector<std::string>& registries, Scores scores = Scores::No);

  // Of a table: whose publications the symbols are from, in a last column, if any is from another
  // origin. To be called before the first symbol.
  void show_origins();
  // Why it is pinned is for JSON only.
  void add(const Symbol& symbol, std::optional<double> score = {},
           std::optional<std::string_view> pinned = {});
  void add(const Candidate& candidate) {
    add(candidate.symbol, candidate.score, candidate.why_pinned());
  }
  // Reads no more of the symbol than is written.
  void add(const SymbolView& symbol);
  void finish();

 private:
  void add_name(const std::string& registry, const std::string& oid);
  template <typename Append>
  void add_json(Append&& append);
  void fill_in(const std::vector<std::string>& registries, Scores scores);
  template <typename AnySymbol>
  void add_filled(const AnySymbol& symbol, std::optional<double> score);
  void add_row(const Symbol& symbol, std::optional<double> score, const Json& origin);

  Session& session_;
  const Cache& cache_;
  std::vector<Column> columns_;
  SymbolShapes shapes_;
  bool names_only_ = false;        // `registry`, `oid` and `target` are all that rows have
  std::optional<RowWriter> rows_;  // set for the formats that have columns
  std::optional<Column> origin_;   // set where it is shown
  std::optional<TemplateWriter> template_;
  std::vector<std::optional<Column>> filled_in_;  // what the template names; not set: the score
  std::string text_;                              // of the symbol that is being written
  std::size_t written_ = 0;
};

// What was selected, in the columns of every command that selects: `registry`, `oid`, `target` and
// `score`.
SymbolWriter selection_writer(Session& session, const Cache& cache, const std::string& registry);

// One symbol alone: its target and nothing else, one JSON object, or one row with all its names.
void write_one_symbol(Session& session, const Cache& cache, const Symbol& symbol,
                      std::optional<double> score = {},
                      std::optional<std::string_view> pinned = {});

// Whether the format is made of rows.
bool has_columns(Format format);

}  // namespace reg::app
