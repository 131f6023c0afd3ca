#pragma once
// An unfinished command line, taken apart as far as it goes.

#include "../arguments.h"
#include "../command.h"
#include "../globals.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg::app {

struct TypedLine {
  const Command* command = nullptr;
  Arguments arguments;
  Globals globals;                                         // as far as they say where the cache is
  std::vector<std::string> positionals;                    // those before the last word
  std::vector<std::pair<std::string, std::string>> given;  // options by their long names, values
  const Argument* option = nullptr;                        // whose value the last word is
  bool only_positionals = false;                           // there was a `--`
  std::string word;                                        // the last one, so far
  std::string before;  // what of it the offers must repeat: `--registry=`

  bool has(std::string_view option_name) const;
  // The values that an option was given before the last word.
  std::vector<std::string> values_of(std::string_view option_name) const;
  // What the last word is a value of: the positional or the option; null: of nothing.
  const Argument* wanted() const;
};

// `words` are those after the program's name; the last may be empty.
TypedLine take_apart(const std::vector<std::string>& words);

// `--output` of `-o,--output`.
std::string long_name(const Argument& argument);

}  // namespace reg::app
