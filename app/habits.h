#pragma once
// What people type who know other programs.

#include <string>
#include <string_view>

namespace reg::app {

// What there is here for a command or an option that other programs have; empty: nothing known.
std::string hint_for_habit(std::string_view word);

}  // namespace reg::app
