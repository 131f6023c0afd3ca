// What is recorded is exchanged in place: whatever a file looks like, the rest of it stays as it
// is.

#include "workspace.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <algorithm>

using namespace reg;
using namespace reg_test;

namespace {

using Texts = std::vector<std::string>;

// An outcome as it is written, and as it is to be after recording what is now.
struct Outcome {
  std::string key, value;
  Texts targets;
};
const std::vector<Outcome> written = {
    {"target", R"("m:a")", {"m:a"}},
    {"target", "'m:a'", {"m:a"}},
    {"\"target\"", R"("m\u003Aa")", {"m:a"}},
    {"target", "\"\"\"m:a\"\"\"", {"m:a"}},
    {"'target'", "'''m:b'''", {"m:b"}},
    {"target", R"("m:\"]#,x")", {"m:\"]#,x"}},
    {"none", "true", {}},
    {"\"none\"", "true", {}},
    {"tie", R"(["m:a", "m:b"])", {"m:a", "m:b"}},
    {"tie", "[ 'm:b' ,\n    \"m:a\",\n  ]", {"m:b", "m:a"}},
    {"tie", R"(["m:a","m:]"])", {"m:a", "m:]"}},
};
const std::vector<Outcome> written_json = {
    {"\"target\"", R"("m:a")", {"m:a"}},
    {"\"target\"", R"("m\u003aa\\")", {"m:a\\"}},
    {"\"none\"", "true", {}},
    {"\"tie\"", "[\n\"m:b\" , \"m:a\" ]", {"m:b", "m:a"}},
    {"\"t\\u0069e\"", R"(["m:a","m:]"])", {"m:a", "m:]"}},
};

// What a context comes to.
const std::vector<std::pair<std::string, Outcome>> now = {
    {"a", {"target", R"("m:a")", {"m:a"}}},
    {"b", {"target", R"("m:b")", {"m:b"}}},
    {"t", {"tie", R"(["m:a", "m:b"])", {"m:a", "m:b"}}},
    {"x", {"none", "true", {}}},
};

bool says_the_same(Texts expected, Texts got) {
  if (expected.size() == 1) return !got.empty() && expected.front() == got.front();
  std::sort(expected.begin(), expected.end());
  std::sort(got.begin(), got.end());
  return expected == got;
}

std::string bare(std::string key) {
  std::erase_if(key, [](char c) { return c == '"' || c == '\''; });
  return key == "t\\u0069e" ? "tie" : key;
}

// A file before and after.
struct Pair {
  std::string before, after;
  void add(const std::string& text) {
    before += text;
    after += text;
  }
  void add(const Outcome& old, const Outcome& is, const std::string& between, bool json) {
    const bool same = says_the_same(old.targets, is.targets);
    before += old.key + between + old.value;
    const bool same_key = same || bare(old.key) == is.key;
    after += same_key ? old.key : json ? '"' + is.key + '"' : is.key;
    after += between + (same ? old.value : is.value);
  }
};

template <typename T>
const T& any_of(const std::vector<T>& all) {
  return all[*rc::gen::inRange<std::size_t>(0, all.size())];
}

void add_toml(Pair& file) {
  const Outcome& old = any_of(written);
  const auto& asked = any_of(now);
  const std::string& pick = asked.first;
  const Outcome& is = asked.second;
  const std::string between = any_of(Texts{" = ", "=", "\t =  "});
  const std::string ctx = "ctx = { pick = \"" + pick + "\" }";
  const auto outcome = [&] { file.add(old, is, between, false); };
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      file.add("[[expect]]\noid = \"o\"\n" + ctx + "\n");
      outcome();
      file.add("  # target = \"no\" ü\n");
      break;
    case 1:
      file.add("# ctx\n  [[ expect ]] # [\n\t\"oid\"='o'\n\n");
      outcome();
      file.add("\nctx.\"pick\"   = '" + pick + "'\n");
      break;
    case 2:
      file.add("[['expect']]\ndoc = \"\"\"\ntarget = 'é'\nnone\"\"\"\n");
      outcome();
      file.add("\noid = \"o\"\n[expect.ctx]\npick = \"" + pick + "\"\n");
      break;
    default:
      file.add("[[expect]]\n" + ctx + " # none\nregistry = 'Pick'\noid=\"o\"\n   ");
      outcome();
      file.add("\n\n\n");
  }
}

