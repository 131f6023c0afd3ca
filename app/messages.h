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

enum class Verbosity : std::uint8_t { Quiet, Normal, Verbose };
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
  // For `-v`; the logger is made when it is first used.
  void debug(std::string_view text) const;

  bool quiet() const { return verbosity_ == Verbosity::Quiet; }

 private:
  bool is_json() const { return format_ == MessageFormat::Json; }
  void write(const Message& message) const;

  Verbosity verbosity_;
  MessageFormat format_;
  ColorMode color_;
};

}  // namespace reg::app
