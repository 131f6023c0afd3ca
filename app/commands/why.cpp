#include "../render/why.h"
#include "../context_arguments.h"
#include "commands.h"

#include <reg/query.h>
#include <reg/reasoning.h>
#include <reg/shapes.h>
#include <reg/text.h>
#include <algorithm>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string oid;
  std::string target;
  std::optional<std::string> registry;
  std::vector<std::string> context;
};

std::size_t index_of(const Contest& contest, const std::string& target) {
  const auto found = std::ranges::find(contest.symbols, target, &Symbol::target);
  if (found != contest.symbols.end())
    return static_cast<std::size_t>(found - contest.symbols.begin());
  std::vector<std::string> targets;
  for (const Symbol& symbol : contest.symbols) targets.push_back(symbol.target);
  throw ObjectNotFound(
      in_quotes(target) + " is not registered as " + contest.registry.name + '/' + contest.oid,
      did_you_mean(target, targets));
}

// Whether there is a context in which it would win: the answer of a script.
bool can_win(const WhyNot& why) {
  return why.wins || !why.changes.empty() || why.winning.witness.has_value();
}

// What is pinned wins wherever it applies, whoever else is there.
void leave_alone_if_pinned(Contest& contest, std::size_t& symbol) {
  const Pin* pin = contest.registry.pin(contest.oid);
  if (pin == nullptr || pin->target != contest.symbols[symbol].target) return;
  contest.symbols = {std::move(contest.symbols[symbol])};
  symbol = 0;
}

Exit answer(const Options& options, const ContextArguments& arguments, Session& session,
            const Cache& cache) {
  const std::string name =
      options.registry ? *options.registry : only_registry_of(cache, options.oid);
  const RegistryInfo registry = cache.require_registry(name);
  const AskedContext asked = arguments.read_for(registry, cache.base_context(), session.messages());
  Contest contest = contest_of(cache.with_base_context(asked.base), name, options.oid);
  std::size_t symbol = index_of(contest, options.target);
  leave_alone_if_pinned(contest, symbol);
  const Selection selection =
      cache.with_base_context(asked.base).score(registry, options.oid, asked.given, Explain::Yes);
  const Reasoner reasoner(std::move(contest));
  const WhyNot why = reasoner.why(symbol, asked.given);
  if (session.format() == Format::Table) {
    write_why(session.out(), session.style(), reasoner.contest(), symbol, selection, why);
  } else if (session.format() == Format::Json || session.format() == Format::JsonLines) {
    std::string text;
    append_why(text, reasoner.contest(), symbol, selection, why);
    session.out().line(text);
  } else {
    throw UsageError("reg why is for table and json output");
  }
  return can_win(why) ? Exit::Done : Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  if (options.target.empty()) throw UsageError("--target is needed", "reg why OID --target TARGET");
  const ContextArguments arguments(options.context);
  return session.answer(
      [&](const Cache& cache) { return answer(options, arguments, session, cache); });
}

}  // namespace

Action setup_why(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Tells why an implementation does not win for a context, and the smallest changes of the\n"
      "context by which it would: those of the fewest facts first. What is said of all contexts "
      "holds\n"
      "for whatever may be given over [context] of registry.toml, and without the pin where "
      "another "
      "one\n"
      "is pinned.");
  arguments.positional(options->oid, "OID", "the identifier that callers ask for");
  arguments.surplus("the registry is given with --registry, facts with --ctx");
  arguments.option(options->target, "--target", "TARGET", "the implementation that should win");
  arguments.option(options->registry, "--registry", "REGISTRY",
                   "where to look; needed if several registries have the oid");
  arguments.option(options->context, "--ctx", "FACTS", ctx_help);
  arguments.exit_codes({"1: no context is known in which it wins",
                        "2: the oid is in several registries, or a context that cannot be read",
                        "3: no such registry, oid or target", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
