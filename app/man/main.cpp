// Writes the manual pages, reg.1 and one for each command, to the files that are named: just these.
// It is run by the build.

#include "man_page.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace {

std::map<std::string, std::string> all_pages() {
  std::map<std::string, std::string> pages{{"reg.1", reg::app::program_page()}};
  for (const reg::app::Command& command : reg::app::commands())
    pages["reg-" + std::string(command.name) + ".1"] = reg::app::command_page(command);
  return pages;
}

bool write(const std::filesystem::path& path, const std::string& page) {
  std::ofstream out(path, std::ios::binary);
  out << page;
  out.close();
  if (!out) std::cerr << path.string() << " cannot be written\n";
  return !out.fail();
}

}  // namespace

int main(int argc, char** argv) {
  std::map<std::string, std::string> pages = all_pages();
  bool good = true;
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    const auto page = pages.extract(path.filename().string());
    if (page.empty()) std::cerr << "no command has a page " << path.filename().string() << '\n';
    good = !page.empty() && write(path, page.mapped()) && good;
  }
  for (const auto& [name, page] : pages) std::cerr << name << " is not asked for\n";
  return good && pages.empty() ? EXIT_SUCCESS : EXIT_FAILURE;
}
