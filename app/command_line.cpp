#include "command_line.h"

#include "command.h"

#include <text/names.h>
#include <algorithm>
#include <new>
#include <optional>
#include <vector>

namespace reg::app {

namespace {

using Words = std::vector<std::string>;

// What a shell reports for a program that SIGPIPE ended.
constexpr int exit_broken_pipe = 141;

Format format_named(const std::string& name) {
  static constexpr std::pair<std::string_view, Format> formats[] = {
      {"table", Format::Table}, {"json", Format::Json}, {"jsonl", Format::JsonLines},
      {"csv", Format::Csv},     {"tsv", Format::Tsv},   {"name", Format::Name}};
  std::vector<std::string> known;
  for (const auto& [known_name, format] : formats) {
    if (known_name == name) return format;
    known.emplace_back(known_name);
  }
  std::string hint = did_you_mean(name, known);
  throw UsageError("unknown output format \"" + name + '"',
                   hint.empty() ? "one of table, json, jsonl, csv, tsv, name" : hint);
}

ColorMode color_named(const std::string& name) {
  if (name == "auto") return ColorMode::Auto;
  if (name == "always") return ColorMode::Always;
  if (name == "never") return ColorMode::Never;
  throw UsageError("unknown colour mode \"" + name + '"', "one of auto, always, never");
}

std::string not_empty(const std::string& given, const char* complaint) {
  if (given.empty()) throw UsageError(complaint);
  return given;
}

Verbosity more_verbose(Verbosity verbosity) {
  return verbosity < Verbosity::Verbose ? Verbosity::Verbose : Verbosity::Details;
}

// `-o`, `--output`, or a cluster of short flags that ends with it, such as `-qo`.
bool is_output_option(std::string_view word) {
  if (word.starts_with("--")) return word == "--output";
  return word.size() > 1 && word.front() == '-' && word.find('o') == word.size() - 1;
}

// The options for every command may stand before the command's name: those with a value are known
// here.
bool takes_next_word(std::string_view word) {
  return is_output_option(word) || word == "--workspace" || word == "--cache" || word == "--color";
}

// Takes the command's name out of the words: the first that is neither an option nor its value.
std::optional<std::string> take_command(Words& words) {
  for (std::size_t at = 0; at < words.size(); at += takes_next_word(words[at]) ? 2 : 1) {
    if (words[at].size() > 1 && words[at].front() == '-') continue;
    std::string name = std::move(words[at]);
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    return name;
  }
  return std::nullopt;
}

bool has_flag(const Words& words, std::string_view name) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::find(words.begin(), end, name) != end;
}

// The format of error messages has to be known before the words are parsed.
MessageFormat message_format(const Words& words) {
  std::string_view last;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view word = words[at];
    if (is_output_option(word) && at + 1 < words.size()) last = words[at + 1];
    if (word.starts_with("--output=")) last = word.substr(9);
    if (word.starts_with("-o") && word.size() > 2) last = word.substr(2);
  }
  return last == "json" || last == "jsonl" ? MessageFormat::Json : MessageFormat::Text;
}

Exit print(std::string_view text) {
  Output out;
  out.write(text);
  out.finish();
  return Exit::Done;
}

Exit run_command(const std::string& name, const Words& words, Globals& globals) {
  const Command& command = command_named(name);
  Arguments arguments;
  const Action action = command.setup(arguments);
  if (answers_from_cache(command)) declare_fresh(arguments, globals);
  declare_globals(arguments, globals);
  if (has_flag(words, "--help") || has_flag(words, "-h")) {
    return print(help_text("reg " + name, command.example, arguments));
  }
  arguments.parse(words);
  const Messages messages(globals.verbosity, message_format(words), globals.color);
  Session session(globals, messages);
  const Exit exit = action(session);
  session.out().finish();
  return exit;
}

Exit run_without_command(const Words& words, Globals& globals) {
  Arguments arguments;
  arguments.describe("Knows which implementations there are, and which one to use here and now.");
  declare_globals(arguments, globals);
  if (has_flag(words, "--help") || has_flag(words, "-h")) return print(general_help(arguments));
  arguments.parse(words);
  throw UsageError("a command is missing", "`reg --help` lists the commands");
}

Exit run(Words words, Globals& globals) {
  if (has_flag(words, "--version")) return print("reg " REG_VERSION "\n");
  const std::optional<std::string> command = take_command(words);
  return command ? run_command(*command, words, globals) : run_without_command(words, globals);
}

}  // namespace

void declare_globals(Arguments& arguments, Globals& globals) {
  arguments.section("Options for every command", Twice::LastCounts);
  arguments.option(
      [&](const std::string& given) {
        globals.workspace = not_empty(given, "--workspace needs a folder");
      },
      "--workspace", "DIR",
      "the folder with registry.toml (or REG_WORKSPACE);\n"
      "else the current folder or the nearest above");
  arguments.option(
      [&](const std::string& given) { globals.cache = not_empty(given, "--cache needs a file"); },
      "--cache", "FILE",
      "the cache; else .reg/registry_cache.json, or in a\n"
      "folder of its own below REG_CACHE_DIR");
  arguments.option([&](const std::string& name) { globals.format = format_named(name); },
                   "-o,--output", "FORMAT", "table, json, jsonl, csv, tsv or name");
  arguments.flag([&] { globals.verbosity = Verbosity::Quiet; }, "-q,--quiet",
                 "no warnings and no notes");
  arguments.flag([&] { globals.verbosity = more_verbose(globals.verbosity); }, "-v,--verbose",
                 "say what is done and why; -vv: in detail");
  arguments.option([&](const std::string& name) { globals.color = color_named(name); }, "--color",
                   "WHEN", "auto, always or never (auto heeds NO_COLOR)");
  arguments.flag([] {}, "-h,--help", "show this");
  arguments.flag([] {}, "--version", "show the version");
}

void declare_fresh(Arguments& arguments, Globals& globals) {
  arguments.flag([&] { globals.fresh = FreshFirst::Yes; }, "--fresh",
                 "bring the cache up to date first, and fail where\n"
                 "auto-register would");
}

int run_command_line(int argc, const char* const* argv) {
  const Words words(argv + std::min(argc, 1), argv + argc);
  Globals globals;
  const auto failed = [&](Exit exit, auto&&... what) {
    Messages(Verbosity::Normal, message_format(words), globals.color).error(what...);
    return static_cast<int>(exit);
  };
  try {
    return static_cast<int>(run(words, globals));
  } catch (const BrokenPipe&) {
    return exit_broken_pipe;
  } catch (const RegistryError& error) {
    return failed(exit_for(error.kind()), error);
  } catch (const std::bad_alloc&) {
    return failed(Exit::Storage, "memory", "out of memory");
  } catch (const std::exception& error) {
    return failed(Exit::Storage, "internal", error.what());
  } catch (...) {
    return failed(Exit::Storage, "internal", "an unknown error");
  }
}

}  // namespace reg::app
