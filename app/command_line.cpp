#include "command_line.h"

#include "command.h"

#include <reg/text.h>
#include <reg/version.h>
#include <algorithm>
#include <functional>
#include <iterator>
#include <new>
#include <optional>
#include <vector>

namespace reg::app {

namespace {

using Words = std::vector<std::string>;

// What a shell reports for a program that SIGPIPE ended.
constexpr int exit_broken_pipe = 141;

std::string version_line() { return std::string("reg ") + version() + '\n'; }

constexpr std::pair<std::string_view, Format> formats[] = {
    {"table", Format::Table},  {"json", Format::Json}, {"jsonl", Format::JsonLines},
    {"csv", Format::Csv},      {"tsv", Format::Tsv},   {"name", Format::Name},
    {"target", Format::Target}};
constexpr std::string_view template_prefix = "format=";

// `own`: what the command alone has.
std::string format_list(std::string_view own) {
  std::string list;
  for (const auto& [name, format] : formats) (list += name) += ", ";
  if (!own.empty()) (list += own) += ", ";
  return list + "or 'format={oid} {info.x}\\n'";
}

UsageError unknown_format(const std::string& given, std::string_view own,
                          const std::string& near = {}) {
  return UsageError("unknown output format \"" + given + '"',
                    near.empty() ? "it is " + format_list(own) : near);
}

// Those that one command alone has.
std::vector<std::string> own_formats() {
  std::vector<std::string> names;
  for (const Command& command : commands())
    if (!command.own_format.empty()) names.emplace_back(command.own_format);
  return names;
}

void take_format(const std::string& given, Globals& globals, std::string_view own_format) {
  globals.format_given = true;
  for (const auto& [name, format] : formats) {
    if (name != given) continue;
    globals.format = format;
    return;
  }
  if (given.starts_with(template_prefix)) {
    globals.format = Format::Template;
    globals.output_template = OutputTemplate(given.substr(template_prefix.size()));
    return;
  }
  const std::vector<std::string> own = own_formats();
  if (std::find(own.begin(), own.end(), given) == own.end())
    throw unknown_format(given, own_format, did_you_mean(given, own));
  globals.format = Format::Own;
  globals.own_format = given;
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

MessageFormat message_format(const Globals& globals) {
  const bool json = globals.format == Format::Json || globals.format == Format::JsonLines;
  return json ? MessageFormat::Json : MessageFormat::Text;
}

Verbosity more_verbose(Verbosity verbosity) {
  return verbosity < Verbosity::Verbose ? Verbosity::Verbose : Verbosity::Details;
}

void keep_first(Globals& globals, const UsageError& error) {
  if (!globals.wrong) globals.wrong = error;
}

void throw_what_is_wrong(const Globals& globals) {
  if (globals.wrong) throw UsageError(*globals.wrong);
}

// An option for every command; what is wrong with its value is kept.
void global_option(Arguments& arguments, Globals& globals, const char* names, const char* value,
                   std::string help, const std::function<void(const std::string&)>& store) {
  const auto kept = [store, &globals](const std::string& given) {
    try {
      store(given);
    } catch (const UsageError& error) {
      keep_first(globals, error);
    }
  };
  arguments.option(kept, names, value, std::move(help));
}

Exit print(std::string_view text) {
  Output out;
  out.write(text);
  out.finish();
  return Exit::Done;
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-' && word != "--";
}

// Takes the command's name; what follows a `--` are no options, so the mark stays.
std::optional<std::string> take_command(Words& words) {
  const auto name = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word != "--" && !is_option(word);
  });
  if (name == words.end()) return std::nullopt;
  std::string taken = std::move(*name);
  words.erase(name);
  return taken;
}

// The words are read to their end, whatever is wrong, for what they say of help and format.
void read_words(const Arguments& arguments, const Words& words, Globals& globals) {
  try {
    arguments.parse(words);
  } catch (const UsageError& error) {
    keep_first(globals, error);
  }
}

Exit run_command(const Command& command, const Words& words, Globals& globals) {
  Arguments arguments;
  const Action action = declare_command(command, arguments, globals);
  if (globals.fresh == FreshFirst::Yes && !answers_from_cache(command))
    keep_first(globals, UsageError("--fresh is for commands that answer from the cache"));
  read_words(arguments, words, globals);
  if (globals.format == Format::Own && globals.own_format != command.own_format)
    keep_first(globals, unknown_format(globals.own_format, command.own_format));
  if (globals.wanted == Wanted::Help) return print(command_help(command));
  if (globals.wanted == Wanted::Version) return print(version_line());
  throw_what_is_wrong(globals);
  const Messages messages(globals.verbosity, message_format(globals), globals.color);
  Session session(globals, messages);
  const Exit exit = action(session);
  session.out().finish();
  return exit;
}

Exit run_without_command(const Globals& globals) {
  if (globals.wanted == Wanted::Help) return print(general_help());
  throw_what_is_wrong(globals);
  throw UsageError("a command is missing", "`reg --help` lists the commands");
}

// The first pass: the options for every command that stand before the command's name.
Words read_leading(const Words& words, Globals& globals) {
  if (words.empty() || !words.front().starts_with('-')) return words;
  Arguments arguments;
  declare_globals(arguments, globals);
  declare_fresh(arguments, globals);
  try {
    Words rest = arguments.parse_leading(words);
    if (!rest.empty() && is_option(rest.front())) {
      const UsageError unknown = arguments.unknown_option(rest.front());
      keep_first(globals, unknown.hint().empty()
                              ? UsageError(unknown.what(), "a command's options follow its name")
                              : unknown);
    }
    return rest;
  } catch (const UsageError& error) {
    keep_first(globals, error);
    return {};
  }
}

const Command& command_for(const std::string& name, const Words& rest, Globals& globals,
                           std::span<const Command> known) {
  try {
    return command_named(name, known);
  } catch (const UsageError& error) {
    keep_first(globals, error);
    Arguments arguments;
    declare_globals(arguments, globals);
    read_words(arguments, rest, globals);
    throw UsageError(*globals.wrong);
  }
}

Exit run(const Words& words, Globals& globals, std::span<const Command> known) {
  Words rest = read_leading(words, globals);
  if (globals.wanted == Wanted::Version) return print(version_line());
  const std::optional<std::string> name = take_command(rest);
  if (!name) return run_without_command(globals);
  return run_command(command_for(*name, rest, globals, known), rest, globals);
}

}  // namespace

