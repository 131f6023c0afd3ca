#include "typed_line.h"

#include "../command_line.h"

#include <algorithm>
#include <cstdlib>

namespace reg::app {

namespace {

bool has_name(const Argument& argument, std::string_view word) {
  std::string_view names = argument.names;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    if (names.substr(0, comma) == word) return true;
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return false;
}

const Argument* option_named(const TypedLine& line, std::string_view word) {
  const std::vector<Argument>& all = line.arguments.all();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Argument& argument) {
    return !argument.positional() && has_name(argument, word);
  });
  return found == all.end() ? nullptr : &*found;
}

// A shell hands over what was typed, so that the home folder is not written out yet.
std::string at_home(const std::string& path) {
  const char* home = std::getenv("HOME");
  return home != nullptr && (path == "~" || path.starts_with("~/")) ? home + path.substr(1) : path;
}

void give(TypedLine& line, const Argument& option, const std::string& value) {
  const std::string name = long_name(option);
  if (name == "--workspace") line.globals.workspace = at_home(value);
  if (name == "--cache") line.globals.cache = at_home(value);
  line.given.emplace_back(name, value);
}

// `--registry=Kernel`, or a flag, or an option whose value comes next.
void take_option(TypedLine& line, const std::string& word) {
  const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
  const Argument* option = option_named(line, word.substr(0, equals));
  if (option == nullptr) return;
  if (equals != std::string::npos) {
    give(line, *option, word.substr(equals + 1));
  } else if (option->value.empty()) {
    give(line, *option, {});
  } else {
    line.option = option;
  }
}

void take_command(TypedLine& line, const std::string& word) {
  line.command = &command_named(word);
  line.arguments = Arguments();
  declare_command(*line.command, line.arguments, line.globals);
}

// Takes one word that is finished.
void take(TypedLine& line, const std::string& word) {
  if (line.option != nullptr) {
    give(line, *std::exchange(line.option, nullptr), word);
  } else if (word == "--" && !line.only_positionals) {
    line.only_positionals = true;
  } else if (word.size() > 1 && word.starts_with('-') && !line.only_positionals) {
    take_option(line, word);
  } else if (line.command == nullptr) {
    take_command(line, word);
  } else {
    line.positionals.push_back(word);
  }
}

void take_last(TypedLine& line, const std::string& word) {
  line.word = word;
  const std::size_t equals = word.find('=');
  if (line.option != nullptr || line.only_positionals) return;
  if (!word.starts_with("--") || equals == std::string::npos) return;
  line.option = option_named(line, word.substr(0, equals));
  line.before = word.substr(0, equals + 1);
  line.word = word.substr(equals + 1);
}

}  // namespace

std::string long_name(const Argument& argument) {
  return argument.names.substr(argument.names.rfind(',') + 1);
}

bool TypedLine::has(std::string_view option_name) const {
  return std::any_of(given.begin(), given.end(),
                     [&](const auto& one) { return one.first == option_name; });
}

std::vector<std::string> TypedLine::values_of(std::string_view option_name) const {
  std::vector<std::string> values;
  for (const auto& [name, value] : given) {
    if (name == option_name) values.push_back(value);
  }
  return values;
}

const Argument* TypedLine::wanted() const {
  if (option != nullptr) return option;
  std::size_t skip = positionals.size();
  for (const Argument& argument : arguments.all()) {
    if (argument.positional() && (argument.repeats() || skip-- == 0)) return &argument;
  }
  return nullptr;
}

TypedLine take_apart(const std::vector<std::string>& words) {
  TypedLine line;
  declare_globals(line.arguments, line.globals);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) take(line, words[i]);
  take_last(line, words.empty() ? std::string() : words.back());
  return line;
}

}  // namespace reg::app
