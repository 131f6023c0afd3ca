#include <store/text_table.h>
#include <text/utf8.h>
#include <algorithm>

namespace reg {
namespace {

// In code points, which is what a terminal shows for most text.
std::size_t width(const std::string& text) { return count_code_points(text); }

void append_row(std::string& out, const std::vector<std::string>& cells,
                const std::vector<std::size_t>& widths) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i != 0) out += "  ";
    out += cells[i];
    out.append(widths[i] - width(cells[i]), ' ');
  }
  while (out.ends_with(' ')) out.pop_back();
  out += '\n';
}

}  // namespace

std::string text_table(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  widths.reserve(header.size());
  for (const std::string& cell : header) widths.push_back(width(cell));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::vector<std::string> rule;
  rule.reserve(widths.size());
  for (std::size_t w : widths) rule.emplace_back(w, '-');
  std::string out;
  append_row(out, header, widths);
  append_row(out, rule, widths);
  for (const auto& row : rows) append_row(out, row, widths);
  return out;
}

std::string cell_text(const Json& value) {
  if (value.is_null()) return {};
  std::string text = to_text(value);
  return value.is_string() ? text.substr(1, text.size() - 2) : text;
}

}  // namespace reg
