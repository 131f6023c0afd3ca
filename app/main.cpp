#include "command_line.h"
#include "standard_streams.h"

int main(int argc, char** argv) {
  reg::app::occupy_standard_descriptors();
  reg::app::survive_file_size_limit();
  return reg::app::run_command_line(argc, argv);
}
