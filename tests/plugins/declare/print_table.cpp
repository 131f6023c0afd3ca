// Loads a library as a host does, and prints its rows: name, registry, oid, line, interface and
// what an object of it answers; `-` stands for what a row has not.

#include <dlfcn.h>
#include <cstdio>
#include <reg/plugin/abi.hpp>
#include <string>

#include "codec.h"

namespace {

const char* or_dash(const char* text) { return text == nullptr ? "-" : text; }

void print(const reg::plugin::Row& row) {
  const auto& factory = static_cast<const reg::plugin::Factory<demo::Codec>&>(row);
  demo::Codec* codec = factory.create(40);
  std::printf("%s %s %s %u %s/%u %zu %d\n", row.name, or_dash(row.registry), or_dash(row.oid),
              row.line, row.interface.type, row.interface.version, row.declaration_size,
              codec->level());
  factory.destroy(codec);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    std::fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  using Function = reg::plugin::Table (*)();
  const auto table =
      reinterpret_cast<Function>(dlsym(library, reg::plugin::table_function));  // NOLINT
  if (table == nullptr) {
    std::fprintf(stderr, "no table\n");
    return 1;
  }
  const reg::plugin::Table rows = table();
  for (const reg::plugin::Row* const* row = rows.begin; row != rows.end; ++row) print(**row);
  if (dlclose(library) != 0) return 1;
  // What is gone can be loaded anew, and what stays loaded was held by something of the header.
  if (dlopen(argv[1], RTLD_NOW | RTLD_NOLOAD) != nullptr) {
    std::fprintf(stderr, "not unloaded\n");
    return 1;
  }
  return 0;
}
