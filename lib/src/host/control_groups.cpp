#include <host/control_groups.h>
#include <algorithm>
#include <string>

namespace reg::host {
namespace {

constexpr std::size_t most_levels = 64;

// The group's path, `/` where it is not known: of a container, that is its own group.
std::string own_group(const SystemFiles& files) {
  std::string path;
  each_line(files.read("proc/self/cgroup").value_or(""), [&](std::string_view line) {
    if (line.starts_with("0::/")) path = line.substr(3);
  });
  // Outside of what is seen here.
  return path.find("/..") == std::string::npos ? path : std::string();
}

void lower(std::optional<std::size_t>& limit, std::optional<std::size_t> other) {
  if (other && (!limit || *other < *limit)) limit = other;
}

// `150000 100000`: so many microseconds in so many; `max 100000` is no limit.
std::optional<std::size_t> cpus_of(const std::optional<std::string>& line) {
  const std::vector<std::string> words = words_of(line.value_or(""));
  if (words.size() != 2) return std::nullopt;
  const auto quota = number_of(words[0]), period = number_of(words[1]);
  if (!quota || !period || *period == 0) return std::nullopt;
  return std::max<std::size_t>(*quota / *period + (*quota % *period == 0 ? 0 : 1), 1);
}

}  // namespace

GroupLimits group_limits(const SystemFiles& files) {
  GroupLimits limits;
  std::string path = own_group(files);
  for (std::size_t level = 0; level < most_levels; ++level) {
    const std::string folder = "sys/fs/cgroup" + (path == "/" ? "" : path);
    lower(limits.cpus, cpus_of(files.read_line(folder + "/cpu.max")));
    lower(limits.memory_bytes, number_of(files.read_line(folder + "/memory.max").value_or("")));
    if (path.empty() || path == "/") break;
    path.resize(path.rfind('/'));
  }
  return limits;
}

}  // namespace reg::host
