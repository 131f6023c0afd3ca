#include "arguments.h"

#include <reg/error.h>
#include <text/names.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

namespace reg::app {

namespace {

std::size_t parse_count(const std::string& text, const std::string& names) {
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, number);
  if (text.empty() || status != std::errc{} || stop != end) {
    throw UsageError(names + " needs a whole number, not \"" + text + '"');
  }
  return number;
}

std::vector<std::string> option_names(const std::vector<Argument>& arguments) {
  std::vector<std::string> names;
  for (const Argument& argument : arguments) {
    if (!argument.positional()) {
      for (std::string& name : CLI::detail::split(argument.names, ','))
        names.push_back(std::move(name));
    }
  }
  return names;
}

bool is_unknown_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// The parser takes the empty value in `--name=` for a missing one, and its last word first.
std::vector<std::string> parser_words(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  bool options = true;
  for (const std::string& word : words) {
    if (word == "--") options = false;
    if (options && word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1) {
      out.push_back(word.substr(0, word.size() - 1));
      out.emplace_back();
    } else {
      out.push_back(word);
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

void declare(CLI::App& parser, const Argument& argument) {
  const auto stored = [&argument](const CLI::results_t& values) {
    if (values.size() > 1 && !argument.repeats() && argument.twice == Twice::IsError)
      throw UsageError(argument.names.substr(argument.names.rfind(',') + 1) + " is given twice");
    argument.store(values);
    return true;
  };
  if (argument.value.empty()) {
    // `-vv` is `-v` twice.
    auto flag = std::make_shared<CLI::Option*>();
    *flag = parser.add_flag_callback(argument.names, [&argument, flag] {
      for (std::size_t times = (*flag)->count(); times > 0; --times) argument.store({});
    });
    return;
  }
  CLI::Option* option = parser.add_option(argument.names, stored);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

// `--filter: 1 required TEXT missing` and its like begin with the option's name.
std::string mismatch_message(const std::string& text) {
  return text.substr(0, text.find(':')) + " needs a value";
}

// `Could not convert: --all = maybe`; only flags are converted by the parser.
std::string flag_message(const std::string& text) {
  return "a flag takes no value:" + text.substr(text.find(':') + 1);
}

// Options are stored on the way; what is left are the positionals, and perhaps a `--`.
std::vector<std::string> parse_options(const std::vector<Argument>& arguments,
                                       const std::vector<std::string>& words) {
  CLI::App parser;
  parser.set_help_flag();
  parser.allow_extras();
  for (const Argument& argument : arguments) {
    if (!argument.positional()) declare(parser, argument);
  }
  try {
    parser.parse(parser_words(words));
  } catch (const CLI::ArgumentMismatch& error) {
    throw UsageError(mismatch_message(error.what()));
  } catch (const CLI::ConversionError& error) {
    throw UsageError(flag_message(error.what()));
  } catch (const CLI::Error& error) {
    throw UsageError(error.what());
  }
  return parser.remaining();
}

std::vector<std::string> positional_words(const std::vector<Argument>& arguments,
                                          std::vector<std::string> left) {
  const auto mark = std::find(left.begin(), left.end(), "--");
  const auto unknown = std::find_if(left.begin(), mark, is_unknown_option);
  if (unknown != mark) {
    const std::string name = unknown->substr(0, unknown->find('='));
    throw UsageError("unknown option " + name, did_you_mean(name, option_names(arguments)));
  }
  if (mark != left.end()) left.erase(mark);
  return left;
}

void store_positionals(const std::vector<Argument>& arguments,
                       const std::vector<std::string>& words) {
  auto next = words.begin();
  for (const Argument& argument : arguments) {
    if (!argument.positional()) continue;
    if (argument.occurs == Occurs::Once || argument.occurs == Occurs::AtLeastOnce) {
      if (next == words.end()) throw UsageError(argument.names + " is missing");
    }
    const auto end = argument.repeats() ? words.end() : next + (next == words.end() ? 0 : 1);
    if (next != end) argument.store({next, end});
    next = end;
  }
  if (next != words.end()) throw UsageError("unexpected argument \"" + *next + '"');
}

}  // namespace

void Arguments::add(std::string names, std::string value, std::string help, Occurs occurs,
                    std::function<void(const std::vector<std::string>&)> store) {
  arguments_.push_back({std::move(names), std::move(value), std::move(help), occurs, section_,
                        twice_, std::move(store)});
}

void Arguments::positional(std::string& into, const std::string& name, std::string help) {
  add(name, name, std::move(help), Occurs::Once,
      [&into](const auto& values) { into = values.back(); });
}

void Arguments::positional(std::optional<std::string>& into, const std::string& name,
                           std::string help) {
  add(name, name, std::move(help), Occurs::Optionally,
      [&into](const auto& values) { into = values.back(); });
}

void Arguments::positional(std::vector<std::string>& into, const std::string& name,
                           std::string help, Occurs occurs) {
  add(name, name, std::move(help), occurs, [&into](const auto& values) { into = values; });
}

void Arguments::option(std::function<void(const std::string&)> store, std::string names,
                       std::string value, std::string help) {
  add(std::move(names), std::move(value), std::move(help), Occurs::Optionally,
      [store = std::move(store)](const auto& values) { store(values.back()); });
}

void Arguments::option(std::string& into, std::string names, std::string value, std::string help) {
  option([&into](const std::string& given) { into = given; }, std::move(names), std::move(value),
         std::move(help));
}

void Arguments::option(std::optional<std::string>& into, std::string names, std::string value,
                       std::string help) {
  option([&into](const std::string& given) { into = given; }, std::move(names), std::move(value),
         std::move(help));
}

void Arguments::option(std::optional<std::size_t>& into, std::string names, std::string value,
                       std::string help) {
  const std::string shown = names;
  option([&into, shown](const std::string& given) { into = parse_count(given, shown); },
         std::move(names), std::move(value), std::move(help));
}

void Arguments::option(std::vector<std::string>& into, std::string names, std::string value,
                       std::string help) {
  add(std::move(names), std::move(value), std::move(help), Occurs::AnyNumber,
      [&into](const auto& values) { into = values; });
}

void Arguments::flag(bool& into, std::string names, std::string help) {
  flag([&into] { into = true; }, std::move(names), std::move(help));
}

void Arguments::flag(std::function<void()> store, std::string names, std::string help) {
  add(std::move(names), {}, std::move(help), Occurs::Optionally,
      [store = std::move(store)](const auto&) { store(); });
}

void Arguments::parse(const std::vector<std::string>& words) const {
  store_positionals(arguments_, positional_words(arguments_, parse_options(arguments_, words)));
}

}  // namespace reg::app
