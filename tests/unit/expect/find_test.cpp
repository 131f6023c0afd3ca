#include "workspace.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg_test;

namespace {

constexpr const char* one = "[[expect]]\noid = \"o\"\nnone = true\n";

std::vector<std::string> paths(const std::vector<ExpectationFile>& files) {
  std::vector<std::string> paths;
  for (const ExpectationFile& file : files) paths.push_back(file.path);
  return paths;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a workspace's expectations stand in its manifests, and in files of their own anywhere") {
  const PickWorkspace workspace;
  for (const char* folder : {"tests/deep", "node_modules", ".hidden", "build", "other"})
    std::filesystem::create_directories(workspace / folder);
  workspace.put("registry.toml",
                "[workspace]\nsources = ['kernels/*.reg.toml']\nexclude = ['build']\n");
  workspace.put("root.regtest.toml", one);
  workspace.put("tests/deep/a.regtest.toml", one);
  workspace.put("tests/empty.regtest.toml", "");
  workspace.put("kernels/b.regtest.toml", one);
  workspace.put("kernels/c.reg.toml", one);
  workspace.put("kernels/none.reg.toml", "# expect nothing\n");
  // These are left out: as sources are, or because they are no sources.
  workspace.put("node_modules/d.regtest.toml", one);
  workspace.put(".hidden/e.regtest.toml", one);
  workspace.put("build/f.regtest.toml", one);
  workspace.put("other/g.reg.toml", one);
  CHECK(paths(find_expectations(workspace.workspace())) ==
        Texts{"kernels/b.regtest.toml", "kernels/c.reg.toml", "root.regtest.toml",
              "tests/deep/a.regtest.toml", "tests/empty.regtest.toml"});
}

TEST_CASE("a file is read whatever it is called, and a folder for what is called so, each once") {
  const PickWorkspace workspace;
  std::filesystem::create_directories(workspace / "t[1]");
  workspace.put("t[1]/a.regtest.toml", one);
  workspace.put("t[1]/b.reg.json", R"({"expect": [{"oid": "o", "none": true}]})");
  workspace.put("t[1]/c.toml", one);
  const std::string folder = (workspace / "t[1]").string();
  CHECK(paths(find_expectations(workspace.workspace(),
                                {workspace / "t[1]", workspace / "t[1]/a.regtest.toml"})) ==
        Texts{folder + "/a.regtest.toml", folder + "/b.reg.json"});
  CHECK(paths(find_expectations(workspace.workspace(), {workspace / "t[1]/c.toml"})) ==
        Texts{folder + "/c.toml"});
  CHECK_THROWS_AS(find_expectations(workspace.workspace(), {workspace / "nothing"}), InputError);
}

TEST_CASE("what is wrong in any of the files is told of all of them") {
  const PickWorkspace workspace;
  workspace.put("a.regtest.toml", "[[expect]\n");
  workspace.put("b.regtest.toml", "[[expect]]\nnone = true\n");
  try {
    (void)find_expectations(workspace.workspace());
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    REQUIRE(error.diagnostics().size() == 2);
    CHECK(error.diagnostics()[0].place.path == "a.regtest.toml");
    CHECK(error.diagnostics()[1].place == Place{"b.regtest.toml", 1, 1});
  }
}

TEST_CASE("a file of expectations is no source, and not taken for a misnamed one") {
  const PickWorkspace workspace;
  workspace.put("kernels/a.regtest.toml", one);
  const AutoRegisterReport report = workspace.update();
  CHECK(!report.failed);
  CHECK(report.diagnostics.empty());
}

TEST_CASE("a file with two names is taken once, and one that cannot be read is wrong") {
  const PickWorkspace workspace;
  workspace.put("a.regtest.toml", one);
  std::filesystem::create_symlink("a.regtest.toml", workspace / "b.regtest.toml");
  CHECK(paths(find_expectations(workspace.workspace())) == Texts{"a.regtest.toml"});
  std::filesystem::create_symlink("gone", workspace / "c.regtest.toml");
  CHECK_THROWS_AS((void)find_expectations(workspace.workspace()), InputError);
}

TEST_CASE("it can be told whether a file would be found") {
  const PickWorkspace workspace;
  const auto is_found = [&](const std::string& name) {
    std::filesystem::create_directories((workspace / name).parent_path());
    workspace.put(name, one);
    return is_expectation_place(workspace.workspace(), workspace / name);
  };
  CHECK(is_found("tests/a.regtest.toml"));
  CHECK(is_found("kernels/a.reg.toml"));
  CHECK(is_expectation_place(workspace.workspace(), workspace / "registry.toml"));
  CHECK(!is_found(".hidden/a.regtest.toml"));
  CHECK(!is_found("node_modules/a.regtest.toml"));
  CHECK(!is_found("other/a.reg.toml"));
  const ScratchFolder elsewhere;
  write_file(elsewhere / "a.regtest.toml", one);
  CHECK(!is_expectation_place(workspace.workspace(), elsewhere / "a.regtest.toml"));
}
