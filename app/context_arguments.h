#pragma once
// `--ctx`: facts given on the command line.

#include "messages.h"

#include <reg/json.h>
#include <reg/symbol.h>
#include <string>
#include <variant>
#include <vector>

namespace reg::app {

// The values of `--ctx`, of which files and standard input are read once.
class ContextArguments {
 public:
  // Each is `key=value`, `@file.json`, `-` (stdin, once) or `{…}`. Throws UsageError, and
  // InputError with a place in the file.
  explicit ContextArguments(const std::vector<std::string>& arguments);

  // Lays them over each other, later ones winning, key by key. `key=value` is read as the registry
  // declares the fact, and what looks like a slip is warned about. Throws InputError.
  Context read_for(const RegistryInfo& registry, const Messages& messages) const;

 private:
  std::vector<std::variant<Context, std::string>> given_;  // a text: `key=value`
};

// What `--help` says of `--ctx`.
inline constexpr const char* ctx_help =
    "facts: key=value (of the declared type, else JSON, else\n"
    "text; a.b=1 nests), @file.json, - (standard input) or\n"
    "{…}; later ones win";

}  // namespace reg::app
