#pragma once
// The parts that the facts of a machine are made of. Each is an object without what is not known.

#include <host/control_groups.h>
#include <host/system_files.h>
#include <reg/json.h>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace reg::host {

// What system calls tell; empty: nothing.
struct Calls {
  std::string system, release, machine;  // uname(2)
  std::optional<std::size_t> cpus;       // that this process may run on
};
Calls asked_of_system();

Json operating_system(const SystemFiles& files, const Calls& calls);
Json processors(const SystemFiles& files, const Calls& calls, const GroupLimits& limits);
Json memory(const SystemFiles& files, const GroupLimits& limits);
Json accelerators(const SystemFiles& files);

// All of them.
Context facts_of(const SystemFiles& files, const Calls& calls);

}  // namespace reg::host
