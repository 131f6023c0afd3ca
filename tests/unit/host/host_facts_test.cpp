#include <doctest/doctest.h>
#include <host/cpu_list.h>
#include <host/parts.h>
#include <reg/host.h>
#include <reg/predicate.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../scratch.h"

namespace reg::host {
namespace {

namespace fs = std::filesystem;

const Calls a_server = {"Linux", "6.1.0-18-amd64", "x86_64", 8};

// A tree of system files, made of what a test says.
class Tree {
 public:
  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    reg_test::write_file(folder_ / path, text);
  }
  void link(const std::string& path, const std::string& to) const {
    fs::create_directories((folder_ / path).parent_path());
    fs::create_symlink(to, folder_ / path);
  }
  void device(const std::string& name, const std::string& pci_class, const std::string& vendor,
              const std::string& id, const std::string& driver) const {
    const std::string folder = "sys/bus/pci/devices/" + name;
    write(folder + "/class", pci_class + '\n');
    write(folder + "/vendor", vendor + '\n');
    write(folder + "/device", id + '\n');
    if (!driver.empty()) link(folder + "/driver", "../../../../bus/pci/drivers/" + driver);
  }
  Context facts(const Calls& calls = a_server) const {
    return facts_of(SystemFiles(folder_.path()), calls);
  }
  fs::path at(const std::string& path) const { return folder_ / path; }

 private:
  reg_test::ScratchFolder folder_;
};

// Two cores with two threads each.
void write_topology(const Tree& tree) {
  tree.write("sys/devices/system/cpu/online", "0-3\n");
  tree.write("sys/devices/system/cpu/smt/active", "1\n");
  for (const char* cpu : {"0", "2"})
    tree.write(std::string("sys/devices/system/cpu/cpu") + cpu + "/topology/thread_siblings_list",
               "0,2\n");
  for (const char* cpu : {"1", "3"})
    tree.write(std::string("sys/devices/system/cpu/cpu") + cpu + "/topology/thread_siblings_list",
               "1,3\n");
}

const std::string two_processors =
    "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: A processor: the first\n"
    "physical id\t: 0\ncore id\t\t: 0\nflags\t\t: sse2 avx2 avx2 fpu\npower management:\n\n"
    "processor\t: 1\nvendor_id\t: GenuineIntel\nmodel name\t: Another\n"
    "physical id\t: 0\ncore id\t\t: 0\nflags\t\t: sse2\n\n";

Json at(const Context& facts, const std::string& pointer) {
  const Json::json_pointer where(pointer);
  return facts.contains(where) ? facts.at(where) : Json("missing");
}

}  // namespace

TEST_CASE("a server tells all of its facts") {
  const Tree tree;
  write_topology(tree);
  tree.write("proc/cpuinfo", two_processors);
  tree.write("proc/meminfo", "MemTotal:       65837516 kB\nMemFree: 1 kB\n");
  tree.write("etc/os-release",
             "# comment\nNAME=\"A B\"\nID=ubuntu\nID_LIKE='debian other'\nVERSION_ID=\"22.04\"\n");
  tree.device("0000:01:00.0", "0x030200", "0x10de", "0x2330", "nvidia");
  tree.device("0000:02:00.0", "0x030200", "0x10de", "0x2330", "nvidia");
  tree.device("0000:03:00.0", "0x120000", "0x1da3", "0x1020", "habana-labs");
  tree.device("0000:04:00.0", "0x030000", "0x1a03", "0x2000", "");
  tree.device("0000:05:00.0", "0x020000", "0x8086", "0x1572", "i40e");
  tree.write("sys/module/nvidia/version", "550.54.15\n");
  tree.write("sys/module/habana_labs/version", "1.17.0-28a11ca\n");
  CHECK(tree.facts() == parse_json(R"({
    "arch": "x86_64",
    "os": {"name": "linux", "kernel": "6.1.0", "distribution": "ubuntu",
           "like": ["ubuntu", "debian", "other"], "version": "22.04"},
    "cpu": {"vendor": "GenuineIntel", "model": "A processor: the first",
            "features": ["avx2", "fpu", "sse2"], "threads": 4, "cores": 2, "usable": 8},
    "memory": {"total": 64294, "usable": 64294},
    "accelerators": {"ids": ["10de:2330", "1a03:2000", "1da3:1020"],
                     "vendors": {"10de": 2, "1a03": 1, "1da3": 1},
                     "drivers": {"nvidia": "550.54.15", "habana-labs": "1.17.0"}}
  })",
                                   "expected"));
}

