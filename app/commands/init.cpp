#include "../render/text.h"
#include "commands.h"

#include <reg/status.h>
#include <reg/text.h>
#include <algorithm>
#include <filesystem>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::optional<std::string> folder;
  std::optional<std::string> name;
  bool force = false;
};

// How many manifests are there already. The workspace is made, so nothing that is wrong with them
// counts yet: `auto-register` tells it.
std::size_t manifests_in(const Workspace& made) {
  try {
    const std::vector<SourceStatus> sources = status(made).sources;
    return static_cast<std::size_t>(
        std::count_if(sources.begin(), sources.end(), [](const SourceStatus& source) {
          return source.kind.ends_with("manifest") && source.state != SourceState::Failed;
        }));
  } catch (const RegistryError&) {
    return 0;
  }
}

// `mmengine in 12 files, timm in 1 file`.
std::string found_code(const std::vector<DetectedCode>& code) {
  std::vector<std::string> parts;
  for (const DetectedCode& each : code)
    parts.push_back(each.what + " in " + counted(each.files, "file", "files"));
  return joined(parts);
}

// registry.toml names its own folder as the source of manifests.
std::string next_step(const NewWorkspace& made) {
  const std::size_t manifests = manifests_in(made.workspace);
  const std::string there =
      manifests == 0 ? ""
                     : counted(manifests, "manifest that is there", "manifests that are there");
  if (!made.code.empty())
    return "found registrations of " + found_code(made.code) + ": `reg auto-register` reads them" +
           (there.empty() ? "" : ", and " + there);
  if (!there.empty()) return "run `reg auto-register` to read " + there;
  return "declare something in it, or in *.reg.toml and *.reg.json files in that folder, then "
         "run `reg auto-register`";
}

Exit run(const Options& options, Session& session) {
  const std::filesystem::path folder = options.folder.value_or(".");
  const NewWorkspace made =
      init_workspace(folder, options.name.value_or(""), options.force ? Force::Yes : Force::No);
  session.messages().note("created " + made.workspace.config().string() + "; " + next_step(made));
  return Exit::Done;
}

}  // namespace

Action setup_init(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Makes a folder a workspace: writes a commented registry.toml that you then adapt, and the\n"
      "folder .reg for the cache. Where the folder has code that registers in a way that is "
      "known,\n"
      "registry.toml gets the [[scan]]s that read it. Asks nothing, and overwrites nothing "
      "without\n"
      "--force.");
  arguments.positional(options->folder, "DIR", "the folder; the current one if not given");
  arguments.option(options->name, "--name", "NAME", "the workspace's name; else the folder's");
  arguments.flag(options->force, "--force", "replace the registry.toml that is there");
  arguments.exit_codes({"5: there is a registry.toml already, or the folder cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
