#pragma once
// A workspace in a scratch folder, and random sources for it.

#include <rapidcheck.h>
#include <reg/auto_register.h>
#include <reg/json.h>
#include <reg/manual.h>
#include <reg/status.h>
#include <scratch.h>
#include <map>
#include <string>

namespace reg_test {

// Files by their path in a workspace.
using Files = std::map<std::string, std::string>;

class TestWorkspace {
 public:
  explicit TestWorkspace(const Files& files = {}) {
    put("registry.toml", "[workspace]\nname = 'test'\nsources = ['.']\n");
    for (const auto& [name, text] : files) put(name, text);
  }

  void put(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    write_file(folder_ / name, text);
  }
  void remove(const std::string& name) { std::filesystem::remove(folder_ / name); }

  reg::Workspace get() const { return reg::Workspace::at(folder_.path()); }
  std::filesystem::path cache_path() const { return get().cache(); }
  std::string cache() const { return read_file(cache_path()); }
  // The report of a run, which may have found errors.
  const reg::AutoRegisterReport& run(const reg::AutoRegisterOptions& options = {}) {
    return last_ = reg::auto_register(get(), options);
  }
  const reg::AutoRegisterReport& add(const reg::ManualSymbol& symbol) {
    return last_ = reg::register_symbol(get(), symbol);
  }
  const reg::AutoRegisterReport& drop(const std::string& registry, const std::string& oid,
                                      const std::string& target) {
    return last_ = reg::unregister_symbol(get(), registry, oid, target);
  }
  const reg::AutoRegisterReport& merge(const std::string& into, const std::string& from) {
    return last_ = reg::merge_registries(get(), into, {from}, reg::Force::No);
  }
  const std::filesystem::path& path() const { return folder_.path(); }

 private:
  ScratchFolder folder_;
  reg::AutoRegisterReport last_;
};

inline reg::Json symbol(const std::string& registry, const std::string& oid,
                        const std::string& target, const std::string& select = {}) {
  reg::Json one = {{"registry", registry}, {"oid", oid}, {"target", target}};
  if (!select.empty()) one["select"] = select;
  return one;
}

inline std::string manifest(const std::vector<reg::Json>& symbols) {
  reg::Json content = reg::Json::object();
  content["symbols"] = symbols;
  return content.dump(1) + "\n";
}

// What all random sources build on.
inline Files base_files() {
  return {{"base.reg.json",
           R"({"registries": {"A": {"fields": {"rank": "int"}}, "B": {"select": "b == 1"}, "C": {}},
               "predicates": {"gpu": "device == 'gpu'"}})"}};
}

inline reg::Json random_symbol() {
  auto one_of = [](std::vector<std::string> texts) {
    return *rc::gen::elementOf(std::move(texts));
  };
  auto number = [](int end) { return std::to_string(*rc::gen::inRange(0, end)); };
  reg::Json one = symbol(one_of({"A", "B", "C"}), "oid" + number(5), "m.T" + number(25));
  auto now_and_then = [](int times) { return *rc::gen::inRange(0, times) == 0; };
  if (!now_and_then(8)) one["select"] = one_of({"a == 1", "gpu() & yes(2)", "name glob 'x*'"});
  if (one["registry"] == "A" && now_and_then(3)) one["info"] = {{"rank", *rc::gen::inRange(0, 4)}};
  if (now_and_then(12)) one["force"] = true;
  if (now_and_then(20)) one["clear"] = true;
  if (now_and_then(10)) one["when"] = "build == 'release'";
  if (now_and_then(12)) one["replaces"] = "m.T" + number(25);
  return one;
}

inline std::string random_manifest() {
  reg::Json content = {{"symbols", reg::Json::array()}};
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) content["symbols"].push_back(random_symbol());
  if (*rc::gen::inRange(0, 8) == 0)
    content["merge"] = {{{"into", "C"}, {"from", {"A"}}, {"force", true}}};
  if (*rc::gen::inRange(0, 8) == 0)
    content["unregister"] = {symbol("A", "oid1", "m.T" + std::to_string(*rc::gen::inRange(0, 25)))};
  return content.dump();
}

}  // namespace reg_test
