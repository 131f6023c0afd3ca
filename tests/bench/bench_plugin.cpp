// Calls of a host beside those of a factory in the program. REG_BENCH_PLUGINS names the workspace
// that make_plugins.py made.

#include <benchmark/benchmark.h>
#include <reg/loader.h>
#include <reg/workspace.h>
#include <cstdlib>
#include <memory>

#include "worker.h"

namespace {

struct Plain : bench::Worker {
  int work(int value) const override { return value + 1; }
};
struct Maker {
  virtual ~Maker() = default;
  [[nodiscard]] virtual std::unique_ptr<bench::Worker> make() const = 0;
};
struct PlainMaker : Maker {
  std::unique_ptr<bench::Worker> make() const override { return std::make_unique<Plain>(); }
};

reg::Cache open_cache() {
  const char* folder = std::getenv("REG_BENCH_PLUGINS");
  return reg::Cache::open(reg::Workspace::at(folder == nullptr ? "." : folder).cache());
}
const reg::Context& context() {
  static const reg::Context facts = {{"device", "cpu"}};
  return facts;
}

void virtual_factory(benchmark::State& state) {
  const std::unique_ptr<Maker> maker = std::make_unique<PlainMaker>();
  const Maker* made = maker.get();
  for (auto _ : state) {
    benchmark::DoNotOptimize(made);
    benchmark::DoNotOptimize(made->make()->work(1));
  }
}
BENCHMARK(virtual_factory);

void create(benchmark::State& state) {
  auto plugin = reg::Plugin<bench::Worker>::choose(open_cache(), "p0042", context());
  plugin.load();
  for (auto _ : state) benchmark::DoNotOptimize(plugin.create()->work(1));
}
BENCHMARK(create);

void select_again(benchmark::State& state) {
  const reg::Cache cache = open_cache();
  const auto kept = reg::Plugin<bench::Worker>::select(cache, "p0042", context());
  for (auto _ : state)
    benchmark::DoNotOptimize(
        reg::Plugin<bench::Worker>::select(cache, "p0042", context())->work(1));
}
BENCHMARK(select_again);

// The least that selecting costs: by a cache, without loading anything.
void select_in_cache(benchmark::State& state) {
  const reg::Cache cache = open_cache();
  for (auto _ : state) benchmark::DoNotOptimize(cache.select("Bench", "p0042", context()));
}
BENCHMARK(select_in_cache);

}  // namespace

BENCHMARK_MAIN();
