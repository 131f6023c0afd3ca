#include <cache/cache_file.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <rapidcheck.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include <scratch.h>
#include "build_cache.h"

using namespace reg;
using namespace reg_test;

namespace {

std::vector<std::string> lines_of(const CacheFile& file, CacheSection section) {
  std::vector<std::string> lines;
  file.each_line(section, [&](std::string_view line, std::uint64_t) {
    lines.emplace_back(line);
    return true;
  });
  return lines;
}

std::vector<std::string> expected_lines(const std::vector<Symbol>& symbols) {
  std::vector<std::string> lines;
  for (const Symbol& symbol : sorted(symbols)) lines.push_back(line_of(symbol));
  return lines;
}

std::vector<std::string> expected_lines(const std::vector<Symbol>& symbols,
                                        const std::string& registry, const std::string& oid) {
  std::vector<std::string> lines;
  for (const Symbol& symbol : symbols) {
    if (symbol.registry == registry && symbol.oid == oid) lines.push_back(line_of(symbol));
  }
  return lines;
}

// Names that are prefixes of each other and that need escapes, and docs of very different lengths.
rc::Gen<std::string> names() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "ab", "b", "-", "\"", "\\", "é", "\x7F", "Z", "~")),
                      [](const std::vector<std::string>& parts) {
                        std::string name = "o";
                        for (const std::string& part : parts) name += part;
                        return name;
                      });
}

