// Prints what is linked into it.

#include <reg/plugin/abi.hpp>

#include <iostream>

int main() {
  const reg::plugin::Table table = reg::plugin::own_table();
  for (const auto* row = table.begin; row != table.end; ++row) {
    if (*row != nullptr) std::cout << (*row)->name << ' ' << (*row)->file << '\n';
  }
}