void add_list(Pair& file, bool json) {
  const std::size_t count = *rc::gen::inRange<std::size_t>(1, 4);
  file.add(json ? "{\"registries\": {}, \"expect\" :[" : "expect = [");
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [pick, is] = any_of(now);
    const Outcome* old = &any_of(json ? written_json : written);
    const std::string equals = json ? ":" : " = ", quote = json ? "\"" : "";
    file.add(i == 0 ? " {" : ",\n {");
    if (*rc::gen::arbitrary<bool>()) {
      file.add(quote + "oid" + quote + equals + "\"o\", ");
      file.add(*old, is, equals, json);
      file.add(", ");
    } else {
      file.add(*old, is, equals, json);
      file.add(" ,  " + quote + "oid" + quote + equals + "\"o\", ");
    }
    file.add(quote + "ctx" + quote + equals + "{ " + quote + "pick" + quote + equals + "\"" + pick +
             "\" }}");
  }
  file.add(json ? " ]}\n" : "]\n");
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

}  // namespace

TEST_CASE("recording exchanges what failed for what is now, and leaves every other byte") {
  const PickWorkspace workspace;
  std::size_t changed = 0;
  CHECK(rc::check("record", [&] {
    Pair file;
    const int kind = *rc::gen::inRange(0, 6);
    if (kind < 4) {
      const std::size_t count = *rc::gen::inRange<std::size_t>(1, 5);
      for (std::size_t i = 0; i < count; ++i) add_toml(file);
    } else {
      add_list(file, kind == 5);
    }
    const bool crlf = *rc::gen::arbitrary<bool>(), bom = *rc::gen::arbitrary<bool>();
    for (std::string* text : {&file.before, &file.after}) {
      if (crlf) *text = with_crlf(*text);
      if (bom) text->insert(0, "\xEF\xBB\xBF");
    }
    const std::string name = kind == 5 ? "x.reg.json" : "x.regtest.toml";
    workspace.put(name, file.before);
    const ExpectationFile read = workspace.read(name);
    const RecordReport report =
        record_expectations(workspace.workspace(), read, workspace.check(read));
    RC_ASSERT(report.refused.empty());
    const auto& recorded = report.recorded;
    RC_ASSERT(workspace.get(name) == file.after);
    RC_ASSERT(recorded.empty() == (file.before == file.after));
    changed += recorded.size();
    for (const ExpectationResult& result : workspace.check(workspace.read(name)))
      RC_ASSERT(result.status == ExpectationStatus::Met);
  }));
  CHECK(changed > 0);
}

TEST_CASE("a tie with comments in its list is left, and the others of its file are exchanged") {
  const PickWorkspace workspace;
  const std::string text =
      "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n"
      "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\ntie = [\n  \"m:a\", # first\n  \"m:b\" ]\n";
  workspace.put("x.regtest.toml", text);
  const ExpectationFile file = workspace.read("x.regtest.toml");
  const RecordReport report =
      record_expectations(workspace.workspace(), file, workspace.check(file));
  REQUIRE(report.refused.size() == 1);
  CHECK(report.refused[0].place.line == 8);
  CHECK(report.refused[0].message.starts_with("Pick/o: cannot be recorded in place: "));
  REQUIRE(report.recorded.size() == 1);
  CHECK(report.recorded[0].before.registry == "Pick");
  std::string after = text;
  after.replace(after.find("none = true"), 11, "target = \"m:a\"");
  CHECK(workspace.get("x.regtest.toml") == after);
}

TEST_CASE("a file that was changed since it was read is not recorded into") {
  const PickWorkspace workspace;
  workspace.put("x.regtest.toml", "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n");
  const ExpectationFile file = workspace.read("x.regtest.toml");
  const auto results = workspace.check(file);
  const std::string other = "\n[[expect]]\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n";
  workspace.put("x.regtest.toml", other);
  CHECK_THROWS_AS((void)record_expectations(workspace.workspace(), file, results), InputError);
  CHECK(workspace.get("x.regtest.toml") == other);
}

