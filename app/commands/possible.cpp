#include "../context_arguments.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string registry;
  std::vector<std::string> context;
};

Exit answer(const Options& options, const ContextArguments& arguments, Session& session,
            const Cache& cache) {
  const AskedContext asked = arguments.read_for(cache.require_registry(options.registry),
                                                cache.base_context(), session.messages());
  const std::vector<Candidate> best =
      cache.with_base_context(asked.base).possible_objects(options.registry, asked.given);
  SymbolWriter writer(session, cache, {"oid", "target", "score"});
  for (const Candidate& candidate : best) writer.add(candidate.symbol, candidate.score);
  writer.finish();
  if (!best.empty()) return Exit::Done;
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
  arguments.exit_codes({"1: nothing applies", "2: a context that cannot be read",
                        "3: no such registry", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
