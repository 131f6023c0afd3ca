#include "../render/text.h"
#include "commands.h"

#include <reg/status.h>
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
          return source.path != Workspace::config_name && source.state != SourceState::Failed;
        }));
  } catch (const RegistryError&) {
    return 0;
  }
}

// registry.toml names its own folder as the source of manifests.
std::string next_step(const Workspace& made) {
  const std::size_t manifests = manifests_in(made);
  if (manifests == 0)
    return "declare something in it, or in *.reg.toml and *.reg.json files in that folder, then "
           "run `reg auto-register`";
  return "run `reg auto-register` to read " +
         counted(manifests, "manifest that is there", "manifests that are there");
}

Exit run(const Options& options, Session& session) {
  const std::filesystem::path folder = options.folder.value_or(".");
  const Workspace made =
      init_workspace(folder, options.name.value_or(""), options.force ? Force::Yes : Force::No);
  session.messages().note("created " + made.config().string() + "; " + next_step(made));
  return Exit::Done;
}

}  // namespace

Action setup_init(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Makes a folder a workspace: writes a commented registry.toml that you then adapt, and the\n"
      "folder .reg for the cache. Asks nothing, and overwrites nothing without --force.");
  arguments.positional(options->folder, "DIR", "the folder; the current one if not given");
  arguments.option(options->name, "--name", "NAME", "the workspace's name; else the folder's");
  arguments.flag(options->force, "--force", "replace the registry.toml that is there");
  arguments.exit_codes({"5: there is a registry.toml already, or the folder cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
