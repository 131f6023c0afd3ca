#include "../render/registry_writer.h"
#include "../render/symbol_writer.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/query.h>
#include <reg/text.h>
#include <algorithm>
#include <memory>

namespace reg::app {

namespace {

// `a,b` and `--fields a --fields b` are the same.
std::vector<std::string> split_at_commas(const std::vector<std::string>& given) {
  std::vector<std::string> fields;
  for (const std::string& text : given) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find(',', begin), text.size());
      if (end > begin) fields.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return fields;
}

struct Options {
  std::optional<std::string> registry;
  std::vector<std::string> fields;
  bool all = false;
  SymbolQuery query;
};

Exit nothing_matched(const Options& options, const Session& session, const std::string& hint) {
  const SymbolQuery& query = options.query;
  const bool asked = !query.filter.empty() || !query.exclude.empty() || query.where || query.limit;
  session.messages().note(asked              ? "nothing matched" + after_colon(hint)
                          : options.registry ? "there are no symbols in it"
                                             : "there are no registries yet");
  return Exit::Nothing;
}

// Whoever reads a table may take it for all there is; on a terminal, that is to stand below it.
void note_cut(Session& session, std::size_t shown, std::size_t matched) {
  if (shown == 0 || shown >= matched) return;
  session.out().finish();
  session.messages().note(grouped(shown) + " of " + grouped(matched));
}

void reject_symbol_options(const Options& options) {
  const bool given = options.query.where || !options.query.sort.empty() || !options.fields.empty();
  if (given) throw UsageError("--where, --fields and --sort need a REGISTRY or --all");
}

Exit list_registries(const Options& options, Session& session, const Cache& cache) {
  reject_symbol_options(options);
  RegistryWriter writer(session);
  std::size_t matched = 0, written = 0;
  for (const RegistryInfo& registry : cache.registries()) {
    if (!options.query.accepts_name(registry.name)) continue;
    ++matched;
    if (written == options.query.limit) continue;
    writer.add(registry);
    ++written;
  }
  writer.finish();
  note_cut(session, written, matched);
  if (written != 0) return Exit::Done;
  return nothing_matched(options, session, hint_for_registry_globs(cache, options.query));
}

// Without a registry: all of them, which is what ExCore calls the global registry.
std::vector<Column> columns_of(const Options& options, const Cache& cache) {
  const std::vector<RegistryInfo> registries =
      options.registry ? std::vector{cache.require_registry(*options.registry)}
                       : cache.registries();
  std::vector<Column> columns =
      columns_named(options.registry ? std::vector<std::string>{"oid", "target"}
                                     : std::vector<std::string>{"registry", "oid", "target"});
  for (std::string& field : split_at_commas(options.fields)) {
    const bool is_there = std::any_of(columns.begin(), columns.end(),
                                      [&](const Column& column) { return column.name() == field; });
    if (!is_there) columns.emplace_back(std::move(field), registries);
  }
  return columns;
}

// A table is read by somebody, who may want to know how much was cut off; lines for a program are
// not worth the reading of a million symbols.
CountMatches count_for(const Session& session) {
  return session.format() == Format::Table && !session.messages().quiet() ? CountMatches::Always
                                                                          : CountMatches::IfFree;
}

Exit list_symbols(const Options& options, Session& session, const Cache& cache) {
  SymbolWriter writer(
      session, cache, columns_of(options, cache),
      options.registry ? std::vector{*options.registry} : std::vector<std::string>{});
  if (options.fields.empty()) writer.show_origins();
  SymbolQuery query = options.query;
  query.registry = options.registry.value_or("");
  query.sort = split_at_commas(query.sort);
  const QueryOutcome outcome = run_query(
      cache, query, [&](const SymbolView& symbol) { writer.add(symbol); }, count_for(session));
  writer.finish();
  note_cut(session, outcome.visited, outcome.matched.value_or(0));
  if (outcome.visited != 0) return Exit::Done;
  return nothing_matched(options, session, hint_for_globs(cache, query));
}

void check(const Options& options) {
  for (const std::string& column : options.query.sort)
    if (column.empty()) throw UsageError("--sort needs a column");
  if (options.query.limit == 0) throw UsageError("--limit is at least 1");
  if (options.registry && options.registry->find('/') != std::string::npos) {
    throw RegistryNotFound("there is no registry " + in_quotes(*options.registry),
                           "`reg show " + *options.registry + "` shows an oid");
  }
  if (!options.registry || options.registry->find_first_of("*?[") == std::string::npos) return;
  throw RegistryNotFound("there is no registry " + in_quotes(*options.registry),
                         "globs of oids are given with --filter, after the registry or --all");
}

Exit run(Options options, Session& session) {
  check(options);
  if (options.all && options.registry) {
    throw UsageError("--all lists every registry; leave \"" + *options.registry + "\" out");
  }
  if (options.registry == global_registry) {
    options.registry.reset();
    options.all = true;
  }
  return session.answer([&](const Cache& cache) {
    return options.registry || options.all ? list_symbols(options, session, cache)
                                           : list_registries(options, session, cache);
  });
}

}  // namespace

Action setup_list(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Lists the symbols of a registry, one a line; without a registry, the registries.\n"
      "A glob is `*`, `?` and `[a-z]`, as in file names, but `*` crosses every character.");
  arguments.positional(options->registry, "REGISTRY", "the registry");
  arguments.surplus("globs of oids are given with --filter");
  arguments.option(options->query.filter, "--filter", "GLOB",
                   "only these oids; several are a union");
  arguments.option(options->query.exclude, "--exclude", "GLOB", "not these oids");
  arguments.option(options->query.where, "--where", "EXPR",
                   "only where this predicate holds, over fields, registry, oid,\n"
                   "target, doc, select and source: 'source glob \"timm/*\"'");
  arguments.option(options->fields, "--fields", "A,B",
                   "more columns: fields, registry, select, doc, source,\norigin");
  arguments.option(options->query.sort, "--sort", "A,B",
                   "sort by columns, digits as numbers; descending: --sort=-A,B");
  arguments.option(options->query.limit, "--limit", "N", "at most so many");
  arguments.flag(options->all, "--all", "the symbols of all registries, without names in __");
  arguments.exit_codes({"1: nothing matched",
                        "2: no such field, or a predicate that cannot be read",
                        "3: no such registry", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
