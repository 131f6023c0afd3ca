#include <cache/integrity.h>
#include <cache/verify.h>
#include <doctest/doctest.h>
#include <reg/cache.h>

#include <fstream>
#include <sstream>

#include "forgery.h"

using namespace reg;
using namespace reg_test;

TEST_CASE("a cache as it was written has no problem") {
  CHECK(Forgery().problems().empty());
  CHECK(Forgery(CacheContent{}).problems().empty());
}

TEST_CASE("changed text between sections is found") {
  CHECK(
      Forgery().replace("},\n\"registries\"", "};\n\"registries\"").finds("between two sections"));
  CHECK(Forgery().replace("],\n\"oids\"", "]\n,\"oids\"").finds("between two sections"));
}

TEST_CASE("a workspace that is not canonical is found") {
  CHECK(Forgery().replace("\"name\":\"demo\"", "\"name\": \"demo\"").finds("the workspace is not"));
  CHECK(Forgery().replace("\"name\":\"demo\"", "\"name\":7").finds("the workspace is not"));
}

TEST_CASE("a missing and a superfluous comma are found") {
  CHECK(
      Forgery().replace("\"version >= v\"},\n", "\"version >= v\"}\n").finds("a comma is missing"));
  CHECK(Forgery().replace("{\"fact\":true}\n", "{\"fact\":true},\n").finds("a comma is missing"));
}

TEST_CASE("keys out of order or given twice are found in every section of members") {
  CHECK(Forgery().replace("\"at_least\":", "\"zat_least\":").finds("a key is out of order"));
  CHECK(Forgery().replace("\"Empty\":", "\"Zempty\":").finds("a key is out of order"));
  CHECK(Forgery().replace("\"conv\":[", "\"zonv\":[").finds("a key is out of order"));
  CHECK(Forgery().replace("\"conv\":[", "\"gemm\":[").finds("a key is out of order"));
}

TEST_CASE("a predicate that does not parse, is not canonical or is not defined is found") {
  CHECK(Forgery().replace("version >= v\"", "version >=\"").finds("does not parse"));
  CHECK(Forgery().replace("version >= v\"", "version>=v\"").finds("not defined as it must be"));
  CHECK(
      Forgery().replace("{\"fact\":true}", "{\"fact\":false}").finds("not defined as it must be"));
  CHECK(Forgery().replace("gpu() & at_least(v2)", "gpu() & at_leest(v2)").finds("at_leest"));
  CHECK(Forgery().replace("gpu() & at_least(v2)", "modern_gpu()").finds("modern_gpu"));
}

TEST_CASE("a registry that is not described as it must be is found") {
  CHECK(Forgery()
            .replace("[\"device\",\"string\"]", "[\"device\",\"strong\"]")
            .finds("is not described as"));
  CHECK(Forgery()
            .replace("[\"device\",\"string\"]", "[\"self\",\"string\"]")
            .finds("a field's name"));
  CHECK(Forgery().replace("[\"min_sm\",\"int\"]", "[\"device\",\"int\"]").finds("stands twice"));
  CHECK(Forgery().replace("\"Empty\":", "\"Em ty\":").finds("a registry's name"));
  CHECK(Forgery()
            .replace("\"select\":\"device == self.device\"", "\"select\":\"nope()\"")
            .finds("nope"));
}

TEST_CASE("counts that are not those of the lines are found") {
  CHECK(Forgery().count(6).finds("the first line counts 6"));
  CHECK(Forgery()
            .replace("\"symbols\":3}", "\"symbols\":4}")
            .finds("has 3 symbols, and should have 4"));
}

TEST_CASE("symbols out of order, twice, or in no registry are found") {
  CHECK(Forgery().replace("\"oid\":\"conv\"", "\"oid\":\"zonv\"").finds("an oid is out of order"));
  CHECK(Forgery()
            .replace("{\"registry\":\"Other\",\"oid\":\"gemm\"",
                     "{\"registry\":\"Ather\",\"oid\":\"gemm\"")
            .finds("a registry is out of order"));
  CHECK(Forgery()
            .replace("{\"registry\":\"Other\",\"oid\":\"gemm\"",
                     "{\"registry\":\"Nther\",\"oid\":\"gemm\"")
            .finds("is not described"));
  CHECK(Forgery()
            .replace("libgemm.so:naive", "libgemm.so:cublas")
            .finds("stands twice under its oid"));
}

