#include <doctest/doctest.h>
#include <manifest/line.h>
#include <rapidcheck.h>
#include <reg/json.h>
#include <text/json_text.h>

using namespace reg;

namespace {

std::string line_of(const LineParts& parts) {
  std::string line;
  append_line(line, parts);
  return line;
}

LineParts full_parts() {
  LineParts parts;
  parts.registry = "Kernel";
  parts.oid = "gemm";
  parts.target = "libgemm.so:make";
  parts.select = "sm >= 80 & name == \"x\"";
  parts.info_text = R"({"a":{"source":["x",1,2]},"b":"]}"})";
  parts.doc = "a \"doc\"";
  parts.force = parts.clear = true;
  parts.replaces = "old";
  parts.when = "build == \"release\"";
  parts.merged = "Model";
  parts.allow = R"(["always-ties","shadowed"])";
  parts.path = R"(dir/,"source":["x",1,2]}.reg.toml)";
  parts.at = {12, 3};
  return parts;
}

}  // namespace

TEST_CASE("a line has its members in the fixed order, and leaves out what is not given") {
  LineParts parts;
  parts.registry = "R";
  parts.oid = "o";
  parts.target = "t";
  parts.info_text = "{}";
  parts.path = "p.reg.toml";
  parts.at = {4, 5};
  CHECK(line_of(parts) == R"({"registry":"R","oid":"o","target":"t","source":["p.reg.toml",4,5]})");
}

TEST_CASE("every line is a JSON object with what it was made from") {
  Json json = parse_json(line_of(full_parts()), "line");
  CHECK(json["select"] == "sm >= 80 & name == \"x\"");
  CHECK(json["info"]["b"] == "]}");
  CHECK(json["force"] == true);
  CHECK(json["merged"] == "Model");
  CHECK(json["allow"] == Json::array({"always-ties", "shadowed"}));
  CHECK(json["source"] == Json::array({R"(dir/,"source":["x",1,2]}.reg.toml)", 12, 3}));
}

TEST_CASE("a line splits into what it was made from, whatever its strings contain") {
  LineParts parts = full_parts();
  std::string line = line_of(parts);
  auto text = split_line(line);
  REQUIRE(text);
  CHECK(text->key == LineKey{"Kernel", "gemm", "libgemm.so:make"});
  CHECK(unescape(text->select) == *parts.select);
  CHECK(text->info == parts.info_text);
  CHECK(unescape(text->doc) == parts.doc);
  CHECK(unescape(text->source.path) == parts.path);
  CHECK(text->source.at == Position{12, 3});
  CHECK(text->allow == parts.allow);
  CHECK(allowed_codes(*text) == std::vector<std::string>{"always-ties", "shadowed"});
  CHECK(allow_text(allowed_codes(*text)) == parts.allow);
  auto source = line_source(line);
  REQUIRE(source);
  CHECK(unescape(source->path) == parts.path);
  CHECK(source->at == Position{12, 3});
}

TEST_CASE("a line's directives are read back") {
  std::string line = line_of(full_parts());
  auto directives = line_directives(line);
  REQUIRE(directives);
  CHECK(directives->force);
  CHECK(directives->clear);
  CHECK(directives->replaces == "old");
  CHECK(directives->when == "build == \"release\"");
  CHECK(directives->merged == "Model");
}

TEST_CASE("a record over a line knows whether it is conditional, directed or merged") {
  std::string line = line_of(full_parts());
  auto record = record_from_line(line);
  REQUIRE(record);
  CHECK(record->line.data() == line.data());
  CHECK(record->conditional);
  CHECK(record->acts);
  CHECK(record->has_when);
  CHECK(record->copied);
  CHECK(record->at == Position{12, 3});

  LineParts plain;
  plain.registry = plain.oid = plain.target = plain.path = "x";
  std::string plain_line = line_of(plain);
  auto other = record_from_line(plain_line);
  REQUIRE(other);
  CHECK_FALSE(other->conditional);
  CHECK_FALSE(other->acts);
  CHECK_FALSE(other->has_when);
  CHECK_FALSE(other->copied);
}

