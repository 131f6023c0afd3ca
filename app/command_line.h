#pragma once
// From the words of the command line to the exit code.

namespace reg::app {

int run_command_line(int argc, const char* const* argv);

}  // namespace reg::app
