// Reads texts of entry_points.txt, one JSON string a line, and prints for each what was read: a
// list of [group, name, target, extras].

#include <scan/languages.h>
#include <iostream>
#include <string>

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const reg::Account account =
        reg::scan_entry_points(reg::Json::parse(line).get<std::string>(), {});
    reg::Json all = reg::Json::array();
    for (const reg::Packaged& entry : account.packaged)
      all.push_back({entry.group, entry.name, entry.target, entry.extras});
    std::cout << all.dump() << '\n';
  }
}