TEST_CASE("a line cut anywhere is refused") {
  std::string line = line_of(full_parts());
  for (std::size_t size = 0; size < line.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(split_line(std::string_view(line).substr(0, size)));
    CHECK_FALSE(record_from_line(std::string_view(line).substr(0, size)));
  }
  CHECK_FALSE(split_line(line + " "));
}

TEST_CASE("a line with a damaged byte is refused or read, and never read out of bounds") {
  const std::string line = line_of(full_parts());
  for (std::size_t at = 0; at < line.size(); ++at) {
    for (char c : {'\0', '"', '\\', '{', '}', '[', ',', '9', '\n'}) {
      std::string damaged = line;
      damaged[at] = c;
      auto text = split_line(damaged);
      if (text) CHECK(text->key.target.size() <= damaged.size());
      (void)line_source(damaged);
    }
  }
}

TEST_CASE("positions larger than 32 bits and numbers with leading zeros are refused") {
  std::string start = R"({"registry":"R","oid":"o","target":"t","source":["p",)";
  CHECK(split_line(start + "4294967295,0]}"));
  CHECK_FALSE(split_line(start + "4294967296,0]}"));
  CHECK_FALSE(split_line(start + "99999999999999999999999,0]}"));
  CHECK_FALSE(split_line(start + "01,0]}"));
  CHECK_FALSE(split_line(start + "-1,0]}"));
  CHECK_FALSE(split_line(start + ",0]}"));
}

TEST_CASE("the key of any line is the escaped form of what it was made from") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
    std::string oid = "o";
    for (std::uint8_t byte : bytes) oid += static_cast<char>(byte & 0x7F);
    oid += "\xC2\x85\xE2\x82\xAC";
    LineParts parts;
    parts.registry = "R";
    parts.oid = oid;
    parts.target = oid;
    parts.path = oid;
    std::string line = line_of(parts);
    auto key = line_key(line);
    RC_ASSERT(key.has_value());
    RC_ASSERT(unescape(key->oid) == oid);
    RC_ASSERT(unescape(key->target) == oid);
    RC_ASSERT(parse_json(line, "line")["oid"] == oid);
  }));
}

TEST_CASE("the members of an info are found without reading what stands in them") {
  const std::string line = line_of(full_parts());
  auto onward = info_onward(line);
  REQUIRE(onward.has_value());
  std::vector<std::pair<std::string_view, std::string_view>> found;
  CHECK(each_info_member(*onward, [&found](const InfoMember& member) {
          found.emplace_back(member.key, member.value);
          return true;
        }) == true);
  REQUIRE(found.size() == 2);
  CHECK(found[0] == std::pair<std::string_view, std::string_view>("a", R"({"source":["x",1,2]})"));
  CHECK(found[1] == std::pair<std::string_view, std::string_view>("b", R"("]}")"));
}

TEST_CASE("a line without an info has nothing onward, and one that begins otherwise is no line") {
  LineParts parts;
  parts.registry = "R";
  parts.oid = "o";
  parts.target = "t";
  CHECK(info_onward(line_of(parts)) == "");
  CHECK_FALSE(info_onward("{\"oid\":\"o\"").has_value());
}

TEST_CASE("what is not laid out as an info is refused") {
  auto none = [](const InfoMember&) { return true; };
  for (const char* text : {"", "[]", "{\"a\"}", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
                           "{\"a\":\"x}", "{\"a\":[1}"}) {
    CAPTURE(text);
    CHECK_FALSE(each_info_member(text, none));
  }
  CHECK(each_info_member("{}", none));
  CHECK(each_info_member("{\"a\":1,\"b\":[1,{}]},\"source\"", none));
}
