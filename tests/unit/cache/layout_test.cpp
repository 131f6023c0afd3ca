#include <cache/layout.h>
#include <doctest/doctest.h>

#include <limits>

using namespace reg;

namespace {

CacheHeader sample() {
  CacheHeader header;
  header.count = 3;
  std::uint64_t at = layout::header_size;
  auto place = [&at](CacheSection& section, std::string_view before, std::uint64_t size) {
    at += before.size();
    section = {at, at + size};
    at += size;
  };
  place(header.workspace, "", 40);
  place(header.predicates, layout::before_predicates, 0);
  place(header.registries, layout::before_registries, 100);
  place(header.symbols, layout::before_symbols, 300);
  place(header.oids, layout::before_oids, 20);
  header.bytes = at + layout::after_oids.size();
  return header;
}

std::string problem(const CacheHeader& header) {
  return read_header(header_line(header), header.bytes).problem;
}

}  // namespace

TEST_CASE("a header reads back as it was written") {
  HeaderText read = read_header(header_line(sample()), sample().bytes);
  CHECK(read.problem.empty());
  CHECK(read.header == sample());
}

TEST_CASE("the largest numbers fit the first line") {
  CacheHeader header;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  header.bytes = header.count = most;
  header.workspace = header.predicates = header.registries = header.symbols =
      header.oids = {most, most};
  CHECK(header_line(header).size() == layout::header_size);
  CHECK(header_line(header).ends_with(" \n"));
}

TEST_CASE("every offset that does not follow from the one before is refused") {
  CacheSection CacheHeader::*sections[] = {&CacheHeader::workspace, &CacheHeader::predicates,
                                           &CacheHeader::registries, &CacheHeader::symbols,
                                           &CacheHeader::oids};
  for (auto section : sections) {
    for (std::uint64_t forged :
         {std::uint64_t{0}, std::uint64_t{511}, std::uint64_t{513}, sample().bytes,
          sample().bytes + 1, std::numeric_limits<std::uint64_t>::max()}) {
      CacheHeader begin = sample();
      (begin.*section).begin = forged;
      CHECK_FALSE(problem(begin).empty());
      CacheHeader end = sample();
      (end.*section).end = forged;
      CHECK_FALSE(problem(end).empty());
    }
  }
}

TEST_CASE("a file of another size than its header says is refused") {
  HeaderText read = read_header(header_line(sample()), sample().bytes - 1);
  CHECK(read.problem.find("bytes long, and should be") != std::string::npos);
}

TEST_CASE("another version is named, together with the one that can be read") {
  HeaderText read = read_header("{\"format\":\"reg-cache\",\"version\":27,\"rest\":[]}", 100);
  CHECK(read.problem == "is of version 27, and this reg reads version 3");
}

TEST_CASE("what is no cache is said to be none") {
  for (std::string_view text : {"", "{}", "\0\0\0\0", "{\"format\":\"other\",\"version\":1"}) {
    CHECK(read_header(text, text.size()).problem == "is not a cache");
  }
}

TEST_CASE("a first line with any byte changed is refused, the count and the sum apart") {
  const std::string line = header_line(sample());
  std::size_t count = line.find("\"count\":3") + 8;
  std::size_t sum = line.find("\"sum\":\"") + 7;
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (char c : {'\0', ' ', '0', '7', '"', '\n', '\t'}) {
      std::string damaged = line;
      const bool in_sum = at >= sum && at < sum + 32;
      if (damaged[at] == c || at == count || in_sum) continue;
      damaged[at] = c;
      CAPTURE(at);
      CHECK_FALSE(read_header(damaged, sample().bytes).problem.empty());
    }
  }
}

TEST_CASE("a first line cut anywhere is refused") {
  const std::string line = header_line(sample());
  for (std::size_t size = 0; size < line.size(); ++size) {
    CHECK_FALSE(read_header(line.substr(0, size), sample().bytes).problem.empty());
  }
}
