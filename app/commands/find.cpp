#include "../render/symbol_writer.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/query.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string oid;
};

Exit answer(const Options& options, Session& session, const Cache& cache) {
  const std::vector<Symbol> found = cache.find(options.oid);
  std::vector<std::string> registries;
  for (const Symbol& symbol : found) registries.push_back(symbol.registry);
  SymbolWriter writer(session, cache, columns_named({"registry", "target", "source"}),
                      std::move(registries));
  writer.show_origins();
  for (const Symbol& symbol : found) writer.add(symbol);
  writer.finish();
  if (!found.empty()) return Exit::Done;
  session.messages().note("no registry has " + in_quotes(options.oid) +
                          after_colon(hint_for_oid(cache, options.oid)));
  return Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  return session.answer([&](const Cache& cache) { return answer(options, session, cache); });
}

}  // namespace

Action setup_find(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe("Finds the implementations of an oid in every registry.");
  arguments.positional(options->oid, "OID", "the identifier that callers ask for");
  arguments.surplus("it finds one oid; `reg list --all --filter` takes several globs");
  arguments.exit_codes({"1: no registry has it", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
