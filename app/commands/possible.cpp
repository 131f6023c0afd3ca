#include "../context_arguments.h"
#include "../render/symbol_writer.h"
#include "../render/text.h"
#include "commands.h"

#include <algorithm>
#include <memory>
#include <span>

namespace reg::app {

namespace {

struct Options {
  std::string registry;
  std::vector<std::string> context;
  bool strict = false;
};

constexpr std::size_t most_warnings = 5;

void warn_of(const std::vector<Tie>& ties, const Messages& messages) {
  const std::size_t count = std::min(ties.size(), most_warnings);
  for (const Tie& tie : std::span(ties).first(count))
    messages.warning(tie.message() + "; the first is taken");
  if (count == ties.size()) return;
  messages.warning(counted(ties.size() - count, "more oid", "more oids") + " of " +
                       ties.front().registry + " with a tie",
                   "--strict makes ties an error");
}

Exit answer(const Options& options, const ContextArguments& arguments, Session& session,
            const Cache& cache) {
  const RegistryInfo registry = cache.require_registry(options.registry);
  const AskedContext asked = arguments.read_for(registry, cache.base_context(), session.messages());
  const PossibleObjects possible =
      cache.with_base_context(asked.base).possible_objects(options.registry, asked.given);
  if (options.strict && !possible.ties.empty()) throw SelectAmbiguity(possible.ties);
  warn_of(possible.ties, session.messages());
  SymbolWriter writer = selection_writer(session, cache, options.registry);
  writer.show_origins();
  for (const Candidate& one : possible.winners) writer.add(one);
  writer.finish();
  if (!possible.winners.empty()) return Exit::Done;
  session.messages().note("nothing in " + options.registry + " applies to this context");
  return Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  const ContextArguments arguments(options.context);
  return session.answer(
      [&](const Cache& cache) { return answer(options, arguments, session, cache); });
}

}  // namespace

Action setup_possible(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Selects for every oid of a registry at once: the best implementation of each, with its "
      "score,\n"
      "leaving out the oids where none applies.");
  arguments.positional(options->registry, "REGISTRY", "the registry");
  arguments.option(options->context, "--ctx", "FACTS", ctx_help);
  arguments.flag(options->strict, "--strict", "a tie is an error, not a warning");
  arguments.exit_codes({"1: nothing applies", "2: a context that cannot be read",
                        "3: no such registry", "4: a tie, under --strict", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
