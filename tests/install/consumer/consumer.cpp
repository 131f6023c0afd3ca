// A program that embeds the library: consumer WORKSPACE

#include <reg/reg.h>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  try {
    const reg::Workspace workspace = reg::Workspace::at(argv[1]);
    const reg::AutoRegisterReport report = reg::auto_register(workspace);
    if (report.failed || report.symbols != 2) return EXIT_FAILURE;
    const reg::Cache cache = reg::Cache::open(workspace.cache());
    for (const char* extension : {"png", "bmp"}) {
      const reg::Selection selection = cache.select("Codec", "image", {{"ext", extension}});
      std::cout << selection.winner()->symbol.target << '\n';
    }
    return EXIT_SUCCESS;
  } catch (const reg::RegistryError& error) {
    std::cerr << error.what() << '\n';
  }
  return EXIT_FAILURE;
}