TEST_CASE("symbols that are not laid out, not canonical or badly named are found") {
  CHECK(Forgery()
            .replace("\"target\":\"other.Gemm\"", "\"targets\":\"other.Gemm\"")
            .finds("not laid out"));
  CHECK(Forgery().replace("\"source\":[", "\"sources\":[").finds("not laid out"));
  CHECK(Forgery().replace("other.Gemm", "other\\u002eGemm").finds("not written as it must be"));
  CHECK(Forgery().replace("other.Gemm", "other Gemm").finds("a name that it cannot have"));
  CHECK(Forgery().replace("other.Gemm", "other\xFFGemm").finds("not written as it must be"));
  CHECK(Forgery()
            .replace("\"device\":\"cuda\",\"min_sm\":80", "\"min_sm\":80,\"device\":\"cuda\"")
            .finds("not in canonical form"));
}

TEST_CASE("info that its registry does not declare, or of another type, is found") {
  CHECK(Forgery().replace("\"min_sm\":80", "\"mix_sm\":80").finds("\"mix_sm\" is not declared"));
  CHECK(Forgery().replace("\"min_sm\":80", "\"min_sm\":\"\"").finds("\"min_sm\" is no int"));
  CHECK(Forgery().replace("\"min_sm\":80", "\"min_sm\":8.").finds("JSON"));
}

TEST_CASE("a select that does not parse or calls what is not defined is found") {
  CHECK(Forgery().replace("user_group(\\\"a\\\"", "user_gruop(\\\"a\\\"").finds("user_gruop"));
  CHECK(Forgery().replace("gpu() & sm >=", "gpu() & sm =>").finds("does not parse"));
}

TEST_CASE("an oid section that is not what the symbols say is found") {
  CHECK(Forgery()
            .replace("\"conv\":[\"Kernel\"]", "\"conv\":[\"Other\"]")
            .finds("not those of the symbols"));
  CHECK(Forgery()
            .replace("\"gemm\":[\"Kernel\",\"Other\"]", "\"gemm\":[\"Kernel\"]")
            .finds("not those"));
  CHECK(
      Forgery().replace("[\"Kernel\",\"Other\"]", "[\"Other\",\"Kernel\"]").finds("out of order"));
  CHECK(Forgery().replace("[\"Kernel\",\"Other\"]", "[]").finds("no list of registries"));
}

TEST_CASE("of very many problems the first are reported") {
  CacheContent content;
  for (int i = 0; i < 1'000; ++i) {
    content.symbols.push_back(symbol("R", "o" + std::to_string(i), "t", {}, {{"undeclared", 1}}));
  }
  std::vector<std::string> problems = Forgery(content).problems();
  CHECK(problems.size() == 21);
  CHECK(problems.back() == "this may not be all");
}

TEST_CASE(
    "any byte behind the first line that is changed into what no text may have there is found") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  const std::string whole = read_file(folder / "cache");
  CacheFile file(folder / "cache");
  std::fstream damage(folder / "cache", std::ios::binary | std::ios::in | std::ios::out);
  auto put = [&](std::size_t at, char c) {
    damage.seekp(static_cast<std::streamoff>(at)).put(c).flush();
  };
  for (std::size_t at = layout::header_size; at < whole.size(); ++at) {
    for (char c : {'\0', '"', '\n'}) {
      bool still_text = c == '"' && whole[at - 1] == '\\';  // an escape like any other
      if (whole[at] == c || still_text) continue;
      put(at, c);
      CAPTURE(at);
      CAPTURE(static_cast<int>(c));
      CHECK_FALSE(verify_cache(file).empty());
    }
    put(at, whole[at]);
  }
  CHECK(verify_cache(file).empty());
}

