// Predicates and selections in memory. dispatch_beside_logilab.py does what `dispatch` and `select`
// do with logilab.common.

#include <benchmark/benchmark.h>
#include <reg/registry.h>
#include <map>
#include <mutex>
#include <string>

namespace {

using reg::Context;
using reg::Predicate;

const Context& context() {
  static const Context facts = {{"device", "cuda"}, {"op", "op42"}, {"sm", 90}};
  return facts;
}

void put(reg::Registry& registry, const std::string& target, const std::string& select,
         reg::Json info = reg::Json::object()) {
  registry.register_symbol(reg::Implementation::of_target(
      target, "gemm", {.info = std::move(info), .select = Predicate::parse(select)}));
}

// Four for devices, or any number for one operation each.
void fill(reg::Registry& registry, std::int64_t implementations) {
  if (implementations == 4) {
    put(registry, "gemm_cpu", "device == 'cpu'");
    put(registry, "gemm_ampere", "device == 'cuda' & sm >= 80");
    put(registry, "gemm_hopper", "device == 'cuda' & sm >= 90 & yes(1)");
    put(registry, "gemm_any", "yes(0.5)");
    return;
  }
  for (std::int64_t i = 0; i < implementations; ++i) {
    const std::string number = std::to_string(i);
    put(registry, "gemm" + number, "op == self.op & sm >= 80", {{"op", "op" + number}});
  }
}

reg::Registry& registry_of(std::int64_t implementations) {
  static std::map<std::int64_t, reg::Registry> registries;
  auto [place, added] = registries.try_emplace(implementations, "Kernel",
                                               reg::RegistryOptions{.extra_field = {{"op"}}});
  if (added) fill(place->second, implementations);
  return place->second;
}

void dispatch(benchmark::State& state) {
  static std::map<std::int64_t, reg::Dispatcher> dispatchers;
  static std::mutex making;
  const reg::Dispatcher* dispatcher = nullptr;
  {
    std::lock_guard lock(making);
    dispatcher = &dispatchers.try_emplace(state.range(0), registry_of(state.range(0)).dispatcher())
                      .first->second;
  }
  for (auto _ : state) {
    auto choice = dispatcher->select("gemm", context());
    if (!choice) state.SkipWithError("nothing was selected");
    benchmark::DoNotOptimize(choice);
  }
}

void select(benchmark::State& state) {
  reg::Registry& registry = registry_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(registry.select("gemm", context()));
}

void compile(benchmark::State& state) {
  reg::Registry& registry = registry_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(registry.dispatcher());
}

constexpr const char* text =
    "device == 'cuda' & sm >= 80 & (driver >= v12.4 | op in ['gemm', 'op42'])";

void parse(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Predicate::parse(text));
}

void score(benchmark::State& state) {
  const Predicate predicate = Predicate::parse(text);
  for (auto _ : state) benchmark::DoNotOptimize(predicate.score(context()));
}

}  // namespace

BENCHMARK(dispatch)->Arg(4)->Arg(10'000)->Threads(1)->Threads(2);
BENCHMARK(select)->Arg(4)->Arg(10'000);
BENCHMARK(compile)->Arg(4)->Arg(10'000);
BENCHMARK(parse);
BENCHMARK(score);
BENCHMARK_MAIN();
