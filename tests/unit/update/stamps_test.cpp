#include <doctest/doctest.h>
#include <scratch.h>
#include <update/stamps.h>
#include <filesystem>

namespace {

using namespace reg;
namespace fs = std::filesystem;

StampTable table_of(std::size_t sources) {
  StampTable table{{1, 2}, Refresh::Auto, true, {}, {}, {"src", "*.reg.toml"}, {"build"}};
  for (std::size_t i = 0; i < sources; ++i) {
    table.sources.push_back(
        {"folder/source" + std::to_string(i) + ".reg.toml", {i, 1000, 2000, 7 + i}, i * i});
  }
  table.looked_at = {{"", {4096, 1, 2, 3}}, {"manual.reg.json", {}}};
  table.sort();
  return table;
}

struct Written {
  explicit Written(const StampTable& table)
      : lock(folder / "cache.json", wait_for(std::chrono::seconds(1))) {
    write_stamps(lock, table);
  }
  std::optional<StampFile> open(const CacheSum& sum = {1, 2}) const {
    return StampFile::open(lock.cache(), sum);
  }

  const reg_test::ScratchFolder folder;
  const CacheLock lock;
};

TEST_CASE("a table of stamps comes back as it was written, whole or a source at a time") {
  for (const std::size_t count : {0, 1, 40, 1000}) {  // more than the first block has
    const StampTable table = table_of(count);
    const Written written(table);
    const auto file = written.open();
    REQUIRE(file);
    CHECK(file->refresh() == Refresh::Auto);
    CHECK(file->had_errors());
    CHECK(file->size() == count + 2);
    CHECK(file->whole() == table);
    for (const SourceStamp& source : table.sources) {
      CHECK(file->find(source.path) == source);
      CHECK(table.find(source.path) == &source);
    }
    CHECK(!file->find("manual.reg.json"));
    CHECK(!file->find("folder/source"));
  }
}

TEST_CASE("a table of another cache's stamps is none") {
  const Written written(table_of(3));
  CHECK(!written.open({1, 3}));
  CHECK(!written.open({2, 2}));
  fs::remove(stamps_path(written.lock.cache()));
  CHECK(!written.open());
}

TEST_CASE("whatever is cut off or changed of a table of stamps, nothing wrong is read of it") {
  const StampTable table = table_of(5);
  const Written written(table);
  const fs::path path = stamps_path(written.lock.cache());
  const std::string content = reg_test::read_file(path);
  const auto check = [&](const std::string& damaged) {
    reg_test::write_file(path, damaged);
    const auto file = written.open();
    if (!file) return;
    CHECK(!file->whole());
    for (const SourceStamp& source : table.sources)
      CHECK(file->find(source.path).value_or(source) == source);
  };
  for (std::size_t i = 0; i < content.size(); ++i) {
    std::string damaged = content;
    damaged[i] = static_cast<char>(damaged[i] ^ 16);
    check(damaged);
    check(content.substr(0, i));
  }
}

}  // namespace
