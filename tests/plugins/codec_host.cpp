// codec_host WORKSPACE OID EXT: selects one codec, and prints its name.
#include "codec.h"

#include <reg/loader.h>
#include <reg/workspace.h>
#include <iostream>

int main(int, char** arguments) try {
  const reg::Cache cache = reg::Cache::open(reg::Workspace::at(arguments[1]).cache());
  const auto codec =
      reg::Plugin<demo::Codec>::select(cache, arguments[2], {{"ext", arguments[3]}}, 1);
  std::cout << codec->name() << '\n';
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
