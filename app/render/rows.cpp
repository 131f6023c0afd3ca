#include "rows.h"

#include "column_widths.h"
#include "printable.h"
#include "terminal_width.h"
#include "text.h"

#include <unistd.h>
#include <algorithm>
#include <limits>

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

constexpr std::size_t gap = 2;

ColumnSize natural_size(const std::string& name, const std::vector<std::vector<Cell>>& rows,
                        std::size_t at, Headers headers) {
  std::size_t width = headers == Headers::Shown ? display_width(name) : 0;
  for (const auto& row : rows) width = std::max(width, display_width(row[at].text));
  if (is_numeric(rows, at)) return {width, Importance::Number};
  const bool is_name = name == "registry" || name == "oid" || name == "target";
  return {width, is_name ? Importance::Name : Importance::Detail};
}

std::vector<Column> layout(const std::vector<std::string>& header,
                           const std::vector<std::vector<Cell>>& rows, Headers headers) {
  std::vector<ColumnSize> sizes;
  for (std::size_t at = 0; at < header.size(); ++at)
    sizes.push_back(natural_size(header[at], rows, at, headers));
  const std::size_t room =
      terminal_width(STDOUT_FILENO).value_or(std::numeric_limits<std::size_t>::max());
  std::vector<Column> columns;
  for (const std::size_t width : fitting_widths(sizes, gap, room)) {
    const bool number = sizes[columns.size()].importance == Importance::Number;
    columns.push_back({std::min(width, room), number ? CellKind::Number : CellKind::Text});
  }
  return columns;
}

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

bool has_target(const std::vector<std::string>& header) {
  return std::find(header.begin(), header.end(), "target") != header.end();
}

std::size_t column_named(const std::string& name, const std::vector<std::string>& header) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  const std::string near = did_you_mean(name, header);
  throw UsageError("there is no column " + in_quotes(name) + " here",
                   near.empty() ? "there are " + joined(header) : near);
}

}  // namespace

Cell Cell::of(const Json& value) {
  if (value.is_null()) return {};
  return {value_text(value), value.is_number() ? CellKind::Number : CellKind::Text};
}

RowWriter::RowWriter(Session& session, std::vector<std::string> header)
    : session_(session), header_(std::move(header)) {
  if (is_template(session.format())) {
    if (session.format() == Format::Target && !has_target(header_))
      throw UsageError("-o target is for symbols");
    template_.emplace(session);
    for (const std::string& name : template_->names())
      named_.push_back(column_named(name, header_));
    return;
  }
  if (session.format() == Format::Table || session.headers() == Headers::Hidden) return;
  std::vector<Cell> cells;
  for (const std::string& name : header_) cells.push_back({name, CellKind::Text});
  write_delimited(cells);
}

void RowWriter::add_optional_column(std::string name) {
  header_.push_back(std::move(name));
  is_last_optional_ = true;
}

void RowWriter::add(std::vector<Cell> cells) {
  if (template_) return write_template(cells);
  if (session_.format() != Format::Table) return write_delimited(cells);
  for (Cell& cell : cells) cell.text = printable(cell.text);
  rows_.push_back(std::move(cells));
}

void RowWriter::finish() {
  if (session_.format() != Format::Table || rows_.empty()) return;
  if (is_last_optional_) leave_out_empty();
  write_table();
}

void RowWriter::leave_out_empty() {
  const bool is_used = std::any_of(rows_.begin(), rows_.end(),
                                   [](const auto& row) { return !row.back().text.empty(); });
  if (is_used) return;
  header_.pop_back();
  for (std::vector<Cell>& row : rows_) row.pop_back();
}

void RowWriter::write_delimited(const std::vector<Cell>& cells) {
  const bool csv = session_.format() == Format::Csv;
  std::string line;
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (at != 0) line += csv ? ',' : '\t';
    line += csv ? csv_cell(cells[at].text) : tsv_cell(cells[at].text);
  }
  session_.out().line(line);
}

void RowWriter::write_template(const std::vector<Cell>& cells) {
  std::vector<Json> values;
  for (const std::size_t at : named_) values.emplace_back(cells[at].text);
  template_->write(std::move(values));
}

void RowWriter::write_table() {
  for (std::string& name : header_) name = printable(name);
  const std::vector<Column> columns = layout(header_, rows_, session_.headers());
  const auto write_line = [&](auto&& text_of, auto&& marked) {
    std::string line;
    std::size_t pending = 0;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      const std::string text = shortened(text_of(at), columns[at].width);
      append_aligned(line, pending, text, marked(text), columns[at]);
    }
    session_.out().line(line);
  };
  const Style style = session_.style();
  if (session_.headers() == Headers::Shown) {
    write_line([&](std::size_t at) { return upper(header_[at]); },
               [&](const std::string& text) { return style.bold(text); });
  }
  for (const std::vector<Cell>& row : rows_) {
    write_line([&](std::size_t at) -> const std::string& { return row[at].text; },
               [](const std::string& text) -> const std::string& { return text; });
  }
}

}  // namespace reg::app