TEST_CASE("predicates can ask for the facts of a host") {
  const Tree tree;
  tree.write("proc/cpuinfo", two_processors);
  tree.device("0000:01:00.0", "0x030200", "0x10de", "0x2330", "nvidia");
  tree.write("sys/module/nvidia/version", "550.54.15\n");
  const Context facts = tree.facts();
  for (const char* text :
       {"'avx2' in cpu.features", "'10de:2330' in accelerators.ids",
        "'10de' in accelerators.vendors", "accelerators.vendors.`10de` >= 1",
        "accelerators.drivers.nvidia >= v550.54", "has(accelerators.drivers.nvidia)",
        "os.kernel >= v6.1 & os.kernel < v6.2", "cpu.threads >= 2 & arch == 'x86_64'"}) {
    CAPTURE(text);
    CHECK(Predicate::parse(text).score(facts) > 0);
  }
}

TEST_CASE("what control groups allow is what is usable, to the least of all levels") {
  const Tree tree;
  tree.write("proc/cpuinfo", two_processors);
  tree.write("proc/meminfo", "MemTotal: 8388608 kB\n");
  tree.write("proc/self/cgroup", "12:cpu:/old\n0::/a/b\n");
  tree.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  tree.write("sys/fs/cgroup/a/b/memory.max", "1073741824\n");
  tree.write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  tree.write("sys/fs/cgroup/a/memory.max", "max\n");
  const Context facts = tree.facts();
  CHECK(at(facts, "/cpu/usable") == 2);
  CHECK(at(facts, "/memory/usable") == 1024);
  CHECK(at(facts, "/memory/total") == 8192);
}

TEST_CASE("in a container its own group is the topmost that is seen") {
  const Tree tree;
  tree.write("proc/meminfo", "MemTotal: 8388608 kB\n");
  tree.write("sys/fs/cgroup/cpu.max", "10000 100000\n");
  tree.write("sys/fs/cgroup/memory.max", "536870912\n");
  for (const char* own : {"0::/\n", "0::/../../b\n", "0::/gone\n", ""}) {
    CAPTURE(own);
    tree.write("proc/self/cgroup", own);
    CHECK(at(tree.facts(), "/cpu/usable") == 1);
    CHECK(at(tree.facts(), "/memory/usable") == 512);
  }
}

TEST_CASE("a limit of no CPU time, and numbers without end, are no limits") {
  const Tree tree;
  for (const char* text :
       {"0 0\n", "-1 100000\n", "99999999999999999999999 100000\n", "max\n", ""}) {
    CAPTURE(text);
    tree.write("sys/fs/cgroup/cpu.max", text);
    tree.write("sys/fs/cgroup/memory.max", text);
    CHECK(at(tree.facts(), "/cpu/usable") == 8);
    CHECK(at(tree.facts(), "/memory") == "missing");
  }
}

TEST_CASE("a container without /sys tells what /proc knows") {
  const Tree tree;
  tree.write("proc/cpuinfo", two_processors);
  tree.write("proc/meminfo", "MemTotal: 8388608 kB\n");
  const Context facts = tree.facts({"Linux", "6.1.0", "x86_64", {}});
  CHECK(at(facts, "/cpu/threads") == 2);
  CHECK(at(facts, "/cpu/cores") == 1);
  CHECK(at(facts, "/cpu/usable") == 2);
  CHECK(at(facts, "/accelerators") == "missing");
}

TEST_CASE("the version of a driver is also found where its module has none") {
  const Tree tree;
  tree.write("proc/driver/nvidia/version",
             "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  560.35.03  Release Build\n"
             "GCC version:  gcc version 12.2.0\n");
  CHECK(at(tree.facts(), "/accelerators/drivers") == Json{{"nvidia", "560.35.03"}});
}

TEST_CASE("a driver of the kernel's own is there, and has no version") {
  const Tree tree;
  tree.device("0000:01:00.0", "0x030000", "0x1002", "0x744c", "amdgpu");
  const Context facts = tree.facts();
  CHECK(at(facts, "/accelerators/drivers") == Json{{"amdgpu", nullptr}});
  CHECK(Predicate::parse("has(accelerators.drivers.amdgpu)").score(facts) > 0);
  CHECK(Predicate::parse("accelerators.drivers.amdgpu >= v1").score(facts) == 0);
}

TEST_CASE("what is on no PCI bus has a driver; connectors are no devices") {
  const Tree tree;
  tree.link("sys/class/drm/card0/device/driver", "../../bus/platform/drivers/tegra");
  tree.link("sys/class/drm/card0-HDMI-A-1/device/driver", "../../drivers/connector");
  CHECK(at(tree.facts(), "/accelerators") == Json{{"ids", Json::array()},
                                                  {"vendors", Json::object()},
                                                  {"drivers", {{"tegra", nullptr}}}});
}

TEST_CASE("other machines name their features differently") {
  const Tree tree;
  tree.write("proc/cpuinfo",
             "processor\t: 0\nFeatures\t: fp asimd sve\nCPU implementer\t: 0x41\n\n");
  CHECK(at(tree.facts(), "/cpu/features") == Json({"asimd", "fp", "sve"}));
  CHECK(at(tree.facts(), "/cpu/vendor") == "0x41");
  tree.write("proc/cpuinfo",
             "processor : 0\nisa : rv64imafdc_zicsr_zifencei\nuarch : sifive,u74\n\n");
  CHECK(at(tree.facts(), "/cpu/features") == Json({"rv64imafdc", "zicsr", "zifencei"}));
  CHECK(at(tree.facts(), "/cpu/model") == "sifive,u74");
}

