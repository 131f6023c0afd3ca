#pragma once
// Rows of cells: an aligned table, CSV, TSV, or a text made of them.

#include "../session.h"
#include "template_writer.h"

#include <reg/json.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::app {

enum class CellKind : bool { Text, Number };

// One value of a row; its text is as it came, and made printable when it is written.
struct Cell {
  std::string text;
  CellKind kind = CellKind::Text;

  // A number or text as it is, anything else as JSON; nothing for null.
  static Cell of(const Json& value);
  static Cell number(std::string text) { return {std::move(text), CellKind::Number}; }
};

// Writes rows under a header, in the format Table, Csv (RFC 4180, but lines end with LF) or Tsv.
// CSV and TSV are written as the rows come; a table needs `finish`, because its columns are as wide
// as their widest cell. On a terminal, a table is made as narrow as that is. A template (Template,
// Target) may name the columns of the header.
class RowWriter {
 public:
  RowWriter(Session& session, std::vector<std::string> header);

  // One more column of a table, behind the others, which is left out if there is nothing in it. To
  // be called before the first row, which is then as long.
  void add_optional_column(std::string name);
  void add(std::vector<Cell> cells);
  void finish();

 private:
  void write_delimited(const std::vector<Cell>& cells);
  void write_template(const std::vector<Cell>& cells);
  void leave_out_empty();
  void write_table();

  Session& session_;
  std::vector<std::string> header_;
  bool is_last_optional_ = false;
  std::vector<std::vector<Cell>> rows_;
  std::optional<TemplateWriter> template_;
  std::vector<std::size_t> named_;  // the columns that the template names
};

}  // namespace reg::app
