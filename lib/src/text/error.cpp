#include <reg/error.h>
#include <text/excerpt.h>
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
    case ErrorKind::Plugin:
      return "plugin";
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

}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics)
    : RegistryError(ErrorKind::Input, first_message(diagnostics), first_error(diagnostics).hint,
                    first_error(diagnostics).place),
      diagnostics_(std::move(diagnostics)) {}

PredicateError::PredicateError(const std::string& message, std::string text, std::size_t offset,
                               std::string hint)
    : InputError(message, std::move(hint)),
      text_(std::move(text)),
      offset_(std::min(offset, text_.size())) {}

std::string PredicateError::excerpt() const { return reg::excerpt(text_, offset_); }

}  // namespace reg
