#include <host/cpu_list.h>
#include <host/system_files.h>
#include <algorithm>

namespace reg::host {
namespace {

constexpr std::size_t most_cpus = 65'536;

bool add_range(std::vector<bool>& cpus, std::string_view range) {
  const std::size_t dash = range.find('-');
  const auto first = number_of(range.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number_of(range.substr(dash + 1));
  if (!first || !last || *first > *last || *last >= most_cpus) return false;
  cpus.resize(std::max(cpus.size(), *last + 1));
  for (std::size_t cpu = *first; cpu <= *last; ++cpu) cpus[cpu] = true;
  return true;
}

}  // namespace

std::optional<std::vector<bool>> cpu_list(std::string_view text) {
  std::vector<bool> cpus;
  for (;;) {
    const std::size_t comma = text.find(',');
    if (!add_range(cpus, text.substr(0, comma))) return std::nullopt;
    if (comma == std::string_view::npos) return cpus;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace reg::host
