#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <registration/linker.h>

using namespace reg;

namespace {

std::string declared(const std::string& name) { return "[registries.\"" + name + "\"]\n"; }
std::string symbol_in(const std::string& name) {
  return "[[symbols]]\nregistry = \"" + name + "\"\ntarget = \"t." + name + "\"\n";
}

// All hints, one after the other.
std::string hints(const std::string& toml) {
  const Declarations declarations = read_manifest(toml, "a.reg.toml", ManifestFormat::TomlText);
  REQUIRE(declarations.diagnostics.empty());
  const std::vector<Source> sources{{"a.reg.toml", &declarations, declarations.symbols}};
  std::string text;
  for (const Finding& found : link(sources, Json::object()).findings)
    text += found.diagnostic.hint + '\n';
  return text;
}

}  // namespace

TEST_CASE("a registry that nothing declares is told the one that differs by a letter or by case") {
  for (const char* slip :
       {"Kernal", "kernel", "Kernl", "Kernels", "ernel", "Keernel", "Kenrel", "eKrnel", "Kernle"}) {
    CAPTURE(slip);
    CHECK(hints(declared("Codec") + declared("Kernel") + symbol_in(slip)) ==
          "did you mean \"Kernel\"?\n");
  }
  for (const char* other : {"Kernel", "Krnl", "Colonel", "lenreK", "Ke"}) {
    CAPTURE(other);
    CHECK(hints(declared("Codec") + declared("Kernel") + symbol_in(other)).empty());
  }
}

TEST_CASE("short names that differ by a letter are others, but for their case") {
  CHECK(hints(declared("abc") + symbol_in("abd")).empty());
  CHECK(hints(declared("abc") + symbol_in("ABC")) == "did you mean \"abc\"?\n");
}

// Each looked up among all others, this would take minutes.
TEST_CASE("names near others are found among very many") {
  std::string toml;
  for (int i = 100'000; i < 150'000; ++i) {
    toml += declared("registry_" + std::to_string(i));
    toml += symbol_in("registry_" + std::to_string(i));
    toml += symbol_in("other_" + std::to_string(i));
  }
  CHECK(hints(toml + symbol_in("registri_123456")) == "did you mean \"registry_123456\"?\n");
}
