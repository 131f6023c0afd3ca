// A program that embeds the library: brings a workspace's cache up to date, lists, filters, selects
// and explains. consumer WORKSPACE

#include <reg/reg.h>

#include <cstdlib>
#include <iostream>

namespace {

void list(const reg::Cache& cache) {
  reg::SymbolShapes shapes(cache);
  reg::run_query(cache, {.registry = "Codec"}, [&shapes](const reg::SymbolView& symbol) {
    std::string line;
    shapes.append(line, symbol);
    std::cout << line << '\n';
  });
}

void filter(const reg::Cache& cache) {
  const reg::Column speed("speed", {cache.require_registry("Codec")});
  reg::run_query(cache, {.registry = "Codec", .where = "speed > 1", .sort = {"-speed"}},
                 [&speed](const reg::SymbolView& symbol) {
                   std::cout << symbol.key().target << ' ' << speed.value(symbol) << '\n';
                 });
}

void select(const reg::Cache& cache, const reg::Context& context) {
  const reg::Selection choice = cache.score("Codec", "image", context, reg::Explain::Yes);
  std::cout << context << ": " << choice.winner()->symbol.target << '\n';
  for (const reg::Candidate& candidate : choice.candidates) {
    const std::string why = reg::why_not(candidate);
    std::cout << "  " << reg::score_text(candidate.score) << ' ' << candidate.symbol.target
              << (why.empty() ? "" : ", not: ") << why << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const reg::Workspace workspace = reg::Workspace::at(argc == 2 ? argv[1] : ".");
  if (reg::auto_register(workspace).failed) return EXIT_FAILURE;
  const reg::Cache cache = reg::Cache::open(workspace.cache());
  list(cache);
  filter(cache);
  for (const char* extension : {"png", "bmp"}) select(cache, {{"ext", extension}});
  return EXIT_SUCCESS;
} catch (const reg::RegistryError& error) {
  std::cerr << error.what() << '\n' << error.hint() << '\n';
  return EXIT_FAILURE;
}
