#include "command.h"
#include "command_line.h"
#include "commands/commands.h"
#include "habits.h"

#include <reg/error.h>
#include <reg/text.h>
#include <algorithm>
#include <array>

namespace reg::app {

namespace {

constexpr std::string_view set_up = "Set up";
constexpr std::string_view look = "Look around";
constexpr std::string_view choose_one = "Choose";
constexpr std::string_view change = "Change by hand";
constexpr std::string_view share = "Share";
constexpr std::string_view keep = "Look after the cache";
constexpr std::string_view learn = "Learn";

// In the order of the general help; commands of one group stand together.
constexpr auto table = std::to_array<Command>({
    {"init", "make a folder a workspace", "reg init demo", set_up, setup_init},
    {"auto-register", "read the sources and write the cache", "reg auto-register --check", set_up,
     setup_auto_register},
    {"scan", "what code would register", "reg scan -o table", set_up, setup_scan},
    {"status", "which sources changed since", "reg status", set_up, setup_status},
    {"list", "the registries, or what is in one",
     "reg list timm.models --filter 'resnet*' --fields family", look, setup_list},
    {"find", "an oid in every registry", "reg find ResNet", look, setup_find},
    {"show", "all that is known about a registry, or an oid", "reg show Kernel/gemm", look,
     setup_show},
    {"facts", "the facts that predicates read; this machine's", "reg facts Kernel/gemm", look,
     setup_facts},
    {"get", "the only implementation of an oid", "reg get model/ResNet", look, setup_get},
    {"lint", "what is odd about the declarations", "reg lint --deny never-applies", look,
     setup_lint, "sarif"},
    {"select", "the best implementation for a context, and why",
     "reg select gemm --ctx device=cuda --ctx sm=90 --explain", choose_one, setup_select},
    {"possible", "the best implementation of every oid",
     "reg possible adapters --ctx is_instance=Any", choose_one, setup_possible},
    {"why", "why one does not win, and when it would",
     "reg why gemm --target libgemm_cuda.so:make_cublas --ctx sm=70", choose_one, setup_why},
    {"test", "whether selections come to what is expected",
     "reg test --record gemm.regtest.toml --add Kernel/gemm --ctx device=cuda", choose_one,
     setup_test, "junit"},
    {"diff", "what two caches, or git revisions, select differently", "reg diff HEAD", choose_one,
     setup_diff},
    {"register", "add one implementation by hand",
     "reg register Kernel libmine.so:make_gemm --oid gemm --select 'sm >= 80'", change,
     setup_register},
    {"unregister", "take one implementation out",
     "reg unregister Kernel gemm libgemm_rocm.so:make_rocblas", change, setup_unregister},
    {"merge", "copy the symbols of registries into another", "reg merge Backbone model", change,
     setup_merge},
    {"pin", "make one implementation win wherever it applies",
     "reg pin Kernel/gemm libgemm.so:make_naive --reason 'cuBLAS 12.4 is wrong'", change,
     setup_pin},
    {"unpin", "let the best one win again", "reg unpin Kernel/gemm", change, setup_unpin},
    {"publish", "give what is registered to others", "reg publish", share, setup_publish},
    {"follow", "take what others publish, as it comes", "reg follow --once", share, setup_follow},
    {"fleet", "who publishes what", "reg fleet", share, setup_fleet},
    {"cache", "where the cache is; check it, or remove it", "reg cache verify", keep, setup_cache},
    {"lock", "freeze the cache", "reg lock", keep, setup_lock},
    {"unlock", "thaw the cache", "reg unlock", keep, setup_unlock},
    {"help", "what a command does, and its options", "reg help select", learn, setup_help},
    {"completion", "a script for bash, zsh or fish", "reg completion bash", learn,
     setup_completion},
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

const Command& command_named(const std::string& name, std::span<const Command> known) {
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Command& command) { return command.name == name; });
  if (found != known.end()) return *found;
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const Command& command : known) names.emplace_back(command.name);
  std::string hint = hint_for_habit(name);
  if (hint.empty()) hint = did_you_mean(name, names);
  if (hint.empty()) hint = "`reg --help` lists the commands";
  throw UsageError("unknown command \"" + name + '"', hint);
}

void declare_program(Arguments& arguments, Globals& globals) {
  arguments.describe("Knows which implementations there are, and which one to use here and now.");
  arguments.exit_codes(
      {"1: nothing matched, nothing applies, or --check or diff found a difference",
       "2: bad usage, or bad input (manifest, predicate, context)",
       "3: no such registry, or no such oid",
       "4: ambiguous (`--strict`, `get` with several implementations)",
       "5: workspace or cache: missing, broken, locked; I/O"});
  declare_globals(arguments, globals);
}

std::string general_help() {
  Arguments arguments;
  Globals globals;
  declare_program(arguments, globals);
  std::string out = help_text("reg COMMAND", program_example, arguments);
  std::string list;
  std::string_view group;
  for (const Command& command : table) {
    if (command.group != group) list.append("\n").append(command.group) += ":\n";
    group = command.group;
    list.append("  ").append(padded(command.name, 16)).append(command.summary) += '\n';
  }
  return out.insert(out.find("\nOptions"), list) + "\n`reg help COMMAND` tells more about one.\n";
}

std::string command_help(const Command& command) {
  Arguments arguments;
  Globals globals;
  const Action unused = declare_command(command, arguments, globals);
  return help_text("reg " + std::string(command.name), command.example, arguments);
}

}  // namespace reg::app
