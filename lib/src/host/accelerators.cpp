// What computes besides the CPUs: PCI devices of the classes of displays and processing
// accelerators, and the drivers of those that are on no PCI bus.

#include <host/parts.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg::host {
namespace {

// `0x030200` of a display controller, `0x120000` of a processing accelerator.
bool is_accelerator(const std::string& pci_class) {
  return pci_class.starts_with("0x03") || pci_class.starts_with("0x12");
}

// `10de` of `0x10de`.
std::string without_0x(const std::string& number) {
  return number.starts_with("0x") ? number.substr(2) : number;
}

struct Found {
  std::set<std::string> ids;
  std::map<std::string, std::size_t> vendors;
  std::set<std::string> drivers;
};

void add_driver(Found& found, const SystemFiles& files, const std::string& device) {
  if (auto driver = files.link_name(device + "/driver")) found.drivers.insert(std::move(*driver));
}

bool add_pci(Found& found, const SystemFiles& files) {
  const std::string bus = "sys/bus/pci/devices";
  const auto devices = files.names_in(bus);
  for (const std::string& name : devices.value_or(std::vector<std::string>())) {
    const std::string device = bus + '/' + name;
    const auto pci_class = files.read_line(device + "/class");
    if (!pci_class || !is_accelerator(*pci_class)) continue;
    const auto vendor = files.read_line(device + "/vendor"),
               id = files.read_line(device + "/device");
    if (!vendor || !id) continue;
    found.ids.insert(without_0x(*vendor) + ':' + without_0x(*id));
    ++found.vendors[without_0x(*vendor)];
    add_driver(found, files, device);
  }
  return devices.has_value();
}

// Those of systems on a chip have a driver and no PCI id. `card0-HDMI-A-1` is a connector.
bool add_platform(Found& found, const SystemFiles& files, const std::string& folder) {
  const auto names = files.names_in(folder);
  for (const std::string& name : names.value_or(std::vector<std::string>())) {
    const std::string device = folder + '/' + name + "/device";
    const bool is_device = name.find('-') == std::string::npos && !name.starts_with("render");
    if (is_device && !files.read_line(device + "/vendor")) add_driver(found, files, device);
  }
  return names.has_value();
}

// `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  …`
std::optional<std::string> nvidia_version(const SystemFiles& files) {
  std::optional<std::string> version;
  each_line(files.read("proc/driver/nvidia/version").value_or(""), [&](std::string_view line) {
    if (!line.starts_with("NVRM version:")) return;
    for (const std::string& word : words_of(line)) {
      if (!version && word.find('.') != std::string::npos && dotted_numbers(word) == word)
        version = word;
    }
  });
  return version;
}

// Null: a driver of the kernel's own, mostly, which has no version but the kernel's.
Json version_of(const SystemFiles& files, std::string driver) {
  const bool is_nvidia = driver == "nvidia";
  std::replace(driver.begin(), driver.end(), '-', '_');
  std::optional<std::string> version =
      dotted_numbers(files.read_line("sys/module/" + driver + "/version").value_or(""));
  if (!version && is_nvidia) version = nvidia_version(files);
  return version ? Json(*version) : Json();
}

}  // namespace

Json accelerators(const SystemFiles& files) {
  Found found;
  bool known = add_pci(found, files);
  for (const char* folder : {"sys/class/drm", "sys/class/accel"})
    known = add_platform(found, files, folder) || known;
  if (nvidia_version(files)) found.drivers.insert("nvidia");
  if (!known && found.drivers.empty()) return Json::object();
  Json drivers = Json::object();
  for (const std::string& driver : found.drivers) drivers[driver] = version_of(files, driver);
  return {{"ids", found.ids}, {"vendors", found.vendors}, {"drivers", std::move(drivers)}};
}

}  // namespace reg::host