rc::Gen<Symbol> symbols() {
  auto registries = rc::gen::element<std::string>("R", "R-1", "RR", "a.b", "a:b", "views", "Z_");
  auto sizes = rc::gen::weightedOneOf<std::size_t>(
      {{8, rc::gen::inRange<std::size_t>(0, 200)}, {1, rc::gen::inRange<std::size_t>(0, 30'000)}});
  return rc::gen::map(rc::gen::tuple(registries, names(), names(), sizes), [](const auto& parts) {
    Symbol made = symbol(std::get<0>(parts), std::get<1>(parts), std::get<2>(parts));
    made.doc = std::string(std::get<3>(parts), 'd');
    return made;
  });
}

std::string error_of(const std::filesystem::path& path) {
  try {
    CacheFile file(path);
  } catch (const StorageError& error) {
    CHECK(error.kind() == ErrorKind::Cache);
    CHECK(error.hint().starts_with("run `reg auto-register` to "));
    return error.what();
  }
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a cache is one valid JSON document that says what was put in") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  Json json = parse_json(read_file(folder / "cache"), "cache");
  CHECK(json["format"] == "reg-cache");
  CHECK(json["version"] == 3);
  CHECK(json["count"] == 5);
  CHECK(json["workspace"] == Json{{"name", "demo"}, {"context", sample_content().context}});
  CHECK(json["predicates"]["at_least"] == Json{{"params", {"v"}}, {"expr", "version >= v"}});
  CHECK(json["predicates"]["user_group"] == Json{{"fact", true}});
  CHECK(json["registries"]["Kernel"]["symbols"] == 3);
  CHECK(json["registries"]["Empty"]["symbols"] == 0);
  CHECK(json["symbols"].size() == 5);
  CHECK(json["symbols"][1]["target"] == "libgemm.so:cublas");
  CHECK(json["oids"]["gemm"] == Json{"Kernel", "Other"});
}

TEST_CASE("an empty cache is valid JSON and answers with nothing") {
  ScratchFolder folder;
  build_cache(folder / "cache", {});
  CHECK_NOTHROW(parse_json(read_file(folder / "cache"), "cache"));
  CacheFile file(folder / "cache");
  CHECK(file.symbol_count() == 0);
  CHECK(lines_of(file, file.symbols()).empty());
  CacheSection none = file.oid_lines("R", "o");
  CHECK(none.begin == none.end);
  CHECK_FALSE(file.member(file.oids(), "o"));
  CHECK_FALSE(file.member(file.registries(), "R"));
}

TEST_CASE("a cache of one symbol finds it, and nothing before or after it") {
  ScratchFolder folder;
  CacheContent content;
  content.symbols = {symbol("R", "m", "t")};
  build_cache(folder / "cache", content);
  CacheFile file(folder / "cache");
  CHECK(lines_of(file, file.oid_lines("R", "m")).size() == 1);
  for (auto [registry, oid] :
       {std::pair{"R", "a"}, {"R", "z"}, {"A", "m"}, {"Z", "m"}, {"R", ""}}) {
    CHECK(lines_of(file, file.oid_lines(registry, oid)).empty());
  }
}

TEST_CASE("what is written is read back, found by oid and by registry, for any symbols") {
  CHECK(rc::check([] {
    CacheContent content;
    content.symbols = *rc::gen::container<std::vector<Symbol>>(symbols());
    ScratchFolder folder;
    build_cache(folder / "cache", content);
    CacheFile file(folder / "cache");
    RC_ASSERT(lines_of(file, file.symbols()) == expected_lines(content.symbols));
    std::set<std::string> found_registries;
    for (const Symbol& wanted : content.symbols) {
      auto range = file.oid_lines(wanted.registry, escaped(wanted.oid));
      RC_ASSERT(lines_of(file, range) ==
                expected_lines(content.symbols, wanted.registry, wanted.oid));
      RC_ASSERT(file.member(file.oids(), escaped(wanted.oid))->is_array());
      found_registries.insert(wanted.registry);
    }
    std::vector<std::string> by_registry;
    for (const std::string& registry : found_registries) {
      auto lines = lines_of(file, file.registry_lines(registry));
      by_registry.insert(by_registry.end(), lines.begin(), lines.end());
    }
    RC_ASSERT(by_registry == expected_lines(content.symbols));
  }));
}

TEST_CASE("a binary search gives what a look at every line gives, for any bound") {
  CHECK(rc::check([] {
    CacheContent content;
    content.symbols = *rc::gen::container<std::vector<Symbol>>(symbols());
    ScratchFolder folder;
    build_cache(folder / "cache", content);
    CacheFile file(folder / "cache");
    std::string registry = *rc::gen::element<std::string>("A", "R", "RR", "a.b", "z");
    std::string oid = escaped(*names());
    auto before = [&](std::string_view line) {
      LineKey key = file.key_of(line);
      return std::pair(key.registry, key.oid) <
             std::pair<std::string_view, std::string_view>(registry, oid);
    };
    std::uint64_t linear = file.symbols().end;
    file.each_line(file.symbols(), [&](std::string_view line, std::uint64_t offset) {
      if (!before(line)) linear = offset;
      return before(line);
    });
    RC_ASSERT(file.lower_bound(file.symbols(), before) == linear);
  }));
}

TEST_CASE("lines of several megabytes are found, and so are their neighbours") {
  ScratchFolder folder;
  CacheContent content;
  for (int i = 0; i < 40; ++i) {
    Symbol made = symbol("R", "o" + std::to_string(100 + i), "t");
    if (i % 7 == 3) made.doc = std::string(2'500'000, 'd');
    content.symbols.push_back(std::move(made));
  }
  build_cache(folder / "cache", content);
  CacheFile file(folder / "cache");
  for (const Symbol& wanted : content.symbols) {
    CHECK(lines_of(file, file.oid_lines("R", wanted.oid)) == std::vector{line_of(wanted)});
    CHECK(lines_of(file, file.oid_lines("R", wanted.oid + "x")).empty());
  }
}

TEST_CASE("a line that no reader would take is refused by the writer") {
  ScratchFolder folder;
  CacheLock lock(folder / "cache", wait_for(std::chrono::seconds(0)));
  CacheWriter writer(lock, CacheHead{});
  CHECK_THROWS_AS(writer.symbol(std::string(layout::max_line, 'x'), 0), InputError);
}

TEST_CASE("runs of lines out of another cache give the bytes that single lines give") {
  ScratchFolder folder;
  CacheContent content = sample_content();
  build_cache(folder / "old", content);
  CacheFile old(folder / "old");
  CacheSection all = old.symbols();
  CacheLock lock(folder / "new", wait_for(std::chrono::seconds(0)));
  CacheWriter writer(lock, head_of(content));
  std::uint64_t middle = old.registry_lines("Kernel").end;
  for (CacheSection part : {CacheSection{all.begin, middle}, CacheSection{middle, middle},
                            CacheSection{middle, all.end}}) {
    writer.symbols(old, part);
  }
  writer.begin_oids();
  writer.oids(old, old.oids());
  writer.copied(old.header().sum.lines);
  writer.commit();
  CHECK(read_file(folder / "new") == read_file(folder / "old"));
}

TEST_CASE("a writer that is dropped before its commit leaves the old cache as it was") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  std::string before = read_file(folder / "cache");
  {
    CacheLock lock(folder / "cache", wait_for(std::chrono::seconds(0)));
    CacheWriter writer(lock, CacheHead{});
    writer.symbol(line_of(symbol("R", "o", "t")), 0);
  }
  CHECK(read_file(folder / "cache") == before);
}

TEST_CASE("a missing cache is said to be missing, with what to do about it") {
  ScratchFolder folder;
  CHECK(contains(error_of(folder / "cache"), "there is no cache at"));
  write_file(folder / "file", "");
  CHECK(contains(error_of(folder / "file/cache"), "there is no cache at"));
}

TEST_CASE("a cache cut at any byte is an error") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  for (std::uintmax_t size = std::filesystem::file_size(folder / "cache"); size-- > 0;) {
    CAPTURE(size);
    std::filesystem::resize_file(folder / "cache", size);
    CHECK_FALSE(error_of(folder / "cache").empty());
  }
}

TEST_CASE("what is not a regular file is refused without waiting for it") {
  ScratchFolder folder;
  REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  std::filesystem::create_symlink("/dev/zero", folder / "zero");
  std::filesystem::create_symlink("fifo", folder / "link");
  for (const char* name : {"fifo", "zero", "link", "."}) {
    CHECK(contains(error_of(folder / name), "is not a regular file"));
  }
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK_THROWS_AS(CacheFile(folder / "loop"), StorageError);
}

TEST_CASE("a symbolic link to a cache is followed") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  std::filesystem::create_symlink("cache", folder / "link");
  CHECK(CacheFile(folder / "link").symbol_count() == 5);
}

TEST_CASE("a huge file without a line in it is an error and needs little memory") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  CacheFile small(folder / "cache");
  CacheHeader forged = small.header();
  std::uint64_t more = std::uint64_t{1} << 28;
  forged.symbols.end += more;
  forged.oids.begin += more;
  forged.oids.end += more;
  forged.bytes += more;
  write_file(folder / "huge", header_line(forged) + read_file(folder / "cache").substr(512));
  std::filesystem::resize_file(folder / "huge", forged.bytes);
  CacheFile huge(folder / "huge");
  CHECK_THROWS_AS(huge.oid_lines("Zzz", "o"), BrokenCache);
  CHECK_THROWS_AS(lines_of(huge, huge.symbols()), BrokenCache);
}

