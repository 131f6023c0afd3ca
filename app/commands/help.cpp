#include "commands.h"

#include <memory>

namespace reg::app {

namespace {

Exit run(const std::optional<std::string>& command, Session& session) {
  session.out().write(command ? command_help(command_named(*command)) : general_help());
  return Exit::Done;
}

}  // namespace

Action setup_help(Arguments& arguments) {
  auto command = std::make_shared<std::optional<std::string>>();
  arguments.describe(
      "Shows what a command does, its options, an example and its exit codes: the same as `reg "
      "COMMAND --help`. Without a command, lists them all.");
  arguments.positional(*command, "COMMAND", "the command");
  arguments.exit_codes({"2: no such command"});
  return [command](Session& session) { return run(*command, session); };
}

}  // namespace reg::app
