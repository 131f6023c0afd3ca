#include "../completion/bash.h"
#include "../completion/complete.h"
#include "commands.h"
#include "shells.h"

#include <reg/error.h>
#include <memory>

namespace reg::app {

namespace {

// What zsh and fish, and bash, ask for: an offer a line, with its description behind a tab. A line
// without a word says what the shell is to offer itself.
Exit print_completion(const Completion& found, Session& session) {
  if (found.paths != Paths::None)
    session.out().line(found.paths == Paths::Files ? "\tfiles" : "\tfolders");
  for (const Offer& offer : found.offers)
    session.out().line(offer.description.empty() ? offer.text
                                                 : offer.text + '\t' + offer.description);
  return Exit::Done;
}

// `reg` is the first word of a line, and is not completed.
Exit complete_line(const std::vector<std::string>& given, Session& session) {
  if (given.size() != 2) throw UsageError("`line` needs two words: LINE BREAKS");
  BashLine line = read_bash_line(given.front(), given.back());
  if (line.words.size() < 2) return Exit::Done;
  line.words.erase(line.words.begin());
  Completion found = complete(line.words);
  for (Offer& offer : found.offers) offer = {bash_answer(line, offer.text)};
  return print_completion(found, session);
}

struct Options {
  std::string shell;
  std::vector<std::string> words;
};

Exit run(const Options& options, Session& session) {
  if (options.shell == "words") return print_completion(complete(options.words), session);
  if (options.shell == "line") return complete_line(options.words, session);
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
      "Prints a script that makes the shell complete reg's commands and options, and, out of the\n"
      "cache, registries, oids, facts with their values, and columns. It is installed with reg;\n"
      "where the shell does not find it by itself:\n"
      "  bash   source <(reg completion bash)           in ~/.bashrc\n"
      "  zsh    source <(reg completion zsh)            in ~/.zshrc, after compinit\n"
      "  fish   reg completion fish > ~/.config/fish/completions/reg.fish");
  arguments.positional(options->shell, "SHELL", "bash, zsh or fish");
  arguments.positional(
      options->words, "WORD",
      "what the scripts ask: after `words`, what could stand for the last of these; "
      "after `line`, the same of a whole line, as bash wants it",
      Occurs::AnyNumber);
  arguments.exit_codes({"2: no such shell"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