void declare_globals(Arguments& arguments, Globals& globals, std::string_view own_format) {
  const auto option = [&](const char* names, const char* value, std::string help, auto store) {
    global_option(arguments, globals, names, value, std::move(help), store);
  };
  const auto want = [&globals](Wanted what) {
    if (globals.wanted == Wanted::Command) globals.wanted = what;
  };
  arguments.section("Options for every command", Twice::LastCounts);
  option("--workspace", "DIR",
         "the folder with registry.toml (or REG_WORKSPACE); else the current folder or the nearest "
         "above",
         [&](const std::string& given) {
           globals.workspace = not_empty(given, "--workspace needs a folder");
         });
  option(
      "--cache", "FILE",
      "the cache; else .reg/registry_cache.json, or in a folder of its own below REG_CACHE_DIR",
      [&](const std::string& given) { globals.cache = not_empty(given, "--cache needs a file"); });
  option("-o,--output", "FORMAT", format_list(own_format),
         [&globals, own_format](const std::string& given) {
           take_format(given, globals, own_format);
         });
  arguments.flag([&] { globals.headers = Headers::Hidden; }, "--no-headers",
                 "no names of columns above tables, csv and tsv");
  arguments.flag([&] { globals.verbosity = Verbosity::Quiet; }, "-q,--quiet",
                 "no warnings and no notes");
  arguments.flag([&] { globals.verbosity = more_verbose(globals.verbosity); }, "-v,--verbose",
                 "say what is done and why; -vv: in detail");
  option("--color", "WHEN", "auto, always or never (auto heeds NO_COLOR)",
         [&](const std::string& name) { globals.color = color_named(name); });
  arguments.flag([want] { want(Wanted::Help); }, "-h,--help", "show this");
  arguments.flag([want] { want(Wanted::Version); }, "-V,--version", "show the version");
}

Action declare_command(const Command& command, Arguments& arguments, Globals& globals) {
  Action action = command.setup(arguments);
  if (answers_from_cache(command)) declare_fresh(arguments, globals);
  declare_globals(arguments, globals, command.own_format);
  return action;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& [name, format] : formats) names.emplace_back(name);
  names.emplace_back(template_prefix);
  return names;
}

void declare_fresh(Arguments& arguments, Globals& globals) {
  arguments.flag([&] { globals.fresh = FreshFirst::Yes; }, "--fresh",
                 "bring the cache up to date first, and fail where\n"
                 "auto-register would");
}

int run_command_line(int argc, const char* const* argv, std::span<const Command> known) {
  const Words words(argv + std::min(argc, 1), argv + argc);
  Globals globals;
  globals.words.assign(argv, argv + argc);
  const auto failed = [&](Exit exit, auto&&... what) {
    Messages(Verbosity::Normal, message_format(globals), globals.color).error(what...);
    return static_cast<int>(exit);
  };
  try {
    return static_cast<int>(run(words, globals, known));
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
