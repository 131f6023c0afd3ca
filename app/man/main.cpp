// Writes the manual pages into a folder that there is: reg.1, and one for each command. It is run
// by the build.

#include "man_page.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

namespace {

bool write(const std::string& path, const std::string& page) {
  std::ofstream out(path, std::ios::binary);
  out << page;
  out.close();
  if (!out) std::cerr << path << " cannot be written\n";
  return !out.fail();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: reg_man FOLDER\n";
    return EXIT_FAILURE;
  }
  const std::string folder = std::string(argv[1]) + '/';
  bool written = write(folder + "reg.1", reg::app::program_page());
  for (const reg::app::Command& command : reg::app::commands()) {
    const std::string name = "reg-" + std::string(command.name) + ".1";
    written = write(folder + name, reg::app::command_page(command)) && written;
  }
  return written ? EXIT_SUCCESS : EXIT_FAILURE;
}
