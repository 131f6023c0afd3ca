#pragma once
// The help as manual pages, in the macros of man(7).

#include "command.h"

#include <string>

namespace reg::app {

// reg(1), and `reg-select(1)` of the command `select`.
std::string program_page();
std::string command_page(const Command& command);

}  // namespace reg::app
