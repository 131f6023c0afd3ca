#pragma once
// Everything that is not data: errors, warnings and notes, on stderr.

#include "render/style.h"

#include <reg/error.h>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

enum class Verbosity : std::uint8_t { Quiet, Normal, Verbose, Details };
enum class MessageFormat : bool { Text, Json };

struct Message;

// Writes each message whole, in one write. What it is given may come from sources: it is made
// printable.
class Messages {
 public:
  Messages(Verbosity verbosity, MessageFormat format, ColorMode color);

  // What happened, in one plain line.
  void note(std::string_view text) const;
  void warning(std::string_view text, std::string_view hint = {}) const;
  void error(const RegistryError& error) const;
  // An error that is none of ours.
  void error(std::string_view kind, std::string_view text) const;
  void diagnostic(const Diagnostic& diagnostic) const;
  void diagnostics(const std::vector<Diagnostic>& diagnostics) const;
  // What is done and why, for `-v`; what else there is to tell, for `-vv`. There is no logger, and
  // so nothing is done, without these options.
  void info(std::string_view text) const;
  void debug(std::string_view text) const;

  bool verbose() const { return verbosity_ >= Verbosity::Verbose; }
  bool detailed() const { return verbosity_ == Verbosity::Details; }
  bool quiet() const { return verbosity_ == Verbosity::Quiet; }

 private:
  bool is_json() const { return format_ == MessageFormat::Json; }
  void write(const Message& message) const;
  std::string log_text(std::string_view level, std::string_view text) const;

  Verbosity verbosity_;
  MessageFormat format_;
  ColorMode color_;
};

}  // namespace reg::app