TEST_CASE("a cache that shrinks while it is open is an error for its reader") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  CacheFile file(folder / "cache");
  std::filesystem::resize_file(folder / "cache", 600);
  CHECK_THROWS_WITH_AS(file.oid_lines("Kernel", "gemm"), doctest::Contains("became shorter"),
                       BrokenCache);
  CHECK_THROWS_AS(lines_of(file, file.symbols()), BrokenCache);
  CHECK_THROWS_AS(file.member(file.oids(), "gemm"), BrokenCache);
}

TEST_CASE("an open cache goes on reading what it opened after another has taken its place") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  CacheFile file(folder / "cache");
  build_cache(folder / "cache", {});
  CHECK(lines_of(file, file.oid_lines("Kernel", "gemm")).size() == 2);
  CHECK(CacheFile(folder / "cache").symbol_count() == 0);
}

TEST_CASE("many threads search one open cache at once") {
  ScratchFolder folder;
  CacheContent content;
  for (int i = 0; i < 2'000; ++i) {
    content.symbols.push_back(symbol("R", "o" + std::to_string(10'000 + i), "t"));
  }
  build_cache(folder / "cache", content);
  const CacheFile file(folder / "cache");
  std::atomic<int> found = 0;
  std::vector<std::thread> threads;
  for (int start = 0; start < 4; ++start) {
    threads.emplace_back([&, start] {
      for (int i = start; i < 2'000; i += 4) {
        std::string oid = "o" + std::to_string(10'000 + i);
        file.each_oid_line("R", oid, [&](std::string_view) { ++found; });
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(found == 2'000);
}
