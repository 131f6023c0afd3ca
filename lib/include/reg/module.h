#pragma once
/// @file module.h
/// A module as a value, names and what they stand for, and its registration: `match`.
///
/// Where modules come from is not said here: a caller fills them. Plain values; any thread may use
/// its own. `match` needs exclusive access to the registry and its store.
///
/// ```cpp
/// const reg::Module module{"torch.optim",
///                          {{"SGD", "torch.optim.sgd.SGD", reg::MemberKind::Class},
///                           {"_params", "torch.optim._params", reg::MemberKind::Function}}};
/// reg::Registry optimizers("Optimizer");
/// assert(reg::match(optimizers, module, {.include = {"[A-Z]*"}, .exclude = {"_*"}}) == 1);
/// assert(optimizers.object_by_id("SGD").target == "torch.optim.sgd.SGD");
/// ```

#include <reg/workspace.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace reg {

class Registry;

/// What a name stands for.
enum class MemberKind : std::uint8_t { Function, Class, Other };

/// A name in a module.
struct ModuleMember {
  std::string name;    ///< as it is called there
  std::string target;  ///< where it is defined, which may be another module
  MemberKind kind = MemberKind::Other;
  friend bool operator==(const ModuleMember&, const ModuleMember&) = default;
};

/// A module (ExCore: the one that is given to `match`).
struct Module {
  std::string name;                   ///< its dotted path
  std::vector<ModuleMember> members;  ///< in the order in which they are registered
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
[[nodiscard]] bool default_match(const ModuleMember& member, const Module& module);
/// Those of `default_match` whose names fit the patterns.
[[nodiscard]] MatchFunction match_by_name(MatchPatterns patterns);

/// Registers the functions and classes of a module that match, under their names in it, all or none
/// (ExCore: `match`). Returns how many of them are registered now; 0 while registration is locked.
/// @throws InputError as `Registry::register_symbol`.
std::size_t match(Registry& registry, const Module& module, const MatchPatterns& patterns = {},
                  Force force = Force::No);
/// As above. @throws also what `matches` throws.
std::size_t match(Registry& registry, const Module& module, const MatchFunction& matches,
                  Force force = Force::No);

}  // namespace reg
