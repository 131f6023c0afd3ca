#include "../render/why.h"
#include "../context_arguments.h"
#include "../render/printable.h"
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
  std::optional<std::string> origin;
  std::optional<std::string> registry;
  std::vector<std::string> context;
};

// Several origins may have it.
std::vector<std::size_t> with_target(const Contest& contest, const std::string& target) {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < contest.symbols.size(); ++at) {
    if (contest.symbols[at].target == target) found.push_back(at);
  }
  return found;
}

std::string origins_of(const Contest& contest, const std::vector<std::size_t>& symbols) {
  std::vector<std::string> origins;
  for (const std::size_t at : symbols) {
    std::string origin = origin_of(contest.symbols[at]);
    origins.push_back(origin.empty() ? "this workspace" : std::move(origin));
  }
  return joined(origins);
}

std::size_t of_origin(const Contest& contest, const std::vector<std::size_t>& symbols,
                      const std::string& origin) {
  const auto found = std::ranges::find(
      symbols, origin, [&contest](std::size_t at) { return origin_of(contest.symbols[at]); });
  if (found != symbols.end()) return *found;
  throw ObjectNotFound(in_quotes(origin) + " publishes no " +
                           in_quotes(contest.symbols[symbols.front()].target) + " as " +
                           contest.registry.name + '/' + contest.oid,
                       "it is from " + origins_of(contest, symbols));
}

// What is not asked about: the same target from others; empty: there is none.
std::string others_text(const Contest& contest, const Options& options) {
  std::vector<std::size_t> all = with_target(contest, options.target);
  if (options.origin || all.size() < 2) return {};
  all.erase(all.begin());
  return options.target + " is from " + origins_of(contest, all) +
         ", too; --origin NAME asks about theirs";
}

// The first in order, where it is not said whose.
std::size_t index_of(const Contest& contest, const Options& options) {
  const std::string& target = options.target;
  const std::vector<std::size_t> all = with_target(contest, target);
  if (!all.empty() && options.origin) return of_origin(contest, all, *options.origin);
  if (!all.empty()) return all.front();
  std::vector<std::string> targets;
  for (const Symbol& symbol : contest.symbols) targets.push_back(symbol.target);
  const std::string name = contest.registry.name + '/' + contest.oid;
  const std::string hint = hint_for_target(target, targets);
  throw ObjectNotFound(in_quotes(target) + " is not registered as " + name,
                       hint.empty() ? "`reg show " + name + "` shows what is" : hint);
}

// Whether a context is known in which it wins: the answer of a script. What is pinned wins wherever
// it applies, and it does so somewhere if others beat it there.
bool can_win(const WhyNot& why, const Candidate& own) {
  if (why.wins || !why.changes.empty() || why.winning.witness) return true;
  return own.pinned && (own.score > 0 || !why.winning.beaten_by.empty());
}

Exit answer(const Options& options, const ContextArguments& arguments, Session& session,
            const Cache& cache) {
  const std::string name =
      options.registry ? *options.registry : only_registry_of(cache, options.oid);
  const RegistryInfo registry = cache.require_registry(name);
  const AskedContext asked = arguments.read_for(registry, cache.base_context(), session.messages());
  Contest contest = contest_of(cache.with_base_context(asked.base), name, options.oid);
  const std::size_t symbol = index_of(contest, options);
  const std::string others = others_text(contest, options);
  const Selection selection =
      cache.with_base_context(asked.base).score(registry, options.oid, asked.given, Explain::Yes);
  const Reasoner reasoner(std::move(contest));
  const WhyNot why = reasoner.why(symbol, asked.given);
  if (session.wants_json()) {
    std::string text;
    append_why(text, reasoner.contest(), symbol, selection, why);
    session.out().line(text);
    if (!others.empty()) session.messages().note(others);
  } else {
    write_why(session.out(), session.style(), reasoner.contest(), symbol, selection, why);
    if (!others.empty()) session.out().line('\n' + printable(others) + '.');
  }
  return can_win(why, candidate_of(selection, reasoner.contest().symbols[symbol])) ? Exit::Done
                                                                                   : Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  if (options.target.empty()) throw UsageError("--target is needed", "reg why OID --target TARGET");
  if (!session.wants_json() && session.format() != Format::Table)
    throw UsageError("`reg why` has table and json output", "-o json has all of it");
  const ContextArguments arguments(options.context);
  return session.answer(
      [&](const Cache& cache) { return answer(options, arguments, session, cache); });
}

}  // namespace

Action setup_why(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Tells why an implementation does not win for a context, and the smallest changes of the\n"
      "context by which it would: those of the fewest facts first. What is said of all contexts\n"
      "holds for whatever may be given over [context] of registry.toml; pins are left aside.");
  arguments.positional(options->oid, "OID", "the identifier that callers ask for");
  arguments.surplus(
      "the implementation is given with --target, the registry with --registry, facts with --ctx");
  arguments.option(options->target, "--target", "TARGET", "the implementation that should win");
  arguments.option(options->origin, "--origin", "NAME",
                   "whose implementation, where several origins publish that target");
  arguments.option(options->registry, "--registry", "REGISTRY",
                   "where to look; needed if several registries have the oid");
  arguments.option(options->context, "--ctx", "FACTS", ctx_help);
  arguments.exit_codes({"1: no context is known in which it wins",
                        "2: the oid is in several registries, or a context that cannot be read",
                        "3: no such registry, oid or target", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
