#pragma once
// What the process ends with (DESIGN: command line).

#include <reg/error.h>
#include <cstdint>

namespace reg::app {

enum class Exit : std::uint8_t {
  Done = 0,
  Nothing = 1,
  Input = 2,
  Unknown = 3,
  Ambiguous = 4,
  Storage = 5
};

constexpr Exit exit_for(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage:
    case ErrorKind::Input:
      return Exit::Input;
    case ErrorKind::RegistryNotFound:
    case ErrorKind::ObjectNotFound:
      return Exit::Unknown;
    case ErrorKind::NoSelectableObject:
    case ErrorKind::NothingFound:
      return Exit::Nothing;
    case ErrorKind::SelectAmbiguity:
      return Exit::Ambiguous;
    case ErrorKind::Workspace:
    case ErrorKind::Cache:
    case ErrorKind::Locked:
    case ErrorKind::LockTimeout:
    case ErrorKind::Io:
    case ErrorKind::Plugin:
      return Exit::Storage;
  }
  return Exit::Storage;
}

}  // namespace reg::app
