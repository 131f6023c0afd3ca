// CPUs: what they can do, how many there are, and how many of them are for this process.

#include <host/cpu_list.h>
#include <host/parts.h>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace reg::host {
namespace {

using Entry = std::map<std::string, std::string, std::less<>>;

// `name : value` of one line of /proc/cpuinfo.
void add_line(Entry& entry, std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  entry[std::string(trimmed(line.substr(0, colon)))] = trimmed(line.substr(colon + 1));
}

// The first value that is there, by the names that different machines give it.
std::string value_of(const Entry& entry, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto found = entry.find(name);
    if (found != entry.end() && !found->second.empty()) return found->second;
  }
  return {};
}

// x86 calls them flags, arm64 Features, s390 features; riscv has them in one word.
std::vector<std::string> features_of(const Entry& entry) {
  std::string text = value_of(entry, {"flags", "Features", "features"});
  if (text.empty()) {
    text = value_of(entry, {"isa"});
    std::replace(text.begin(), text.end(), '_', ' ');
  }
  std::vector<std::string> features = words_of(text);
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

struct Counts {
  std::size_t cores = 0, threads = 0;  // 0: not known
};

// Each core once: that of the first of its threads.
std::size_t count_cores(const SystemFiles& files, const std::vector<bool>& online) {
  std::vector<bool> seen(online.size());
  std::size_t cores = 0;
  for (std::size_t cpu = 0; cpu < online.size(); ++cpu) {
    if (!online[cpu] || seen[cpu]) continue;
    const auto line = files.read_line("sys/devices/system/cpu/cpu" + std::to_string(cpu) +
                                      "/topology/thread_siblings_list");
    const auto siblings = cpu_list(line.value_or(""));
    if (!siblings) return 0;
    for (std::size_t other = 0; other < std::min(siblings->size(), seen.size()); ++other)
      seen[other] = seen[other] || (*siblings)[other];
    ++cores;
  }
  return cores;
}

Counts counts_in_sys(const SystemFiles& files) {
  const auto online = cpu_list(files.read_line("sys/devices/system/cpu/online").value_or(""));
  if (!online) return {};
  const auto threads = static_cast<std::size_t>(std::count(online->begin(), online->end(), true));
  const bool single = files.read_line("sys/devices/system/cpu/smt/active") == "0";
  return {single ? threads : count_cores(files, *online), threads};
}

// Where there is no /sys: the kernel lays out one paragraph for each, which takes longer.
Counts counts_in_proc(const SystemFiles& files) {
  constexpr std::size_t most = 8 * 1024 * 1024;
  Counts counts;
  std::set<std::pair<std::string, std::string>> cores;
  bool all_known = true;
  Entry entry;
  const auto finish = [&] {
    if (entry.contains("processor")) {
      ++counts.threads;
      all_known = all_known && entry.contains("physical id") && entry.contains("core id");
      cores.emplace(entry["physical id"], entry["core id"]);
    }
    entry.clear();
  };
  each_line(files.read("proc/cpuinfo", most).value_or(""), [&](std::string_view line) {
    if (line.empty()) return finish();
    add_line(entry, line);
  });
  finish();
  if (all_known) counts.cores = cores.size();
  return counts;
}

void set_counts(Json& cpu, const SystemFiles& files, const Calls& calls,
                const GroupLimits& limits) {
  Counts counts = counts_in_sys(files);
  if (counts.threads == 0) counts = counts_in_proc(files);
  if (counts.threads != 0) cpu["threads"] = counts.threads;
  if (counts.cores != 0) cpu["cores"] = counts.cores;
  std::optional<std::size_t> usable = calls.cpus;
  if (!usable && counts.threads != 0) usable = counts.threads;
  if (usable) cpu["usable"] = std::min(*usable, limits.cpus.value_or(*usable));
}

}  // namespace

Json processors(const SystemFiles& files, const Calls& calls, const GroupLimits& limits) {
  Json cpu = Json::object();
  Entry first;
  each_line(files.read_paragraph("proc/cpuinfo").value_or(""),
            [&](std::string_view line) { add_line(first, line); });
  const std::string vendor = value_of(first, {"vendor_id", "CPU implementer"});
  const std::string model = value_of(first, {"model name", "Model Name", "cpu", "uarch"});
  if (!vendor.empty()) cpu["vendor"] = vendor;
  if (!model.empty()) cpu["model"] = model;
  if (std::vector<std::string> features = features_of(first); !features.empty())
    cpu["features"] = std::move(features);
  set_counts(cpu, files, calls, limits);
  return cpu;
}

}  // namespace reg::host
