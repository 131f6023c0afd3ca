#include "actions.h"
#include "command_line.h"
#include "standard_streams.h"

#include <array>

namespace reg::app {
namespace {

// The command as `reg` has it, but carried out here.
Command here(const char* name, Action (*setup)(Arguments&)) {
  Command command = command_named(name);
  command.setup = setup;
  return command;
}

int run_here(int argc, const char* const* argv) {
  const std::array known = {here("publish", publish_action), here("follow", follow_action),
                            here("fleet", fleet_action)};
  return run_command_line(argc, argv, known);
}

}  // namespace
}  // namespace reg::app

int main(int argc, char** argv) {
  reg::app::occupy_standard_descriptors();
  reg::app::survive_file_size_limit();
  return reg::app::run_here(argc, argv);
}
