#pragma once
/// @file module.h
/// A module as a value: names, and what they stand for (ExCore: the module given to `match`).
///
/// Where modules come from is not said here: a caller fills them. Plain values; any thread may use
/// its own.
///
/// ```cpp
/// reg::Module module{"torch.optim", {{"SGD", "torch.optim.sgd.SGD", reg::MemberKind::Class}}};
/// registry.match(module, {.include = {"[A-Z]*"}, .exclude = {"_*"}});
/// ```

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace reg {

enum class MemberKind : std::uint8_t { Function, Class, Other };

/// A name in a module.
struct ModuleMember {
  std::string name;
  std::string target;  ///< where it is defined, which may be another module
  MemberKind kind = MemberKind::Other;
  friend bool operator==(const ModuleMember&, const ModuleMember&) = default;
};

struct Module {
  std::string name;
  std::vector<ModuleMember> members;
  friend bool operator==(const Module&, const Module&) = default;
};

/// Whether a member is to be registered (ExCore: `match_func`).
using MatchFunction = std::function<bool(const ModuleMember& member, const Module& module)>;

/// Patterns over the names of members, as in fnmatch(3).
struct MatchPatterns {
  std::vector<std::string> include = {};  ///< any of these; empty: all
  std::vector<std::string> exclude = {};  ///< and none of these
};

/// Functions and classes whose names do not begin with `__` (ExCore: `_default_match_func`).
bool default_match(const ModuleMember& member, const Module& module);
/// Those of `default_match` whose names fit the patterns.
MatchFunction match_by_name(MatchPatterns patterns);

}  // namespace reg
