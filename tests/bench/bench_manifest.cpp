// Reading manifests in memory: bytes a second, and symbols a second.

#include <benchmark/benchmark.h>
#include <manifest/manifest.h>
#include <string>

namespace {

std::string json_manifest(std::int64_t symbols) {
  std::string text =
      "{\"registries\": {\"bench\": {\"fields\": {\"device\": \"string\", \"min_sm\": \"int\"}}},\n"
      "\"symbols\": [\n";
  for (std::int64_t i = 0; i < symbols; ++i) {
    const std::string number = std::to_string(i);
    text += (i == 0 ? "" : ",\n") + std::string("{\"registry\": \"bench\", \"oid\": \"kernel_") +
            number + "\", \"target\": \"libkernels.so:make_kernel_" + number +
            "\", \"info\": {\"device\": \"cuda\", \"min_sm\": " + std::to_string(i % 100) +
            "}, \"select\": \"device == 'cuda' & sm >= self.min_sm\"}";
  }
  return text + "\n]}\n";
}

std::string toml_manifest(std::int64_t symbols) {
  std::string text = "[registries.bench]\nfields = { device = 'string', min_sm = 'int' }\n";
  for (std::int64_t i = 0; i < symbols; ++i) {
    const std::string number = std::to_string(i);
    text += "[[symbols]]\nregistry = 'bench'\noid = 'kernel_" + number +
            "'\ntarget = 'libkernels.so:make_kernel_" + number +
            "'\ninfo = { device = 'cuda', min_sm = " + std::to_string(i % 100) +
            " }\nselect = 'device == \"cuda\" & sm >= self.min_sm'\n";
  }
  return text;
}

void read(benchmark::State& state, const std::string& text, reg::ManifestFormat format) {
  for (auto _ : state) {
    auto declarations = reg::read_manifest(text, "bench.reg", format);
    if (declarations.failed()) state.SkipWithError("the manifest has errors");
    benchmark::DoNotOptimize(declarations);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void read_json(benchmark::State& state) {
  read(state, json_manifest(state.range(0)), reg::ManifestFormat::JsonText);
}
void read_toml(benchmark::State& state) {
  read(state, toml_manifest(state.range(0)), reg::ManifestFormat::TomlText);
}

}  // namespace

BENCHMARK(read_json)->Arg(1'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(read_toml)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
