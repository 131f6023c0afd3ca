#pragma once
// From the words of the command line to the exit code.

#include "arguments.h"
#include "command.h"
#include "globals.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

// `known`: the program's commands.
int run_command_line(int argc, const char* const* argv,
                     std::span<const Command> known = commands());

// Declares the options that every command has. Parsing stores them in `globals`, and what is wrong
// with one of them, too: it is told when all is read, because another one says in which format.
// `own_format`: the one that the command alone has.
void declare_globals(Arguments& arguments, Globals& globals, std::string_view own_format = {});
// Declares the option of those that answer from the cache; likewise.
void declare_fresh(Arguments& arguments, Globals& globals);

// Declares all that a command can be given; returns what to do once it is parsed.
Action declare_command(const Command& command, Arguments& arguments, Globals& globals);

// What `-o` takes.
std::vector<std::string> format_names();

}  // namespace reg::app
