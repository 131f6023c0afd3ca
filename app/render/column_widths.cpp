#include "column_widths.h"

#include <algorithm>

namespace reg::app {

namespace {

std::size_t total(const std::vector<ColumnSize>& columns, std::size_t gap) {
  std::size_t sum = 0;
  for (const ColumnSize& column : columns) sum += column.width + gap;
  return columns.empty() ? 0 : sum - gap;
}

// Takes from the widest columns of that importance, until they fit or none is wider than `least`.
void shorten(std::vector<ColumnSize>& columns, Importance importance, std::size_t least,
             std::size_t gap, std::size_t room) {
  const auto is_narrower = [&](const ColumnSize& a, const ColumnSize& b) {
    return (a.importance == importance ? a.width : 0) < (b.importance == importance ? b.width : 0);
  };
  for (std::size_t sum = total(columns, gap); sum > room; --sum) {
    const auto widest = std::max_element(columns.begin(), columns.end(), is_narrower);
    if (widest->importance != importance || widest->width <= least) return;
    --widest->width;
  }
}

}  // namespace

std::vector<std::size_t> fitting_widths(std::vector<ColumnSize> columns, std::size_t gap,
                                        std::size_t room) {
  for (const std::size_t least : {std::size_t{8}, std::size_t{3}}) {
    shorten(columns, Importance::Detail, least, gap, room);
    shorten(columns, Importance::Name, least, gap, room);
  }
  for (const Importance each : {Importance::Detail, Importance::Name, Importance::Number})
    shorten(columns, each, 1, gap, room);
  while (columns.size() > 1 && total(columns, gap) > room) columns.pop_back();
  std::vector<std::size_t> widths;
  widths.reserve(columns.size());
  for (const ColumnSize& column : columns) widths.push_back(column.width);
  return widths;
}

}  // namespace reg::app
