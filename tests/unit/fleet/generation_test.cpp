#include <doctest/doctest.h>
#include <generation.h>
#include <rapidcheck.h>
#include <reg/json.h>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace reg::fleet;
using reg::Json;

// A line of a publication, more or less, with that number in it.
std::string line_of(std::size_t number) {
  const std::string name = std::to_string(number);
  return R"({"registry":"kernels","oid":"gemm)" + name + R"(","target":"libk.so:gemm)" + name +
         R"(","info":{"sm":)" + std::to_string(number % 90) + R"(},"doc":")" +
         std::string(number % 150, 'x') + "\"},\n";
}
std::vector<std::string> lines_of(std::size_t count) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count; ++i) lines.push_back(line_of(i * 7919));
  return lines;
}
template <class Parts>
std::string joined(const Parts& parts) {
  std::string text;
  for (const auto& part : parts) text += part;
  return text;
}
std::string joined(const std::vector<Chunk>& chunks) {
  std::string text;
  for (const Chunk& chunk : chunks) text += chunk.text;
  return text;
}
std::set<std::string> ids_of(const std::vector<Chunk>& chunks) {
  std::set<std::string> ids;
  for (const Chunk& chunk : chunks) ids.insert(chunk.id);
  return ids;
}
// Chunks of the one that are not among the other's.
std::size_t news(const std::string& text, const std::string& before) {
  const std::set<std::string> old = ids_of(chunks_of(before));
  const std::set<std::string> now = ids_of(chunks_of(text));
  return static_cast<std::size_t>(
      std::count_if(now.begin(), now.end(), [&](const auto& id) { return !old.contains(id); }));
}

TEST_CASE("a long key is cut for people, between characters") {
  CHECK(Keys::shown("/reg/a") == "/reg/a");
  CHECK(Keys::shown(std::string(500, 'x')) == std::string(100, 'x') + "…");
  CHECK(Keys::shown(std::string(99, 'x') + "ääää") == std::string(99, 'x') + "…");
  CHECK(Keys::shown(std::string(500, '\x80')).size() < 110);
}

