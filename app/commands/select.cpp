#include "../context_arguments.h"
#include "../render/explain.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <reg/query.h>
#include <reg/shapes.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string oid;
  std::optional<std::string> registry;
  std::vector<std::string> context;
  bool explain = false;
  bool or_none = false;
  bool all = false;
  bool strict = false;
};

void write_explanation(Session& session, const Selection& selection, const Json& origins) {
  if (session.format() == Format::Table) {
    return write_explanation(session.out(), session.style(), selection, origins);
  }
  std::string text;
  append_explanation(text, selection, origins);
  session.out().line(text);
}

void write_applicable(Session& session, const Cache& cache, const Selection& selection) {
  SymbolWriter writer = selection_writer(session, cache, selection.registry);
  writer.show_origins();
  for (const Candidate& candidate : selection.applicable()) writer.add(candidate);
  writer.finish();
}

void write_selection(const Options& options, Session& session, const Cache& cache,
                     const Selection& selection) {
  if (options.all) return write_applicable(session, cache, selection);
  if (const Candidate* winner = selection.winner()) {
    write_one_symbol(session, cache, winner->symbol, winner->score, winner->why_pinned());
  }
}

// Whether the best one was taken is not to be seen in the answer.
void tell_pin(const Selection& selection, const Messages& messages) {
  const Candidate* winner = selection.winner();
  if (winner == nullptr || !winner->pinned) return;
  messages.info(winner->symbol.target + " is pinned: " + *winner->pinned + "; " +
                effect_of_pin(selection));
}

void check_options(const Options& options, Format format) {
  if (!options.explain) return;
  if (options.all) {
    throw UsageError("--all and --explain exclude each other", "--explain shows every candidate");
  }
  const bool shows_reasons =
      format == Format::Table || format == Format::Json || format == Format::JsonLines;
  if (!shows_reasons) {
    throw UsageError("--explain is for table and json output");
  }
}

// Where the reasons have been shown already, they are left out.
[[noreturn]] void throw_none_applies(const Options& options, Selection selection) {
  if (!options.explain) throw NoSelectableObject(std::move(selection));
  throw RegistryError(ErrorKind::NoSelectableObject,
                      "no implementation of " + in_quotes(selection.oid) + " in registry " +
                          in_quotes(selection.registry) + " applies to this context");
}

void report(const Tie& tie, const Options& options, const Session& session) {
  if (options.strict) throw SelectAmbiguity(std::vector{tie});
  if (!options.all) session.messages().warning(tie.message() + "; the first is taken");
}

Exit answer(const Options& options, const ContextArguments& arguments, Session& session,
            const Cache& cache) {
  const RegistryInfo registry = cache.require_registry(
      options.registry ? *options.registry : only_registry_of(cache, options.oid));
  const AskedContext asked = arguments.read_for(registry, cache.base_context(), session.messages());
  const Cache based = cache.with_base_context(asked.base);
  const auto score = [&](Explain explain) {
    return based.score(registry, options.oid, asked.given, explain);
  };
  Selection selection = score(options.explain ? Explain::Yes : Explain::No);
  if (options.explain) {
    // Shown even where the selection as such is an error.
    write_explanation(session, selection, asked.origins);
    session.out().finish();
  }
  if (!selection.winner() && !options.or_none)
    throw_none_applies(options, options.explain ? std::move(selection) : score(Explain::Yes));
  if (const std::optional<Tie> tie = selection.tie()) report(*tie, options, session);
  tell_pin(selection, session.messages());
  if (!options.explain) write_selection(options, session, cache, selection);
  return Exit::Done;
}

Exit run(const Options& options, Session& session) {
  check_options(options, session.format());
  const ContextArguments arguments(options.context);
  return session.answer(
      [&](const Cache& cache) { return answer(options, arguments, session, cache); });
}

}  // namespace

Action setup_select(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Prints the target of the best implementation of an oid for a context. Every "
      "implementation's\n"
      "predicate scores the context; the highest score wins, and 0 means: does not apply. One that "
      "is pinned (`reg pin`) wins "
      "wherever it applies.");
  arguments.positional(options->oid, "OID", "the identifier that callers ask for");
  arguments.surplus("the registry is given with --registry, facts with --ctx");
  arguments.option(options->registry, "--registry", "REGISTRY",
                   "where to look; needed if several registries have the oid");
  arguments.option(options->context, "--ctx", "FACTS", ctx_help);
  arguments.flag(options->explain, "--explain", "show every candidate, its score and the reasons");
  arguments.flag(options->all, "--all", "print every one that applies, best first");
  arguments.flag(options->or_none, "--or-none", "if none applies, print nothing and exit with 0");
  arguments.flag(options->strict, "--strict", "a tie is an error, not a warning");
  arguments.exit_codes({"1: no implementation applies",
                        "2: the oid is in several registries, or a context that cannot be read",
                        "3: no such registry, or no such oid", "4: a tie, under --strict",
                        "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
