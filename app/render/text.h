#pragma once
// Counts as people read them.

#include <reg/text.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reg::app {

// 2022 as `2,022`.
std::string grouped(std::size_t number);
// `1 symbol`, `2,022 symbols`.
std::string counted(std::size_t number, std::string_view one, std::string_view many);
// What a note goes on with: `: did you mean "x"?`, or nothing.
std::string after_colon(const std::string& hint);

}  // namespace reg::app