TEST_CASE("chunks are the text, whole lines, of about 192 KiB and never above 1 MiB") {
  const std::string text = joined(lines_of(80'000));
  const std::vector<Chunk> chunks = chunks_of(text);
  CHECK(joined(chunks) == text);
  for (const Chunk& chunk : chunks) {
    CHECK(chunk.text.ends_with('\n'));
    CHECK(chunk.text.size() <= most_chunk_bytes);
  }
  for (std::size_t i = 0; i + 1 < chunks.size(); ++i) CHECK(chunks[i].text.size() >= 64 << 10);
  const std::size_t average = text.size() / chunks.size();
  CHECK(average > 120 << 10);
  CHECK(average < 280 << 10);
}

TEST_CASE("any text is its chunks, however long its lines are") {
  CHECK(chunks_of("").empty());
  CHECK(joined(chunks_of("\n")) == "\n");
  CHECK(chunks_of("without an end").size() == 1);
  const std::string huge(3 * most_chunk_bytes + 17, 'x');
  const std::string text = "short\n" + huge + "\nshort\n" + huge;
  const std::vector<Chunk> chunks = chunks_of(text);
  CHECK(joined(chunks) == text);
  for (const Chunk& chunk : chunks) CHECK(chunk.text.size() <= most_chunk_bytes);
  CHECK(rc::check([](const std::vector<std::uint32_t>& sizes) {
    std::string lines;
    for (const std::uint32_t size : sizes) lines += std::string(size % 300'000, 'a') + '\n';
    const std::vector<Chunk> of_lines = chunks_of(lines);
    RC_ASSERT(joined(of_lines) == lines);
    for (const Chunk& chunk : of_lines) {
      RC_ASSERT(!chunk.text.empty());
      RC_ASSERT(chunk.text.size() <= most_chunk_bytes);
    }
  }));
}

TEST_CASE("the same text has the same chunks, and their names are those that all machines give") {
  const std::vector<Chunk> one = chunks_of("hello\n");
  REQUIRE(one.size() == 1);
  CHECK(one[0].id == chunks_of(std::string("hello") + "\n")[0].id);
  CHECK(one[0].id == "6bba86c7e069f56d5a10b435f1c8e49c");
}

TEST_CASE("a line that is changed, added or removed changes a few chunks at most") {
  static const std::vector<std::string> lines = lines_of(30'000);
  static const std::string before = joined(lines);
  REQUIRE(chunks_of(before).size() > 20);
  CHECK(rc::check([] {
    std::vector<std::string> changed = lines;
    const auto at = *rc::gen::inRange<std::ptrdiff_t>(0, 30'000);
    const std::string other = line_of(*rc::gen::inRange<std::size_t>(1'000'000'000, 2'000'000'000));
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        changed[static_cast<std::size_t>(at)] = other;
        break;
      case 1:
        changed.insert(changed.begin() + at, other);
        break;
      default:
        changed.erase(changed.begin() + at);
        break;
    }
    RC_ASSERT(news(joined(changed), before) <= 4);
  }));
}

TEST_CASE("a chunk is stored smaller, and comes back if it is the one of that name") {
  const std::string text = joined(lines_of(2000));
  const Chunk chunk = chunks_of(text).front();
  const std::string stored = packed(chunk.text);
  CHECK(stored.size() < chunk.text.size() / 3);
  CHECK(unpacked(stored, chunk.id) == std::string(chunk.text));
  CHECK_FALSE(unpacked(stored, chunks_of("other\n").front().id));
  CHECK_FALSE(unpacked(stored + '\0', chunk.id));
  CHECK_FALSE(unpacked(stored.substr(0, stored.size() - 1), chunk.id));
  CHECK_FALSE(unpacked("", chunk.id));
  CHECK(rc::check([](const std::string& bytes) {
    RC_PRE(!bytes.empty());
    RC_ASSERT(unpacked(packed(bytes), chunks_of(bytes).front().id) == bytes);
  }));
}

TEST_CASE("a chunk of the greatest length comes back, and what would become longer does not") {
  const std::string most(most_chunk_bytes, 'z');
  const Chunk chunk = chunks_of(most).front();
  CHECK(unpacked(packed(most), chunk.id) == most);
  CHECK_THROWS_AS(packed(most + 'z'), std::length_error);
  // Of the same kind as packed() makes, for 64 MiB of zeros: in deflate 64 KiB can stand for them.
  std::string bomb;
  const std::string piece = packed(std::string(most_chunk_bytes, '\0'));
  for (int i = 0; i < 64; ++i) bomb += piece;
  CHECK_FALSE(unpacked(bomb, chunk.id));
}

Head some_head() {
  Head head;
  head.machine = "0123456789abcdef";
  head.workspace = "fedcba9876543210";
  head.nonce = "n-1";
  head.published = "2026-11-22T09:00:00Z";
  head.lease = "60s";
  head.symbols = 3;
  head.bytes = 200;
  head.chunks = {std::string(32, 'a'), std::string(32, '0')};
  return head;
}

TEST_CASE("a head comes back as it was written") {
  const Head head = some_head();
  const auto read = Head::from(head.to_text());
  REQUIRE(read);
  CHECK(read->to_text() == head.to_text());
  CHECK(read->chunks == head.chunks);
  CHECK(read->lease == "60s");
  Head empty = head;
  empty.chunks.clear();
  empty.symbols = empty.bytes = 0;
  empty.lease.clear();
  CHECK(Head::from(empty.to_text()));
}

std::string why_not(const std::string& member, const Json& value) {
  Json json = reg::parse_json(some_head().to_text(), "head");
  json[member] = value;
  std::string why;
  return Head::from(reg::to_text(json), &why) ? "" : why;
}

TEST_CASE("a head that is none says why") {
  std::string why;
  CHECK_FALSE(Head::from("{", &why));
  CHECK(why != "");
  CHECK_FALSE(Head::from("[]", &why));
  CHECK(why == "it is no object");
  CHECK_FALSE(Head::from(std::string(300 << 10, ' '), &why));
  CHECK(why == "it is too long");
  CHECK(why_not("format", 2) == "it is of format 2, and this program knows 1 only");
  CHECK(why_not("other", 1) == "it has a member that is unknown");
  CHECK(why_not("machine", "") == "its 'machine' is none");
  CHECK(why_not("machine", "a\nb") == "its 'machine' is none");
  CHECK(why_not("nonce", std::string(65, 'a')) == "its 'nonce' is none");
  CHECK(why_not("published", "yesterday") == "its 'published' is none");
  CHECK(why_not("lease", 60) == "its 'lease' is none");
  CHECK(why_not("symbols", -1) == "its 'symbols' is none");
  CHECK(why_not("symbols", 201) == "its sizes cannot be those of what it lists");
  CHECK(why_not("bytes", (2 << 20) + 1) == "its sizes cannot be those of what it lists");
  CHECK(why_not("chunks", {"../../x"}) == "its 'chunks' is none");
  CHECK(why_not("chunks", {std::string(32, 'A')}) == "its 'chunks' is none");
  CHECK(why_not("chunks", Json(most_chunks + 1, std::string(32, 'a'))) ==
        "it lists too many chunks");
  Json without = reg::parse_json(some_head().to_text(), "head");
  without.erase("chunks");
  CHECK_FALSE(Head::from(reg::to_text(without), &why));
  CHECK(why == "it has no 'chunks'");
}

TEST_CASE("the longest head can be read") {
  Head head = some_head();
  head.chunks.assign(most_chunks, std::string(32, 'f'));
  head.bytes = most_chunks * most_chunk_bytes;
  head.symbols = head.bytes;
  CHECK(Head::from(head.to_text()));
}

TEST_CASE("a head lists a text if the chunks are the same in the same order") {
  const std::string text = joined(lines_of(3000));
  const std::vector<Chunk> chunks = chunks_of(text);
  REQUIRE(chunks.size() >= 2);
  Head head = some_head();
  head.chunks.clear();
  for (const Chunk& chunk : chunks) head.chunks.push_back(chunk.id);
  CHECK(head.lists(chunks));
  std::swap(head.chunks[0], head.chunks[1]);
  CHECK_FALSE(head.lists(chunks));
  std::swap(head.chunks[0], head.chunks[1]);
  head.chunks.pop_back();
  CHECK_FALSE(head.lists(chunks));
}

TEST_CASE("keys lie below the shared registry's name, and only an origin's name is an origin") {
  const Keys keys("gpu-kernels");
  CHECK(keys.heads() == "/reg/gpu-kernels/heads/");
  CHECK(keys.head("host-17") == "/reg/gpu-kernels/heads/host-17");
  CHECK(keys.chunks("host-17") == "/reg/gpu-kernels/chunks/host-17/");
  CHECK(keys.chunk("host-17", "ab") == "/reg/gpu-kernels/chunks/host-17/ab");
  CHECK(keys.origin_of(keys.head("host-17")) == "host-17");
  for (const std::string wrong : {"", "..", "a/b", "../../etc/passwd", ".hidden", "a\n"}) {
    CAPTURE(wrong);
    CHECK(keys.origin_of(keys.heads() + wrong) == "");
  }
  CHECK(keys.origin_of("/reg/other/heads/host-17") == "");
  CHECK(keys.origin_of("") == "");
}

}  // namespace
