#include <doctest/doctest.h>
#include <scratch.h>
#include <workspace/discover.h>
#include <workspace/python_path.h>
#include <filesystem>

namespace reg {
namespace {

namespace fs = std::filesystem;

Scan scan_of(Language language, std::vector<std::string> sources = {},
             std::vector<std::string> exclude = {}) {
  Scan scan;
  Idiom idiom;
  idiom.language = language;
  scan.idioms = {idiom};
  for (std::string& each : sources) scan.sources.push_back({std::move(each), {}});
  scan.exclude = std::move(exclude);
  return scan;
}

// What is found as code, as "path: 0 1" with the numbers of the scans.
std::vector<std::string> code_in(const fs::path& root, const Settings& settings) {
  const Workspace workspace = Workspace::at(root);
  std::vector<std::string> found;
  for (const CodeSource& file : discover(workspace, source_sets(workspace, settings)).code) {
    std::string line = file.path + ':';
    for (const std::size_t scan : file.scans) line += ' ' + std::to_string(scan);
    found.push_back(std::move(line));
  }
  return found;
}

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  reg_test::write_file(file, text);
}

struct Project {
  Project() {
    for (const char* file : {"registry.toml", "a.py", "src/b.py", "src/b.cpp", "src/x.reg.toml",
                             "tests/c.py", "node_modules/d.py", ".hidden/e.py", "notes.txt"})
      write(scratch / file, "");
    settings.sources = {{".", {}}};
  }
  reg_test::ScratchFolder scratch;
  Settings settings;
};

TEST_CASE("code is read only where a scan says so, each file for the scans that name it") {
  Project project;
  CHECK(code_in(project.scratch.path(), project.settings).empty());
  project.settings.scans = {scan_of(Language::Python), scan_of(Language::Python, {"src"}),
                            scan_of(Language::Cpp, {}, {"tests"})};
  CHECK(code_in(project.scratch.path(), project.settings) ==
        std::vector<std::string>{"a.py: 0", "src/b.cpp: 2", "src/b.py: 0 1", "tests/c.py: 0"});
}

TEST_CASE("a scan's exclude is added to the workspace's") {
  Project project;
  project.settings.exclude = {"src"};
  project.settings.scans = {scan_of(Language::Python, {}, {"tests"})};
  CHECK(code_in(project.scratch.path(), project.settings) == std::vector<std::string>{"a.py: 0"});
}

TEST_CASE("a scan whose sources match nothing is warned about, at its place") {
  Project project;
  Scan scan = scan_of(Language::Python, {"srcs"});
  scan.sources.front().at = {7, 3};
  project.settings.scans = {scan};
  const Workspace workspace = Workspace::at(project.scratch.path());
  const Discovery found = discover(workspace, source_sets(workspace, project.settings));
  REQUIRE(found.diagnostics.size() == 1);
  CHECK(found.diagnostics.front().place == Place{"registry.toml", 7, 3});
}

TEST_CASE("a virtual environment's packages are its own, and the system's where it says so") {
  reg_test::ScratchFolder scratch;
  write(scratch / "venv/pyvenv.cfg", "home = /usr/bin\ninclude-system-site-packages = false\n");
  write(scratch / "venv/bin/python3", "");
  write(scratch / "venv/lib/python3.11/site-packages/m.py", "");
  write(scratch / "venv/lib/python3.9/site-packages/m.py", "");
  CHECK(python_path(scratch.path() / "venv/bin/python3") ==
        std::vector<std::string>{(scratch.path() / "venv/lib/python3.11/site-packages").string()});
  CHECK(python_path(scratch.path() / "venv/bin/python3.9") ==
        std::vector<std::string>{(scratch.path() / "venv/lib/python3.9/site-packages").string()});
  CHECK(python_path(scratch.path() / "nowhere/bin/python3").empty());
}

TEST_CASE("an installation's packages are beside its real place, whatever link leads there") {
  reg_test::ScratchFolder scratch;
  write(scratch / "opt/bin/python3.11", "");
  write(scratch / "opt/lib/python3.11/site-packages/m.py", "");
  fs::create_directory(scratch.path() / "bin");
  fs::create_symlink(scratch.path() / "opt/bin/python3.11", scratch.path() / "bin/python3");
  CHECK(python_path(scratch.path() / "bin/python3") ==
        std::vector<std::string>{(scratch.path() / "opt/lib/python3.11/site-packages").string()});
}

}  // namespace
}  // namespace reg
