#include <doctest/doctest.h>
#include <extract/extractor.h>
#include <set>

using namespace reg;

TEST_CASE("a file's suffix says which extractor reads it") {
  REQUIRE(extractor_for("kernels.reg.toml") != nullptr);
  CHECK(extractor_for("kernels.reg.toml")->name == "toml manifest");
  CHECK(extractor_for("plugins/kernels.reg.json")->name == "json manifest");
  CHECK(extractor_for("libkernels.so")->name == "shared object");
  CHECK(extractor_for("libkernels.so.1.2") == &object_extractor());
  for (const char* other :
       {"kernels.toml", "kernels.json", "registry.toml", "reg.toml", "", "x.reg.json~"}) {
    CHECK(extractor_for(other) == nullptr);
  }
}

TEST_CASE("every extractor is found by its own suffix, and no two share one") {
  std::set<std::string_view> names, suffixes;
  for (const Extractor& extractor : extractors()) {
    CHECK(names.insert(extractor.name).second);
    // What others publish is told by where it lies.
    if (&extractor == &remote_extractor()) continue;
    CHECK(extractor_for("x" + std::string(extractor.suffix)) == &extractor);
    CHECK(suffixes.insert(extractor.suffix).second);
  }
}

TEST_CASE("extractors read declarations, and report what is wrong with their path") {
  const auto toml = extractor_for("a.reg.toml")
                        ->extract("[[symbols]]\nregistry = 'r'\ntarget = 't'\n", "p/a.reg.toml");
  REQUIRE(toml.symbols.size() == 1);
  CHECK(toml.symbols[0].line ==
        R"({"registry":"r","oid":"t","target":"t","source":["p/a.reg.toml",1,1]})");
  const auto json = extractor_for("a.reg.json")->extract("", "p/a.reg.json");
  REQUIRE(json.diagnostics.size() == 1);
  CHECK(json.diagnostics[0].place == Place{"p/a.reg.json", 1, 1});
  CHECK(json.failed());
  CHECK_FALSE(toml.failed());
}
