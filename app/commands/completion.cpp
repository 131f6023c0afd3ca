#include "../completion.h"
#include "commands.h"

#include <reg/error.h>
#include <memory>
#include <string_view>

namespace reg::app {

namespace {

// Each of these asks `reg completion words -- WORD…` for what could stand in the place of the last
// word, and offers files where the answer is empty.

// bash splits words at `:` and `=` too, and replaces only the part behind: the part before it is
// cut from the answers.
constexpr std::string_view bash_script = R"(_reg() {
  local words IFS=$' \t\n'
  read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
  [[ ${COMP_LINE:0:COMP_POINT} == *[[:blank:]] ]] && words+=('')
  local last=${words[${#words[@]}-1]}
  local cut=${last%"${last##*[:=]}"}
  IFS=$'\n'
  COMPREPLY=($(reg completion words -- "${words[@]:1}" 2>/dev/null))
  COMPREPLY=("${COMPREPLY[@]#"$cut"}")
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]] && compopt -o nospace
  return 0
}
complete -o default -F _reg reg
)";

constexpr std::string_view zsh_script = R"(#compdef reg
_reg() {
  local -a found
  found=("${(@f)$(reg completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then
    local -a open done
    open=(${(M)found:#*/})
    done=(${found:#*/})
    (( $#open )) && compadd -S '' -- $open
    (( $#done )) && compadd -- $done
  else
    _files
  fi
}
compdef _reg reg
)";

constexpr std::string_view fish_script = R"(function __reg_words
  set -l typed (commandline -opc) (commandline -ct)
  reg completion words -- $typed[2..-1] 2>/dev/null
end
complete -c reg -f -a '(__reg_words)'
complete -c reg -F -n '__fish_seen_subcommand_from auto-register init'
)";

struct Options {
  std::string shell;
  std::vector<std::string> words;
};

Exit run(const Options& options, Session& session) {
  if (options.shell == "words") {
    for (const std::string& word : complete(options.words)) session.out().line(word);
    return Exit::Done;
  }
  if (!options.words.empty()) throw UsageError("too many arguments");
  if (options.shell == "bash") {
    session.out().write(bash_script);
  } else if (options.shell == "zsh") {
    session.out().write(zsh_script);
  } else if (options.shell == "fish") {
    session.out().write(fish_script);
  } else {
    throw UsageError("unknown shell \"" + options.shell + '"', "one of bash, zsh, fish");
  }
  return Exit::Done;
}

}  // namespace

Action setup_completion(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Prints a script that makes the shell complete reg's commands and options, and the\n"
      "registries, oids and fields that are in the cache. To load it:\n"
      "  bash   source <(reg completion bash)           in ~/.bashrc\n"
      "  zsh    source <(reg completion zsh)            in ~/.zshrc, after compinit\n"
      "  fish   reg completion fish | source            in ~/.config/fish/config.fish");
  arguments.positional(options->shell, "SHELL", "bash, zsh or fish");
  arguments.positional(options->words, "WORD",
                       "after `words` in place of a shell: what could stand for the last of these",
                       Occurs::AnyNumber);
  arguments.exit_codes({"2: no such shell"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
