#include "arguments.h"

#include "habits.h"

#include <reg/error.h>
#include <reg/text.h>
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

bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

// No word of a command line holds a NUL, so that one can mark a value as such: the parser takes an
// empty one for none, and a lone `++` for the end.
constexpr char mark = '\0';

std::string marked(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (word == "++") return mark + word;
  if (!word.starts_with("--") || equals == std::string::npos) return word;
  return word.substr(0, equals + 1) + mark + word.substr(equals + 1);
}

std::string unmarked(std::string word) {
  std::erase(word, mark);
  return word;
}

std::vector<std::string> unmarked(std::vector<std::string> words) {
  for (std::string& word : words) word = unmarked(std::move(word));
  return words;
}

// In the parser's order: its last word first.
std::vector<std::string> parser_words(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  out.reserve(words.size());
  for (const std::string& word : words) out.push_back(marked(word));
  std::reverse(out.begin(), out.end());
  return out;
}

enum class Until : bool { End, FirstOther };

// One pass over the words.
class Parser {
 public:
  Parser(const std::vector<Argument>& arguments, Until until) : arguments_(arguments) {
    parser_.set_help_flag();
    parser_.allow_extras();
    parser_.prefix_command(until == Until::FirstOther);
    for (const Argument& argument : arguments) {
      if (!argument.positional()) declare(argument);
    }
  }

  // Options are stored on the way; what is left are the positionals, and perhaps a `--`.
  std::vector<std::string> parse(const std::vector<std::string>& words);

 private:
  void declare(const Argument& argument) {
    const auto stored = [this, &argument](const CLI::results_t& values) {
      store(argument, values);
      return true;
    };
    CLI::Option* option =
        argument.value.empty()
            ? parser_.add_flag_callback(argument.names, [&argument] { argument.store({}); })
            : parser_.add_option(argument.names, stored);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->trigger_on_parse(argument.twice == Twice::LastCounts);
  }

  void store(const Argument& argument, const CLI::results_t& values) {
    const std::string name = argument.names.substr(argument.names.rfind(',') + 1);
    if (values.size() > 1 && !argument.repeats()) throw UsageError(name + " is given twice");
    for (const std::string& value : values) {
      // Told at the end: what follows is read all the same.
      if (!missing_ && is_option(value) && is_name(value))
        missing_.emplace(name + " needs a value",
                         "if it is \"" + value + "\", write " + name + '=' + value);
    }
    argument.store(unmarked(values));
  }

  bool is_name(const std::string& word) const {
    const std::vector<std::string> names = option_names(arguments_);
    return std::find(names.begin(), names.end(), word) != names.end();
  }

  const std::vector<Argument>& arguments_;
  CLI::App parser_;
  std::optional<UsageError> missing_;  // an option stands where a value was to come
};

// `--filter: 1 required TEXT missing` and its like begin with the option's name.
std::string mismatch_message(const std::string& text) {
  return text.substr(0, text.find(':')) + " needs a value";
}

// `Could not convert: --all = maybe`; only flags are converted by the parser.
std::string flag_message(const std::string& text) {
  const std::size_t name = std::min(text.find(": "), text.size() - 2) + 2;
  return text.substr(name, text.find(' ', name) - name) + " takes no value";
}

std::vector<std::string> Parser::parse(const std::vector<std::string>& words) {
  try {
    parser_.parse(parser_words(words));
  } catch (const CLI::ArgumentMismatch& error) {
    throw UsageError(mismatch_message(error.what()));
  } catch (const CLI::ConversionError& error) {
    throw UsageError(flag_message(error.what()));
  } catch (const CLI::Error& error) {
    throw UsageError(unmarked(error.what()));
  }
  if (missing_) throw UsageError(*missing_);
  return unmarked(parser_.remaining());
}

// What is left of words: positionals, and perhaps a `--` before them.
std::vector<std::string> positional_words(const Arguments& arguments,
                                          std::vector<std::string> left) {
  const auto end_of_options = std::find(left.begin(), left.end(), "--");
  const auto unknown = std::find_if(left.begin(), end_of_options, is_option);
  if (unknown != end_of_options) throw arguments.unknown_option(*unknown);
  if (end_of_options != left.end()) left.erase(end_of_options);
  return left;
}

void store_positionals(const std::vector<Argument>& arguments,
                       const std::vector<std::string>& words, const std::string& surplus) {
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
  if (next != words.end()) throw UsageError("unexpected argument \"" + *next + '"', surplus);
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
  store_positionals(arguments_,
                    positional_words(*this, Parser(arguments_, Until::End).parse(words)), surplus_);
}

std::vector<std::string> Arguments::parse_leading(const std::vector<std::string>& words) const {
  return Parser(arguments_, Until::FirstOther).parse(words);
}

UsageError Arguments::unknown_option(const std::string& word) const {
  const std::string name = word.substr(0, word.find('='));
  std::string hint = hint_for_habit(name);
  // One letter is near every other one.
  const bool has_name = name.starts_with("--");
  if (hint.empty() && has_name) hint = did_you_mean(name, option_names(arguments_));
  return UsageError("unknown option " + name, hint);
}

}  // namespace reg::app
