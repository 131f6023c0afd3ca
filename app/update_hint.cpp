#include "update_hint.h"

#include "render/text.h"

#include <reg/status.h>
#include <reg/text.h>
#include <unistd.h>
#include <filesystem>

namespace reg::app {

namespace fs = std::filesystem;

namespace {

std::string options_for(const Json& define, const std::string& before) {
  std::string text;
  for (const auto& [name, value] : define.items()) {
    text += value.is_object() ? options_for(value, before + name + '.')
                              : " --define " + shell_word(before + name + '=' + value_text(value));
  }
  return text;
}

std::string command(const Globals& globals, const std::string& name) {
  std::string text = "reg " + name;
  if (!globals.workspace.empty()) text += " --workspace " + shell_word(globals.workspace);
  if (!globals.cache.empty()) text += " --cache " + shell_word(globals.cache);
  return text;
}

// The folder that a writer would have to write in; the nearest one that there is.
fs::path folder_of(const fs::path& cache) {
  fs::path folder = cache.parent_path();
  std::error_code error;
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

}  // namespace

std::string define_options(const Json& define) { return options_for(define, ""); }

std::string hint_as_typed(const Globals& globals, std::string hint) {
  constexpr std::string_view untyped = "`reg auto-register`";
  if (const auto at = hint.find(untyped); at != std::string::npos)
    hint.replace(at, untyped.size(), '`' + command(globals, "auto-register") + '`');
  return hint;
}

UpdateHint update_hint(const Globals& globals, const Workspace& workspace, const Json& define) {
  const std::string update = '`' + command(globals, "auto-register") + define_options(define) + '`';
  if (cache_frozen(workspace))
    return {"run `" + command(globals, "unlock") + "` first, then " + update, false};
  const fs::path folder = folder_of(workspace.cache());
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return {"the folder " + folder.string() +
                " may not be written here; with --cache FILE, a cache can be kept elsewhere",
            false};
  return {"run " + update, true};
}

}  // namespace reg::app
