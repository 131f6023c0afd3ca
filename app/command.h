#pragma once
// The commands: one table, from which the general help is made.

#include "arguments.h"
#include "exit_code.h"
#include "session.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace reg::app {

using Action = std::function<Exit(Session&)>;

struct Command {
  std::string_view name;
  std::string_view summary;  // one line, for the general help
  std::string_view example;  // a whole command line
  std::string_view group;    // the heading it stands under
  // Declares its options, and returns what to do once they are parsed.
  Action (*setup)(Arguments& arguments);
  // A format of -o that this command alone has; empty: none.
  std::string_view own_format = {};
};

std::span<const Command> commands();
// Whether a command's answer comes from the cache, so that it can be asked to be fresh.
bool answers_from_cache(const Command& command);
// The command of that name. Throws UsageError, with the nearest one as a hint.
const Command& command_named(const std::string& name, std::span<const Command> known = commands());
// Declares what `reg` can be given without a command, and says what it is.
void declare_program(Arguments& arguments, Globals& globals);
inline constexpr std::string_view program_example = "reg select gemm --ctx device=cuda --explain";
// The help of `reg` itself, and that of a command.
std::string general_help();
std::string command_help(const Command& command);

}  // namespace reg::app
