#include "store_fixture.h"

#include <doctest/doctest.h>
#include <fstream>

using namespace reg;
using namespace reg::test;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

// Registers what stands in a file, a target a line.
void load_lines(RegistryStore& store, const fs::path& file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) store.registry("views").register_module(line);
}

}  // namespace

TEST_CASE("register_sources clears the store, loads every file in path order, calls the hooks") {
  ScratchFolder folder;
  write(folder.path() / "b.txt", "v.B\n");
  write(folder.path() / "a/x.txt", "v.A\n");
  write(folder.path() / ".hidden/y.txt", "v.Hidden\n");
  RegistryStore store;
  store.registry("views").register_module("v.Old");
  Names loaded;
  bool ended = false;
  register_sources(store, {folder.path()}, [&](RegistryStore& target, const fs::path& file) {
    loaded.push_back(file.filename());
    load_lines(target, file);
    Implementation hooked = symbol(("h." + file.stem().string()).c_str(), "");
    hooked.on_registered = [&](const Registry&) { ended = true; };
    target.registry("hooks").register_symbol(hooked);
    CHECK_FALSE(ended);
  });
  CHECK(loaded == Names{"x.txt", "b.txt"});
  CHECK(targets(store.all_objects("views")) == Names{"v.A", "v.B"});
  CHECK(ended);
}

TEST_CASE("a reload is needed when a file is changed, added or removed, and not before") {
  ScratchFolder folder;
  fs::path file = folder.path() / "a.txt";
  write(file, "v.A\n");
  RegistryStore store;
  CHECK(is_reload_needed(store, {folder.path()}));
  register_sources(store, {folder.path()}, load_lines);
  CHECK_FALSE(is_reload_needed(store, {folder.path()}));
  CHECK_FALSE(reload_if_needed(store, {folder.path()}, load_lines));

  write(file, "v.A\nv.B\n");
  CHECK(is_reload_needed(store, {folder.path()}));
  CHECK(reload_if_needed(store, {folder.path()}, load_lines));
  CHECK(targets(store.all_objects()) == Names{"v.A", "v.B"});

  write(folder.path() / "b.txt", "v.C\n");
  CHECK(reload_if_needed(store, {folder.path()}, load_lines));
  CHECK(store.size() == 3);
  fs::remove(folder.path() / "b.txt");
  CHECK(reload_if_needed(store, {folder.path()}, load_lines));
  CHECK(store.size() == 2);
}

TEST_CASE("a file that cannot be loaded is not tried again until it changes") {
  ScratchFolder folder;
  write(folder.path() / "a.txt", "v.A\n");
  RegistryStore store;
  auto fail = [](RegistryStore&, const fs::path&) { throw std::runtime_error("broken"); };
  CHECK_THROWS_WITH(register_sources(store, {folder.path()}, fail), "broken");
  CHECK_FALSE(is_reload_needed(store, {folder.path()}));
}

TEST_CASE("a source that is not there is an error") {
  ScratchFolder folder;
  RegistryStore store;
  CHECK_THROWS_AS(register_sources(store, {folder.path() / "none"}, load_lines), StorageError);
}
