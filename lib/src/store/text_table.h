#pragma once
// A text table: a header, a rule, and rows, in columns as wide as their widest cell.

#include <reg/json.h>
#include <string>
#include <vector>

namespace reg {

// Every row has as many cells as the header. Lines end with a newline and not with blanks.
std::string text_table(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows);

// A value as a cell: text without quotes, nothing for null, else JSON; no raw control characters.
std::string cell_text(const Json& value);

}  // namespace reg
