#pragma once
// From the words of the command line to the exit code.

#include "arguments.h"
#include "globals.h"

namespace reg::app {

int run_command_line(int argc, const char* const* argv);

// Declares the options that every command has; parsing stores them in `globals`.
void declare_globals(Arguments& arguments, Globals& globals);
// Declares the option of those that answer from the cache; likewise.
void declare_fresh(Arguments& arguments, Globals& globals);

}  // namespace reg::app
