#include "../object_name.h"
#include "../render/json_array.h"
#include "../render/printable.h"
#include "../render/registry_block.h"
#include "../render/registry_writer.h"
#include "../render/symbol_block.h"
#include "../render/symbol_writer.h"
#include "commands.h"

#include <reg/shapes.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
  std::optional<std::string> field;
};

// What scores a symbol is shown, wherever it stands.
Json value_of(const Symbol& symbol, const Column& field, const RegistryInfo& registry) {
  const bool is_predicate = field.name() == "select" && registry.field("select") == nullptr;
  return is_predicate ? Json(scored_by(symbol, registry)) : field.value(symbol);
}

// One value a line: a string as it is, anything else as JSON.
void write_values(Session& session, const std::vector<Symbol>& symbols, const Column& field,
                  const RegistryInfo& registry) {
  std::string text;
  for (std::size_t at = 0; at < symbols.size(); ++at) {
    const Json value = value_of(symbols[at], field, registry);
    if (session.format() == Format::Json) append_json_separator(text, at);
    const bool json = session.format() == Format::Json || session.format() == Format::JsonLines;
    text += json ? to_text(value) : printable(value_text(value));
    if (session.format() != Format::Json) text += '\n';
  }
  session.out().write(text);
  if (session.format() == Format::Json) close_json_array(session.out(), symbols.size());
}

void write_symbols(Session& session, const Cache& cache, const std::vector<Symbol>& symbols,
                   const RegistryInfo& registry) {
  if (session.format() == Format::Table) {
    return write_symbol_blocks(session.out(), session.style(), symbols, registry);
  }
  std::vector<Column> columns;
  for (std::string& name : column_names({registry}))
    columns.emplace_back(std::move(name), std::vector{registry});
  SymbolWriter writer(session, cache, std::move(columns), {registry.name});
  const Pin* pin = registry.pin(symbols.front().oid);
  for (const Symbol& symbol : symbols) {
    const bool pinned = pin != nullptr && pin->target == symbol.target;
    writer.add(symbol, {}, pinned ? std::optional<std::string_view>(pin->reason) : std::nullopt);
  }
  writer.finish();
}

Exit show_object(const Options& options, const ObjectName& name, Session& session,
                 const Cache& cache) {
  const std::vector<Symbol> symbols = cache.require_implementations(name.registry, name.oid);
  const RegistryInfo registry = cache.require_registry(name.registry);
  if (!options.field) {
    write_symbols(session, cache, symbols, registry);
  } else {
    write_values(session, symbols, Column(*options.field, {registry}), registry);
  }
  return Exit::Done;
}

Exit show_registry(const std::string& name, Session& session, const Cache& cache) {
  require_registry(cache, name, "show");
  const Format format = session.format();
  if (format == Format::Table) {
    write_registry_block(session.out(), session.style(), registry_details(cache, name));
  } else if (format == Format::Json || format == Format::JsonLines) {
    std::string text;
    append_registry_details(text, registry_details(cache, name));
    session.out().line(text);
  } else {
    RegistryWriter writer(session);
    writer.add(cache.require_registry(name));
    writer.finish();
  }
  return Exit::Done;
}

Exit run(const Options& options, Session& session) {
  if (options.field && is_template(session.format()))
    throw UsageError("--field prints one value alone; leave it out, or -o");
  if (options.object.find('/') == std::string::npos) {
    if (options.field) throw UsageError("--field needs REGISTRY/OID");
    return session.answer(
        [&](const Cache& cache) { return show_registry(options.object, session, cache); });
  }
  const ObjectName name = object_name_from(options.object);
  return session.answer(
      [&](const Cache& cache) { return show_object(options, name, session, cache); });
}

}  // namespace

Action setup_show(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Shows every implementation of an oid, with all that is known about it. Without an OID, "
      "shows "
      "the registry: its fields and the facts of its context with their types, the named "
      "predicates "
      "that it uses, and its sources.");
  arguments.positional(options->object, "REGISTRY[/OID]", "the registry, and the identifier in it");
  arguments.option(options->field, "--field", "FIELD",
                   "print this field's value alone, one line for each implementation;\n"
                   "also target, select, doc or source");
  arguments.surplus("a registry and an oid are one argument: REGISTRY/OID");
  arguments.exit_codes(
      {"2: no such field", "3: no such registry, or no such oid", "5: there is no cache"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
