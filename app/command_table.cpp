#include "command.h"
#include "commands/commands.h"

#include <reg/error.h>
#include <text/names.h>
#include <algorithm>
#include <array>

namespace reg::app {

namespace {

constexpr std::string_view set_up = "Set up";
constexpr std::string_view look = "Look around";
constexpr std::string_view choose_one = "Choose";
constexpr std::string_view change = "Change by hand";
constexpr std::string_view keep = "Look after the cache";

// In the order of the general help; commands of one group stand together.
constexpr auto table = std::to_array<Command>({
    {"init", "make a folder a workspace", "reg init --name demo", set_up, setup_init},
    {"auto-register", "read the sources and write the cache", "reg auto-register --check", set_up,
     setup_auto_register},
    {"status", "which sources changed since", "reg status", set_up, setup_status},
    {"list", "the registries, or what is in one", "reg list model --filter 'Res*' --fields module",
     look, setup_list},
    {"find", "an oid in every registry", "reg find ResNet", look, setup_find},
    {"show", "all that is known about an oid", "reg show views/primary", look, setup_show},
    {"get", "the only implementation of an oid", "reg get model/ResNet", look, setup_get},
    {"select", "the best implementation for a context, and why",
     "reg select primary --registry views --ctx is_instance=CWUser --explain", choose_one,
     setup_select},
    {"possible", "the best implementation of every oid",
     "reg possible adapters --ctx is_instance=Any", choose_one, setup_possible},
    {"register", "add one implementation by hand",
     "reg register Kernel libmine.so:make_gemm --oid gemm --select 'sm >= 80'", change,
     setup_register},
    {"unregister", "take one implementation out", "reg unregister Kernel gemm libmine.so:make_gemm",
     change, setup_unregister},
    {"merge", "copy the symbols of registries into another", "reg merge Backbone Model", change,
     setup_merge},
    {"cache", "where the cache is; check it, or remove it", "reg cache verify", keep, setup_cache},
    {"lock", "freeze the cache", "reg lock", keep, setup_lock},
    {"unlock", "thaw the cache", "reg unlock", keep, setup_unlock},
    {"completion", "a script for bash, zsh or fish", "reg completion bash", keep, setup_completion},
});

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  out.resize(std::max(width, out.size()), ' ');
  return out;
}

}  // namespace

std::span<const Command> commands() { return table; }

bool answers_from_cache(const Command& command) {
  return command.group == look || command.group == choose_one;
}

const Command& command_named(const std::string& name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Command& command) { return command.name == name; });
  if (found != table.end()) return *found;
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const Command& command : table) names.emplace_back(command.name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "`reg --help` lists the commands";
  throw UsageError("unknown command \"" + name + '"', hint);
}

std::string general_help(const Arguments& arguments) {
  std::string out =
      help_text("reg COMMAND", "reg select gemm --ctx device=cuda --explain", arguments);
  std::string list;
  std::string_view group;
  for (const Command& command : table) {
    if (command.group != group) list.append("\n").append(command.group) += ":\n";
    group = command.group;
    list.append("  ").append(padded(command.name, 16)).append(command.summary) += '\n';
  }
  return out.insert(out.find("\nOptions"), list) + "\n`reg COMMAND --help` tells more about one.\n";
}

}  // namespace reg::app
