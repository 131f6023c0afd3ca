#include <doctest/doctest.h>
#include <scratch.h>
#include <text/hash.h>
#include <update/stamps.h>
#include <cstddef>
#include <cstring>
#include <filesystem>

namespace {

using namespace reg;
namespace fs = std::filesystem;

StampTable table_of(std::size_t sources) {
  StampTable table{{1, 2}, Refresh::Auto, true, {}, {}, "m\nssrc\ns*.reg.toml\nxbuild\n"};
  for (std::size_t i = 0; i < sources; ++i) {
    table.sources.push_back(
        {"folder/source" + std::to_string(i) + ".reg.toml", {i, 1000, 2000, 7 + i}, i * i});
  }
  table.looked_at = {{"", {4096, 1, 2, 3}}, {"manual.reg.json", {}}};
  for (std::size_t i = 0; i < sources; i += 3) {
    table.concerns.push_back({hash_of("Kernel"), table.sources[i]});
    table.concerns.push_back({hash_of(""), table.sources[i]});
  }
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
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{40},
                                  std::size_t{1000}}) {  // more than the first block has
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
    for (const char* registry : {"Kernel", ""}) {
      const std::vector<SourceStamp> found = file->concerning(registry);
      CHECK(found.size() == (count + 2) / 3);
      for (const SourceStamp& source : found) CHECK(file->find(source.path) == source);
    }
    CHECK(file->concerning("Codec").empty());
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

// As a program would write it that knows the sums, but not what they are about.
void forge(const fs::path& path, std::string content, std::size_t at, std::uint64_t value,
           std::size_t size) {
  content.replace(at, size, std::string(reinterpret_cast<const char*>(&value), size));
  StampFile::Head head;
  std::memcpy(static_cast<void*>(&head), content.data(), sizeof head);
  head.rest_check = hash_of(std::string_view(content).substr(sizeof head));
  head.check = 0;
  head.check = hash_of({reinterpret_cast<const char*>(&head), sizeof head});
  content.replace(0, sizeof head, reinterpret_cast<const char*>(&head), sizeof head);
  reg_test::write_file(path, content);
}

TEST_CASE("a table whose sums fit is not trusted to count right, or to point into itself") {
  const StampTable table = table_of(5);
  const Written written(table);
  const fs::path path = stamps_path(written.lock.cache());
  const std::string content = reg_test::read_file(path);
  const auto is_refused = [&](std::size_t at, std::uint64_t value, std::size_t size) {
    forge(path, content, at, value, size);
    const auto file = written.open();
    if (file) static_cast<void>(file->concerning("Kernel"));
    return !file || !file->whole();
  };
  CHECK(!is_refused(offsetof(StampFile::Head, sources), table.sources.size(), 4));
  for (const std::size_t at :
       {offsetof(StampFile::Head, sources), offsetof(StampFile::Head, looked_at),
        offsetof(StampFile::Head, concerns), offsetof(StampFile::Head, settings)})
    CHECK(is_refused(at, 0xffffffff, 4));
  CHECK(is_refused(offsetof(StampFile::Head, refresh), 77, 1));
  constexpr std::size_t record = 80, text = 56, length = 64, reads = 72;
  for (std::size_t i = 0; i < table.sources.size() + table.looked_at.size(); ++i) {
    CHECK(is_refused(sizeof(StampFile::Head) + i * record + text, ~std::uint64_t{0}, 8));
    CHECK(is_refused(sizeof(StampFile::Head) + i * record + length, ~std::uint64_t{0} - 9, 8));
    CHECK(is_refused(sizeof(StampFile::Head) + i * record + reads, 3, 8));
  }
}

}  // namespace
