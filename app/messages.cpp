#include "messages.h"

#include "debug_log.h"
#include "render/printable.h"

#include <reg/shapes.h>
#include <reg/text.h>
#include <unistd.h>

namespace reg::app {

// One message; `level` is `error`, `warning` or `note`.
struct Message {
  std::string_view level;
  std::string_view text;
  std::string_view hint;
  std::string excerpt;
  Place place;
};

namespace {

void write_stderr(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;  // there is nowhere left to complain
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void indent_lines(std::string& out, std::string_view text, std::string_view indent) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.append(indent).append(text.substr(0, end)) += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::string label(std::string_view level, const Style& style) {
  std::string text = std::string(level) + ':';
  return level == "error" ? style.error(text) : style.warning(text);
}

template <typename Append>
void write_json(Append&& append) {
  std::string line;
  append(line);
  write_stderr(line + '\n');
}

std::string text_lines(const Message& message, const Style& style) {
  const std::string place = message.place.to_string();
  std::string out = style.bold(place.empty() ? "reg:" : printable(place) + ':') + ' ';
  out += label(message.level, style) + ' ' + printable(message.text, Newlines::Keep) + '\n';
  indent_lines(out, printable(message.excerpt, Newlines::Keep), "  ");
  if (!message.hint.empty()) {
    out += style.dim("  hint:") + ' ' + printable(message.hint, Newlines::Keep) + '\n';
  }
  return out;
}

}  // namespace

Messages::Messages(Verbosity verbosity, MessageFormat format, ColorMode color)
    : verbosity_(verbosity), format_(format), color_(color) {
  if (verbose()) enable_log(detailed() ? LogLevel::Debug : LogLevel::Info, format);
}

void Messages::note(std::string_view text) const {
  if (quiet()) return;
  if (is_json()) return write_stderr("{\"note\":{\"message\":" + in_quotes(text) + "}}\n");
  write_stderr(printable(text, Newlines::Keep) + '\n');
}

void Messages::warning(std::string_view text, std::string_view hint) const {
  if (quiet()) return;
  if (is_json())
    return write_json([&](std::string& out) { append_message(out, "warning", {}, text, hint); });
  write({.level = "warning", .text = text, .hint = hint, .excerpt = {}, .place = {}});
}

void Messages::error(const RegistryError& error) const {
  if (const auto* input = dynamic_cast<const InputError*>(&error);
      input && !input->diagnostics().empty()) {
    return diagnostics(input->diagnostics());
  }
  if (is_json()) return write_json([&](std::string& out) { append_error(out, error); });
  const auto* predicate = dynamic_cast<const PredicateError*>(&error);
  write({.level = "error",
         .text = error.what(),
         .hint = error.hint(),
         .excerpt = predicate ? predicate->excerpt() : std::string(),
         .place = error.place()});
}

void Messages::error(std::string_view kind, std::string_view text) const {
  if (is_json())
    return write_json([&](std::string& out) { append_message(out, "error", kind, text); });
  write({.level = "error", .text = text, .hint = {}, .excerpt = {}, .place = {}});
}

void Messages::diagnostic(const Diagnostic& diagnostic) const {
  const bool warning = diagnostic.severity == Severity::Warning;
  if (warning && quiet()) return;
  if (is_json()) return write_json([&](std::string& out) { append_diagnostic(out, diagnostic); });
  write({.level = warning ? "warning" : "error",
         .text = diagnostic.message,
         .hint = diagnostic.hint,
         .excerpt = diagnostic.excerpt,
         .place = diagnostic.place});
}

void Messages::diagnostics(const std::vector<Diagnostic>& diagnostics) const {
  for (const Diagnostic& each : diagnostics) diagnostic(each);
}

void Messages::info(std::string_view text) const {
  if (verbose()) log(LogLevel::Info, log_text("info", text));
}

void Messages::debug(std::string_view text) const {
  if (detailed()) log(LogLevel::Debug, log_text("debug", text));
}

// A line of the log; it ends it itself.
std::string Messages::log_text(std::string_view level, std::string_view text) const {
  if (format_ == MessageFormat::Text) return printable(text);
  return "{\"" + std::string(level) + "\":{\"message\":" + to_text(Json(std::string(text))) + "}}";
}

void Messages::write(const Message& message) const {
  write_stderr(text_lines(message, Style::for_descriptor(color_, STDERR_FILENO)));
}

}  // namespace reg::app
