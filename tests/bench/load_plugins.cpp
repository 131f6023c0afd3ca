// A host of the workspace that make_plugins.py made, as a whole process.
//
//   load_plugins WORKSPACE OID    selects that one, and has an instance of it work
//   load_plugins WORKSPACE        loads all libraries, and looks for nothing in them
//
// Prints how many microseconds that took, without the process's own start.

#include <dlfcn.h>
#include <reg/loader.h>
#include <reg/workspace.h>
#include <chrono>
#include <cstdio>

#include "worker.h"

namespace {

int select(const std::filesystem::path& workspace, const char* oid) {
  const reg::Cache cache = reg::Cache::open(reg::Workspace::at(workspace).cache());
  const auto worker = reg::Plugin<bench::Worker>::select(cache, oid, {{"device", "cpu"}});
  return worker->work(1) == 2 ? 0 : 1;
}

int load_all(const std::filesystem::path& workspace) {
  int failed = 0;
  for (const auto& entry : std::filesystem::directory_iterator(workspace / "plugins")) {
    if (entry.path().extension() != ".so") continue;
    if (::dlopen(entry.path().c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr) ++failed;
  }
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) try {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begun = Clock::now();
  const int status = argc == 3 ? select(argv[1], argv[2]) : load_all(argv[1]);
  const auto taken = std::chrono::duration<double, std::micro>(Clock::now() - begun);
  std::printf("%.0f\n", taken.count());
  return status;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
