#pragma once
// `--ctx` and `--define`: facts given on the command line.

#include <reg/json.h>
#include <string>
#include <vector>

namespace reg::app {

// Lays the values of `--ctx` over each other, later ones winning, key by key. Each is `key=value`
// (the value is JSON if it parses as JSON, else a string; `a.b=1` nests), `@file.json`, `-` (stdin,
// once) or
// `{…}`. Throws UsageError, and InputError with a place in the file.
Context context_from(const std::vector<std::string>& arguments);

// What `--help` says of `--ctx`.
inline constexpr const char* ctx_help =
    "facts: key=value (JSON, else a string; a.b=1 nests),\n"
    "@file.json, - (standard input) or {…}; later ones win";

// The object that `key=value` stands for. `option` names the option in messages.
Json assignment(const std::string& option, const std::string& text);

}  // namespace reg::app
