#include "../render/registry_writer.h"
#include "../render/symbol_writer.h"
#include "column_names.h"
#include "commands.h"
#include "list_query.h"

#include <memory>

namespace reg::app {

namespace {

// `a,b` and `--fields a --fields b` are the same.
std::vector<std::string> split_fields(const std::vector<std::string>& given) {
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
  ListQuery query;
};

Exit nothing_matched(const Options& options, const Session& session) {
  const ListQuery& query = options.query;
  const bool asked = !query.filter.empty() || !query.exclude.empty() || query.where || query.limit;
  session.messages().note(asked              ? "nothing matched"
                          : options.registry ? "there are no symbols in it"
                                             : "there are no registries yet");
  return Exit::Nothing;
}

void reject_symbol_options(const Options& options) {
  const bool given = options.query.where || options.query.sort || !options.fields.empty();
  if (given) throw UsageError("--where, --fields and --sort need a REGISTRY or --all");
}

Exit list_registries(const Options& options, Session& session, const Cache& cache) {
  reject_symbol_options(options);
  RegistryWriter writer(session);
  std::size_t written = 0;
  for (const RegistryInfo& registry : cache.registries()) {
    if (written == options.query.limit) break;
    if (!options.query.accepts_name(registry.name)) continue;
    writer.add(registry);
    ++written;
  }
  writer.finish();
  return written == 0 ? nothing_matched(options, session) : Exit::Done;
}

// Without a registry: all of them, which is what ExCore calls the global registry.
std::vector<std::string> columns_of(const Options& options, const std::vector<std::string>& known) {
  std::vector<std::string> columns = {"oid", "target"};
  if (!options.registry) columns.insert(columns.begin(), "registry");
  for (std::string& field : split_fields(options.fields)) {
    require_column(field, known);
    columns.push_back(std::move(field));
  }
  return columns;
}

Exit list_symbols(const Options& options, Session& session, const Cache& cache) {
  const std::vector<RegistryInfo> registries =
      options.registry ? std::vector{cache.require_registry(*options.registry)}
                       : cache.registries();
  const ListScope scope{.registry = options.registry.value_or(""),
                        .known_columns = column_names(registries),
                        .version_columns = version_columns(registries)};
  SymbolWriter writer(session, cache, columns_of(options, scope.known_columns));
  const std::size_t written =
      run_list_query(options.query, cache, scope, [&](std::string_view line) { writer.add(line); });
  writer.finish();
  return written == 0 ? nothing_matched(options, session) : Exit::Done;
}

Exit run(Options options, Session& session) {
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
  arguments.option(options->query.filter, "--filter", "GLOB",
                   "only these oids; several are a union");
  arguments.option(options->query.exclude, "--exclude", "GLOB", "not these oids");
  arguments.option(options->query.where, "--where", "EXPR",
                   "only where this predicate holds, over fields, registry, oid,\n"
                   "target, doc, select and source: 'source glob \"timm/*\"'");
  arguments.option(options->fields, "--fields", "A,B",
                   "more columns: fields, registry, select, doc, source");
  arguments.option(options->query.sort, "--sort", "FIELD",
                   "sort by a column; --sort=-FIELD: descending");
  arguments.option(options->query.limit, "--limit", "N", "at most so many");
  arguments.flag(options->all, "--all", "the symbols of all registries, without names in __");
  arguments.exit_codes({"1: nothing matched",
                        "2: no such field, or a predicate that cannot be read",
                        "3: no such registry", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
