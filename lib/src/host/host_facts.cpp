#include <host/parts.h>
#include <reg/host.h>
#include <sched.h>
#include <sys/utsname.h>
#include <algorithm>
#include <array>

namespace reg {
namespace host {
namespace {

constexpr std::size_t kib_in_mib = 1024;
constexpr std::size_t bytes_in_mib = 1024 * 1024;

std::optional<std::size_t> cpus_of_process() {
  // More than any kernel is built for: a smaller set than the kernel's is refused.
  std::array<cpu_set_t, 64> cpus{};
  if (::sched_getaffinity(0, sizeof cpus, cpus.data()) != 0) return std::nullopt;
  const int count = CPU_COUNT_S(sizeof cpus, cpus.data());
  if (count <= 0) return std::nullopt;
  return static_cast<std::size_t>(count);
}

void set_known(Context& facts, const char* name, Json part) {
  if (!part.empty()) facts[name] = std::move(part);
}

}  // namespace

Calls asked_of_system() {
  utsname name{};
  if (::uname(&name) != 0) return {{}, {}, {}, cpus_of_process()};
  return {name.sysname, name.release, name.machine, cpus_of_process()};
}

Json memory(const SystemFiles& files, const GroupLimits& limits) {
  std::optional<std::size_t> total;  // in MiB
  each_line(files.read("proc/meminfo").value_or(""), [&](std::string_view line) {
    const std::vector<std::string> words = words_of(line);
    if (words.size() != 3 || words[0] != "MemTotal:" || words[2] != "kB") return;
    if (const auto kib = number_of(words[1])) total = *kib / kib_in_mib;
  });
  Json memory = Json::object();
  if (total) memory["total"] = *total;
  std::optional<std::size_t> usable = total;
  if (limits.memory_bytes) {
    const std::size_t limit = *limits.memory_bytes / bytes_in_mib;
    usable = std::min(limit, total.value_or(limit));
  }
  if (usable) memory["usable"] = *usable;
  return memory;
}

Context facts_of(const SystemFiles& files, const Calls& calls) {
  const GroupLimits limits = group_limits(files);
  Context facts = Context::object();
  if (!calls.machine.empty()) facts["arch"] = calls.machine;
  set_known(facts, "os", operating_system(files, calls));
  set_known(facts, "cpu", processors(files, calls, limits));
  set_known(facts, "memory", memory(files, limits));
  set_known(facts, "accelerators", accelerators(files));
  return facts;
}

}  // namespace host

Context host_facts(const std::filesystem::path& root) {
  return host::facts_of(host::SystemFiles(root), host::asked_of_system());
}

}  // namespace reg
