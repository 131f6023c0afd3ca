#pragma once
/// @file remote_settings.h
/// `[remote]` of `registry.toml`: which shared registry a workspace publishes to and follows.
///
/// Functions of their arguments; any thread may call them.
///
/// ```cpp
/// assert(reg::origin_name_problem("host-17.lab").empty());
/// assert(!reg::origin_name_problem("../host").empty());
/// ```

#include <reg/json.h>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// `[remote]`. Paths are as written; relative ones count from the workspace.
struct RemoteSettings {
  static constexpr std::size_t most_facts = 4096;  ///< bytes, as JSON

  std::vector<std::string> etcd;     ///< URLs of the members, without a last slash; never empty
  std::string name;                  ///< of the shared registry
  std::string origin;                ///< under which this workspace publishes
  std::vector<std::string> publish;  ///< which of its own sources; empty: it only follows
  Json facts = Json::object();       ///< of this origin: `self.origin.x` of what it publishes
  std::optional<std::chrono::seconds> lease;  ///< not set: it stays until it is withdrawn
  std::chrono::milliseconds poll{2000};       ///< between two looks at what others publish
  bool load = false;                          ///< whether `Plugin` may load what others publish
  std::string ca, cert, key;                  ///< PEM files; empty: none
  std::string user, password_file;            ///< empty: without
};

/// Why a text cannot be an origin's name; empty if it can: `[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}`. So
/// it can stand in a file's name and in a key.
[[nodiscard]] std::string origin_name_problem(std::string_view name);

}  // namespace reg
