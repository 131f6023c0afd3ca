#pragma once
// How wide the columns of a table are, so that its lines fit a terminal.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reg::app {

// What is shortened first comes first.
enum class Importance : std::uint8_t { Detail, Name, Number };

struct ColumnSize {
  std::size_t width;
  Importance importance;
};

// The widths at which all columns, `gap` apart, take no more than `room`: the widest details are
// shortened first, names when details have become short, and numbers last. Where not even columns
// of one character have room, the last ones are left out.
std::vector<std::size_t> fitting_widths(std::vector<ColumnSize> columns, std::size_t gap,
                                        std::size_t room);

}  // namespace reg::app