TEST_CASE("a change of any byte is found, by verify and by the sum alone") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  const std::string whole = read_file(folder / "cache");
  CHECK(is_intact(CacheFile(folder / "cache")));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char other : {' ', '"', ',', '7', '\n', static_cast<char>(whole[at] ^ 1)}) {
      if (other == whole[at]) continue;
      std::string damaged = whole;
      damaged[at] = other;
      write_file(folder / "damaged", damaged);
      CAPTURE(at);
      CAPTURE(other);
      try {
        const CacheFile file(folder / "damaged");
        CHECK_FALSE(is_intact(file));
        CHECK_FALSE(verify_cache(file).empty());
      } catch (const StorageError&) {  // it does not even open
      }
    }
  }
}

TEST_CASE("two neighbouring lines that change places are found, by verify and by the sum alone") {
  ScratchFolder folder;
  build_cache(folder / "cache", sample_content());
  const std::string whole = read_file(folder / "cache");
  std::vector<std::string> lines;
  std::istringstream text(whole);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  std::size_t swapped = 0;
  for (std::size_t i = 2; i + 1 < lines.size(); ++i) {
    // Between these, no comma would be missing or too many.
    if (!lines[i].ends_with(',') || !lines[i + 1].ends_with(',')) continue;
    std::vector<std::string> damaged = lines;
    std::swap(damaged[i], damaged[i + 1]);
    std::string joined;
    for (const std::string& line : damaged) joined += line + '\n';
    write_file(folder / "damaged", joined);
    CAPTURE(lines[i]);
    const CacheFile file(folder / "damaged");
    CHECK_FALSE(is_intact(file));
    CHECK_FALSE(verify_cache(file).empty());
    ++swapped;
  }
  CHECK(swapped > 5);
}

TEST_CASE("a change of the order of lines is found") {
  CHECK(Forgery()
            .replace(R"("target":"libgemm.so:cublas")", R"("target":"libgemm.so:aside")")
            .replace(R"("target":"libgemm.so:naive")", R"("target":"libgemm.so:cublas")")
            .replace(R"("target":"libgemm.so:aside")", R"("target":"libgemm.so:naive")")
            .finds("do not add up"));
  ScratchFolder folder;
  CacheContent content;
  for (const char* target : {"a", "b"}) content.symbols.push_back(symbol("R", "o", target, "x"));
  build_cache(folder / "one", content);
  std::string text = read_file(folder / "one");
  const std::size_t first = text.find(R"({"registry":"R")");
  const std::size_t second = text.find(R"({"registry":"R")", first + 1);
  const std::string a = text.substr(first, second - first - 2);
  const std::string b = text.substr(second, text.find('\n', second) - second);
  text.replace(first, a.size() + 2 + b.size(), b + ",\n" + a);
  write_file(folder / "other", text);
  CHECK_FALSE(is_intact(CacheFile(folder / "other")));
  CHECK_FALSE(verify_cache(CacheFile(folder / "other")).empty());
}

TEST_CASE("a declared fact that is no path is found, and is an error of selections") {
  CacheContent content = sample_content();
  content.registries.front().context = {{"limits.memory", FieldType::Int}, {"device"}};
  CHECK(Forgery(content).problems().empty());
  Forgery forged(content);
  forged.replace("\"limits.memory\"", "\"limits..memory\"");
  CHECK(forged.finds("\"limits..memory\" cannot be a fact's path"));
  const Cache cache = Cache::open(forged.path());
  CHECK_THROWS_AS(cache.score("Kernel", "gemm", {}), StorageError);
  CHECK_THROWS_AS(cache.possible_objects("Kernel", {}), StorageError);
  CHECK_THROWS_AS(cache.dispatcher("Kernel"), StorageError);
  Forgery twice(content);
  twice.replace("\"limits.memory\"", "\"device\"");
  CHECK(twice.finds("the fact \"device\" stands twice"));
}