TEST_CASE("what failed without a selection is left for people") {
  const PickWorkspace workspace;
  const std::string text = "[[expect]]\noid = \"unknown\"\nnone = true\n";
  workspace.put("x.regtest.toml", text);
  const ExpectationFile file = workspace.read("x.regtest.toml");
  CHECK(record_expectations(workspace.workspace(), file, workspace.check(file)).recorded.empty());
  CHECK(workspace.get("x.regtest.toml") == text);
}

TEST_CASE("recording through a link changes what the link stands for") {
  const PickWorkspace workspace;
  workspace.put("real.toml", "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n");
  std::filesystem::create_symlink("real.toml", workspace / "x.regtest.toml");
  const ExpectationFile file = workspace.read("x.regtest.toml");
  CHECK(record_expectations(workspace.workspace(), file, workspace.check(file)).recorded.size() ==
        1);
  CHECK(std::filesystem::is_symlink(workspace / "x.regtest.toml"));
  CHECK(workspace.get("real.toml") ==
        "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\ntarget = \"m:a\"\n");
}

TEST_CASE("an expectation is added below the others, or into a new file") {
  const PickWorkspace workspace;
  const std::filesystem::path file = workspace / "new.regtest.toml";
  Expectation expectation = expect("a", {"m:a"});
  CHECK(add_expectation(workspace.workspace(), file, expectation).source.line == 1);
  CHECK(workspace.get("new.regtest.toml") ==
        "[[expect]]\nregistry = \"Pick\"\noid = \"o\"\nctx = { pick = \"a\" }\ntarget = \"m:a\"\n");
  expectation.context = {{"cpu.isa", {"avx2"}}, {"pick", "t"}, {"os", {{"name", "x\"y"}}}};
  expectation.targets = {"m:a", "m:b"};
  expectation.doc = "two of them";
  CHECK(add_expectation(workspace.workspace(), file, expectation).source.line == 7);
  const ExpectationFile read = workspace.read("new.regtest.toml");
  REQUIRE(read.expectations.size() == 2);
  CHECK(read.expectations[1].context == expectation.context);
  CHECK(read.expectations[1].targets == expectation.targets);
  CHECK(read.expectations[1].doc == "two of them");
}

TEST_CASE("the folder of a new file is made") {
  const PickWorkspace workspace;
  const std::filesystem::path file = workspace / "new/deep/a.regtest.toml";
  (void)add_expectation(workspace.workspace(), file, expect("a", {"m:a"}));
  CHECK(workspace.read("new/deep/a.regtest.toml").expectations.size() == 1);
}

TEST_CASE("a file in another workspace is written under the lock of that one") {
  const PickWorkspace asked, own;
  std::filesystem::remove_all(own / ".reg");
  (void)add_expectation(asked.workspace(), own / "new/a.regtest.toml", expect("a", {"m:a"}));
  CHECK(std::filesystem::exists(own / ".reg/workspace.lock"));
}

TEST_CASE("where nothing can be added, nothing is") {
  const PickWorkspace workspace;
  const auto refused = [&](const std::string& name, const std::string& text,
                           const Expectation& expectation) {
    workspace.put(name, text);
    CHECK_THROWS_AS(add_expectation(workspace.workspace(), workspace / name, expectation),
                    RegistryError);
    CHECK(workspace.get(name) == text);
  };
  const Expectation wanted = expect("a", {"m:a"});
  refused("a.regtest.toml", "expect = [ { oid = \"o\", none = true } ]\n", wanted);
  refused("a.regtest.toml", "[[expect]\n", wanted);
  refused("a.reg.json", "{}", wanted);
  refused("a.toml", "", wanted);
  refused("a.regtest.toml",
          "[[expect]]\nregistry = \"Pick\"\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n", wanted);
  Expectation null = wanted;
  null.context["pick"] = nullptr;
  refused("a.regtest.toml", "", null);
}
