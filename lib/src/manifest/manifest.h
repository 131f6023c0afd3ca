#pragma once
// Reads manifests (TOML and JSON, one model) into declarations.

#include <manifest/declarations.h>
#include <manifest/scan_settings.h>
#include <reg/json.h>
#include <reg/lint_rules.h>
#include <reg/refresh.h>
#include <reg/remote_settings.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The path of the manifest that `reg` writes itself. Only it may have pins.
inline constexpr std::string_view manual_path = "manual.reg.json";

enum class ManifestFormat : std::uint8_t { JsonText, TomlText };

// What only `registry.toml` says (DESIGN: manifests).
struct Settings {
  std::string name;
  std::vector<SourceEntry> sources;
  std::vector<std::string> exclude;
  std::vector<std::string> library_path;  // folders of plugins
  double lock_timeout = 5.0;              // seconds
  Refresh refresh = Refresh::Warn;
  Json facts = Json::object();
  Json context = Json::object();
  LintSettings lint;
  std::vector<Scan> scans;
  std::optional<RemoteSettings> remote;
};

// Reads a manifest. `path` goes into the lines and diagnostics as it is. Never throws on account of
// the text: all that is wrong with it is in the result's diagnostics.
Declarations read_manifest(std::string_view text, const std::string& path, ManifestFormat format);

// How much of registry.toml could be used; the worst is the greatest.
enum class SettingsState : std::uint8_t {
  Good,
  Wrong,    // something else than the sources: what is wrong is as if it were not there
  Unknown,  // also which files the sources are
};

// Reads registry.toml: the settings, and what else it declares.
struct ConfigFile {
  Settings settings;
  SettingsState state = SettingsState::Unknown;
  Declarations declarations;
};
ConfigFile read_config(std::string_view text, const std::string& path);

}  // namespace reg
