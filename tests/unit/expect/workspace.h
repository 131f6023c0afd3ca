#pragma once
// A workspace with implementations that win, tie and refuse as a fact says.

#include <reg/auto_register.h>
#include <reg/expectations.h>
#include <scratch.h>
#include <string>
#include <vector>

namespace reg_test {

// `pick`: "a" and "b" win alone, "t" is a tie of both, all else none.
class PickWorkspace {
 public:
  explicit PickWorkspace(const std::string& more = {}) {
    put("registry.toml", "[workspace]\nname = 'test'\nsources = ['kernels', 'more.reg.toml']\n");
    std::filesystem::create_directories(folder_ / "kernels");
    put("kernels/pick.reg.toml", pick);
    put("more.reg.toml", more);
    require_update();
  }

  void put(const std::string& name, const std::string& text) const {
    write_file(folder_ / name, text);
  }
  std::string get(const std::string& name) const { return read_file(folder_ / name); }
  reg::AutoRegisterReport update() const { return reg::auto_register(workspace(), {}); }
  void require_update() const {
    if (update().failed) throw std::runtime_error("the sources have errors");
  }
  reg::Workspace workspace() const { return reg::Workspace::at(folder_.path()); }
  reg::Cache cache() const { return reg::Cache::open(workspace()); }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  reg::ExpectationResult check(const reg::Expectation& expectation) const {
    return reg::check_expectation(cache(), expectation);
  }
  std::vector<reg::ExpectationResult> check(const reg::ExpectationFile& file) const {
    std::vector<reg::ExpectationResult> results;
    for (const reg::Expectation& each : file.expectations) results.push_back(check(each));
    return results;
  }
  reg::ExpectationFile read(const std::string& name) const {
    return reg::find_expectations(workspace(), {folder_ / name}).front();
  }

 private:
  static constexpr const char* pick = R"([registries.Pick]
context = { pick = "string", level = "int" }
[[symbols]]
registry = "Pick"
oid = "o"
target = "m:a"
select = 'pick in ["a", "t"]'
[[symbols]]
registry = "Pick"
oid = "o"
target = "m:b"
select = 'pick in ["b", "t"]'
)";
  ScratchFolder folder_;
};

inline reg::Expectation expect(const std::string& value, std::vector<std::string> targets) {
  reg::Expectation expectation;
  expectation.registry = "Pick";
  expectation.oid = "o";
  expectation.context = {{"pick", value}};
  expectation.targets = std::move(targets);
  return expectation;
}

}  // namespace reg_test
