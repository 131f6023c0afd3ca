#pragma once
// The options and arguments of a command: declared once, then parsed, shown as help, or completed.

#include <reg/error.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

enum class Occurs : std::uint8_t { Once, Optionally, AnyNumber, AtLeastOnce };

// What an option comes to that takes one value and is given twice.
enum class Twice : std::uint8_t { IsError, LastCounts };

// One option, flag or positional argument.
struct Argument {
  std::string names;  // `-o,--output`; a positional has one name without dashes
  std::string value;  // what its value is called; empty for a flag
  std::string help;
  Occurs occurs = Occurs::Optionally;
  std::string section;
  Twice twice = Twice::IsError;
  std::function<void(const std::vector<std::string>& values)> store;

  bool positional() const { return names.front() != '-'; }
  bool repeats() const { return occurs == Occurs::AnyNumber || occurs == Occurs::AtLeastOnce; }
};

// Declaring costs nothing but memory: the parser behind it is built by `parse`, for one command.
class Arguments {
 public:
  // Positionals take what options leave, in the order in which they are declared here.
  void positional(std::string& into, const std::string& name, std::string help);
  void positional(std::optional<std::string>& into, const std::string& name, std::string help);
  void positional(std::vector<std::string>& into, const std::string& name, std::string help,
                  Occurs occurs);

  // `names` as `-o,--output`.
  void option(std::string& into, std::string names, std::string value, std::string help);
  void option(std::optional<std::string>& into, std::string names, std::string value,
              std::string help);
  void option(std::optional<std::size_t>& into, std::string names, std::string value,
              std::string help);
  // Each time it is given adds one value.
  void option(std::vector<std::string>& into, std::string names, std::string value,
              std::string help);
  // `store` gets the last value; it may throw UsageError.
  void option(std::function<void(const std::string&)> store, std::string names, std::string value,
              std::string help);
  void flag(bool& into, std::string names, std::string help);
  void flag(std::function<void()> store, std::string names, std::string help);

  // The paragraph of the help, in which lines that begin with blanks stand as they are, and what it
  // says of exit codes: `1: no implementation applies`.
  void describe(std::string text) { description_ = std::move(text); }
  void exit_codes(std::vector<std::string> lines) { exit_codes_ = std::move(lines); }
  // What whoever gives more positionals than there are may have meant.
  void surplus(std::string hint) { surplus_ = std::move(hint); }
  // The heading that what is declared from now on stands under in the help.
  void section(std::string heading, Twice twice = Twice::IsError) {
    section_ = std::move(heading);
    twice_ = twice;
  }

  // Parses the words after the program's and the command's name, and stores the values.
  // Throws UsageError, with the nearest option as a hint. What is declared `LastCounts` is stored
  // as it is met, so that it holds whatever else is wrong with the words.
  void parse(const std::vector<std::string>& words) const;
  // Parses the options before the first other word, and returns the words from there on; options
  // that are not known are among them.
  std::vector<std::string> parse_leading(const std::vector<std::string>& words) const;

  // What is wrong with a word that is no option of these, with the nearest one as a hint.
  UsageError unknown_option(const std::string& word) const;

  const std::vector<Argument>& all() const { return arguments_; }
  const std::string& description() const { return description_; }
  const std::vector<std::string>& exit_code_lines() const { return exit_codes_; }

 private:
  void add(std::string names, std::string value, std::string help, Occurs occurs,
           std::function<void(const std::vector<std::string>&)> store);

  std::vector<Argument> arguments_;
  std::string section_ = "Options";
  Twice twice_ = Twice::IsError;
  std::string description_;
  std::string surplus_;
  std::vector<std::string> exit_codes_;
};

// The help of a command; `usage` is `reg select`, `example` a whole command line.
std::string help_text(std::string_view usage, std::string_view example, const Arguments& arguments);

}  // namespace reg::app
