#include "rows.h"

#include "printable.h"
#include "text.h"

#include <algorithm>

namespace reg::app {

namespace {

// RFC 4180: quotes where they are needed. A newline is a value's own and stays; other controls do
// not.
std::string csv_cell(const std::string& text) {
  std::string safe = printable(text, Newlines::Keep);
  if (safe.find_first_of(",\"\n") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

// A backslash is doubled, so that what `printable` escapes can be told from text.
std::string tsv_cell(const std::string& text) {
  std::string doubled;
  for (const char c : text) {
    if (c == '\\') doubled += c;
    doubled += c;
  }
  return printable(doubled);
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

bool is_numeric(const std::vector<std::vector<Cell>>& rows, std::size_t column) {
  return !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const std::vector<Cell>& row) {
    return row[column].text.empty() || row[column].kind == CellKind::Number;
  });
}

struct Column {
  std::size_t width;
  CellKind kind;
};

std::vector<Column> layout(const std::vector<std::string>& header,
                           const std::vector<std::vector<Cell>>& rows) {
  std::vector<Column> columns;
  for (std::size_t at = 0; at < header.size(); ++at) {
    std::size_t width = display_width(header[at]);
    for (const auto& row : rows) width = std::max(width, display_width(row[at].text));
    columns.push_back({width, is_numeric(rows, at) ? CellKind::Number : CellKind::Text});
  }
  return columns;
}

constexpr std::size_t gap = 2;

// Blanks are written before the next cell only, so that no line ends with them.
void append_aligned(std::string& line, std::size_t& pending, const std::string& text,
                    const std::string& marked, const Column& column) {
  const std::size_t padding = column.width - display_width(text);
  const bool right = column.kind == CellKind::Number;
  if (!text.empty()) {
    line.append(pending + (right ? padding : 0), ' ').append(marked);
    pending = right ? gap : padding + gap;
  } else {
    pending += column.width + gap;
  }
}

}  // namespace

Cell Cell::of(const Json& value) {
  if (value.is_null()) return {};
  return {value_text(value), value.is_number() ? CellKind::Number : CellKind::Text};
}

RowWriter::RowWriter(Output& out, Format format, Style style, std::vector<std::string> header)
    : out_(out), format_(format), style_(style), header_(std::move(header)) {
  if (format_ == Format::Table) return;
  std::vector<Cell> cells;
  for (const std::string& name : header_) cells.push_back({name, CellKind::Text});
  write_delimited(cells);
}

void RowWriter::add(std::vector<Cell> cells) {
  if (format_ != Format::Table) return write_delimited(cells);
  for (Cell& cell : cells) cell.text = printable(cell.text);
  rows_.push_back(std::move(cells));
}

void RowWriter::finish() {
  if (format_ == Format::Table && !rows_.empty()) write_table();
}

void RowWriter::write_delimited(const std::vector<Cell>& cells) {
  const bool csv = format_ == Format::Csv;
  std::string line;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at != 0) line += csv ? ',' : '\t';
    line += csv ? csv_cell(cells[at].text) : tsv_cell(cells[at].text);
  }
  out_.write(line + (csv ? "\r\n" : "\n"));
}

void RowWriter::write_table() {
  for (std::string& name : header_) name = upper(printable(name));
  const std::vector<Column> columns = layout(header_, rows_);
  const auto write_line = [&](auto&& text_of, auto&& marked_of) {
    std::string line;
    std::size_t pending = 0;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      append_aligned(line, pending, text_of(at), marked_of(at), columns[at]);
    }
    out_.line(line);
  };
  write_line([&](std::size_t at) { return header_[at]; },
             [&](std::size_t at) { return style_.bold(header_[at]); });
  for (const std::vector<Cell>& row : rows_) {
    write_line([&](std::size_t at) { return row[at].text; },
               [&](std::size_t at) { return row[at].text; });
  }
}

}  // namespace reg::app
