#pragma once
// What a run is asked for.

#include <reg/auto_register.h>
#include <optional>
#include <string>

namespace reg {

// A source's content that is to be taken instead of what the file holds: a manifest that is about
// to be written.
struct PendingSource {
  std::string path;
  std::string content;
};

// Which facts `when` is evaluated against, where none are given.
enum class Defines : bool { None, OfTheCache };

struct Request {
  AutoRegisterOptions options;
  std::optional<PendingSource> pending;  // then nothing else is read, and `define` is the cache's
  Defines defines = Defines::None;

  bool keeps_define() const {
    return !options.define && (pending.has_value() || options.mode == WriteMode::Check ||
                               defines == Defines::OfTheCache);
  }
  // Whether only some of the sources are asked for.
  bool is_partial() const { return pending.has_value() || !options.targets.empty(); }
};

}  // namespace reg
