#include <reg/error.h>
#include <algorithm>

namespace reg {

std::string Place::to_string() const {
  std::string text = path;
  if (line != 0) text += ':' + std::to_string(line);
  if (line != 0 && column != 0) text += ':' + std::to_string(column);
  return text;
}

const char* to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage:
      return "usage";
    case ErrorKind::Input:
      return "input";
    case ErrorKind::RegistryNotFound:
      return "registry-not-found";
    case ErrorKind::ObjectNotFound:
      return "object-not-found";
    case ErrorKind::NoSelectableObject:
      return "no-selectable-object";
    case ErrorKind::NothingFound:
      return "nothing-found";
    case ErrorKind::SelectAmbiguity:
      return "select-ambiguity";
    case ErrorKind::Workspace:
      return "workspace";
    case ErrorKind::Cache:
      return "cache";
    case ErrorKind::Locked:
      return "locked";
    case ErrorKind::LockTimeout:
      return "lock-timeout";
    case ErrorKind::Io:
      return "io";
  }
  return "unknown";
}

RegistryError::RegistryError(ErrorKind kind, const std::string& message, std::string hint,
                             Place place)
    : std::runtime_error(message), kind_(kind), hint_(std::move(hint)), place_(std::move(place)) {}

RegistryError::~RegistryError() = default;

namespace {

Diagnostic first_error(const std::vector<Diagnostic>& diagnostics) {
  auto error = std::find_if(diagnostics.begin(), diagnostics.end(),
                            [](const Diagnostic& d) { return d.severity == Severity::Error; });
  if (error != diagnostics.end()) return *error;
  return {Severity::Error, {}, "the input cannot be used", {}, {}};
}

std::string first_message(const std::vector<Diagnostic>& diagnostics) {
  const Diagnostic error = first_error(diagnostics);
  return (error.place.path.empty() ? "" : error.place.to_string() + ": ") + error.message;
}

// The part of a long text that is worth showing around an offset, and the offset in it.
struct Window {
  std::string text;
  std::size_t offset;
};

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

Window window_around(const std::string& text, std::size_t offset) {
  constexpr std::size_t reach = 60;
  std::size_t begin = offset > reach ? offset - reach : 0;
  std::size_t end = std::min(text.size(), offset + reach);
  while (begin > 0 && continues(text[begin])) --begin;
  while (end < text.size() && continues(text[end])) ++end;
  std::string shown = text.substr(begin, end - begin);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  std::string_view before = std::string_view(shown).substr(0, offset - begin);
  auto columns = static_cast<std::size_t>(
      std::count_if(before.begin(), before.end(), [](char c) { return !continues(c); }));
  return {std::move(shown), columns};
}

}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : RegistryError(ErrorKind::Input, first_message(diagnostics), first_error(diagnostics).hint,
                    first_error(diagnostics).place),
      diagnostics_(std::move(diagnostics)) {}

PredicateError::PredicateError(const std::string& message, std::string text, std::size_t offset,
                               std::string hint)
    : RegistryError(ErrorKind::Input, message, std::move(hint)),
      text_(std::move(text)),
      offset_(std::min(offset, text_.size())) {}

std::string PredicateError::excerpt() const {
  Window window = window_around(text_, offset_);
  return window.text + '\n' + std::string(window.offset, ' ') + '^';
}

}  // namespace reg