TEST_CASE("nothing at all leaves what the system calls tell, and not even that is needed") {
  const Tree tree;
  CHECK(tree.facts() == parse_json(R"({"arch": "x86_64", "cpu": {"usable": 8},
                                       "os": {"name": "linux", "kernel": "6.1.0"}})",
                                   "expected"));
  CHECK(tree.facts({}) == Json::object());
}

// Each file that is read, by what it may be in its place.
constexpr const char* all_files[] = {"proc/cpuinfo",
                                     "proc/meminfo",
                                     "proc/self/cgroup",
                                     "proc/driver/nvidia/version",
                                     "etc/os-release",
                                     "usr/lib/os-release",
                                     "sys/devices/system/cpu/online",
                                     "sys/devices/system/cpu/smt/active",
                                     "sys/devices/system/cpu/cpu0/topology/thread_siblings_list",
                                     "sys/bus/pci/devices/a/class",
                                     "sys/bus/pci/devices/a/vendor",
                                     "sys/bus/pci/devices/a/device",
                                     "sys/class/drm/card0/device/vendor",
                                     "sys/fs/cgroup/cpu.max",
                                     "sys/fs/cgroup/memory.max",
                                     "sys/module/nvidia/version"};

TEST_CASE("pipes, folders and files that nobody may read are facts that are missing") {
  const Json bare = Tree().facts();
  enum class Kind : std::uint8_t { Pipe, Folder, Unreadable, Loop };
  for (const Kind kind : {Kind::Pipe, Kind::Folder, Kind::Unreadable, Kind::Loop}) {
    const Tree tree;
    for (const char* path : all_files) {
      fs::create_directories(tree.at(path).parent_path());
      if (kind == Kind::Pipe) REQUIRE(::mkfifo(tree.at(path).c_str(), 0600) == 0);
      if (kind == Kind::Folder) fs::create_directory(tree.at(path));
      if (kind == Kind::Loop) fs::create_symlink(tree.at(path).filename(), tree.at(path));
      if (kind == Kind::Unreadable) {
        tree.write(path, "0\n");
        fs::permissions(tree.at(path), fs::perms::none);
      }
    }
    // To whoever may read everything, an unreadable file is an odd one.
    Json facts = tree.facts();
    if (kind == Kind::Unreadable && ::geteuid() == 0) continue;
    CAPTURE(facts.dump());
    facts.erase("accelerators");  // the folder of the bus is there, and nothing in it
    CHECK(facts == bare);
  }
}

TEST_CASE("whatever stands in the files, the facts are JSON, and each of its type") {
  const std::string blank(300'000, ' ');
  const std::string long_line(300'000, 'x');
  const std::string many_lines = [] {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += "flags : a\n";
    return text;
  }();
  for (const std::string& text :
       {std::string(), std::string("\n\n\n"), std::string("\0\0\n", 3),
        std::string("\xff\xfe :\xff\n"), std::string("0-\n"), std::string("4-1\n"),
        std::string("0-99999999999\n"),
        std::string("a:b:c\n=\n==\nID=\nVERSION_ID=\"\nID_LIKE='\nMemTotal: x kB\n"),
        std::string("MemTotal: 99999999999999999999 kB\nVERSION_ID=unstable\nID=\"\\\n"), blank,
        long_line, many_lines}) {
    const Tree tree;
    for (const char* path : all_files) tree.write(path, text);
    tree.link("sys/bus/pci/devices/b", "b");
    const Context facts = tree.facts();
    CAPTURE(text.substr(0, 40));
    CHECK(parse_json(to_text(facts), "facts") == facts);
    CHECK(at(facts, "/memory/total") == "missing");
    CHECK(at(facts, "/os/version") == "missing");
    CHECK(at(facts, "/cpu/cores") == "missing");
  }
}

TEST_CASE("a list of CPUs is numbers and ranges") {
  CHECK(cpu_list("0") == std::vector<bool>{true});
  CHECK(cpu_list("1,3-4") == std::vector<bool>{false, true, false, true, true});
  for (const char* wrong : {"", ",", "0,", "-1", "1-", "2-1", "a", "0 1", "65536", "0-65536"}) {
    CAPTURE(wrong);
    CHECK(!cpu_list(wrong));
  }
}

TEST_CASE("this machine tells what it is, and the same twice") {
  const Context facts = host_facts();
  CHECK(facts.contains("arch"));
  CHECK(at(facts, "/os/name") == "linux");
  CHECK(host_facts() == facts);
  CHECK(host_facts("/proc/self/no such folder").contains("arch"));
}

}  // namespace reg::host
