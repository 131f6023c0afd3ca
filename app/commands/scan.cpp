#include "../render/json_array.h"
#include "../render/printable.h"
#include "../render/rows.h"
#include "../render/scan_manifest.h"
#include "../render/symbol_writer.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/columns.h>
#include <reg/scan.h>
#include <reg/shapes.h>
#include <algorithm>
#include <map>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::vector<std::string> paths;
  bool presets = false;
};

std::string preset_block(const PresetInfo& preset) {
  return "# " + preset.name + ": " + preset.summary + " (" + preset.languages + ")\n" + preset.text;
}

void write_preset_objects(Session& session, const std::vector<PresetInfo>& presets) {
  const bool array = session.format() == Format::Json;
  std::size_t written = 0;
  for (const PresetInfo& preset : presets) {
    std::string text;
    if (array) append_json_separator(text, written);
    text += to_text(Json{{"name", preset.name},
                         {"summary", preset.summary},
                         {"languages", preset.languages},
                         {"text", preset.text}});
    if (!array) text += '\n';
    session.out().write(text);
    ++written;
  }
  if (array) close_json_array(session.out(), written);
}

void write_preset_rows(Session& session, const std::vector<PresetInfo>& presets) {
  RowWriter rows(session, {"name", "languages", "summary"});
  for (const PresetInfo& preset : presets)
    rows.add({{preset.name}, {preset.languages}, {preset.summary}});
  rows.finish();
}

Exit print_presets(Session& session) {
  const std::vector<PresetInfo> presets = scan_presets();
  const Format format = session.format();
  if (format == Format::Json || format == Format::JsonLines) {
    write_preset_objects(session, presets);
  } else if (format == Format::Name) {
    for (const PresetInfo& preset : presets) session.out().line(preset.name);
  } else if (session.globals().format_given) {
    write_preset_rows(session, presets);
  } else {
    for (const PresetInfo& preset : presets) {
      if (&preset != &presets.front()) session.out().line("");
      session.out().write(preset_block(preset));
    }
  }
  return Exit::Done;
}

// What is found may have info that its registry declares elsewhere, or not at all.
RegistryInfo with_fields_of(const Symbol& symbol, const RegistryInfo* declared) {
  RegistryInfo registry = declared == nullptr ? RegistryInfo() : *declared;
  registry.name = symbol.registry;
  for (const auto& [name, value] : symbol.info.items())
    if (registry.field(name) == nullptr) registry.fields.push_back({name, FieldType::Any});
  return registry;
}

void write_json(Session& session, const ScanReport& report) {
  std::map<std::string, const RegistryInfo*> registries;
  for (const RegistryInfo& registry : report.registries) registries[registry.name] = &registry;
  const bool array = session.format() == Format::Json;
  std::size_t written = 0;
  for (const Symbol& symbol : report.symbols) {
    const auto found = registries.find(symbol.registry);
    std::string text;
    if (array) append_json_separator(text, written);
    append_symbol(text, symbol,
                  with_fields_of(symbol, found == registries.end() ? nullptr : found->second));
    if (!array) text += '\n';
    session.out().write(text);
    ++written;
  }
  if (array) close_json_array(session.out(), written);
}

void write_rows(Session& session, const ScanReport& report) {
  std::vector<std::string> names = {"registry", "oid", "target"};
  std::vector<Column> columns = columns_named(names);
  if (session.format() == Format::Template) {
    names = column_names(report.registries);
    columns.clear();
    for (const std::string& name : names) columns.emplace_back(name, report.registries);
  }
  RowWriter rows(session, names);
  for (const Symbol& symbol : report.symbols) {
    std::vector<Cell> cells;
    for (const Column& column : columns) cells.push_back(Cell::of(column.value(symbol)));
    rows.add(std::move(cells));
  }
  rows.finish();
}

void write_symbols(Session& session, const ScanReport& report) {
  const Format format = session.format();
  if (!session.globals().format_given) return session.out().write(scan_manifest(report));
  if (format == Format::Json || format == Format::JsonLines) return write_json(session, report);
  if (format != Format::Name) return write_rows(session, report);
  for (const Symbol& symbol : report.symbols)
    session.out().line(printable(symbol.registry + '/' + symbol.oid));
}

void tell_seen(const Messages& messages, const ScanReport& report) {
  for (const SeenInCode& seen : report.seen)
    messages.note(seen.place.to_string() + ": not registrable: " + seen.what);
}

Exit run(const Options& options, Session& session) {
  if (options.presets && !options.paths.empty()) throw UsageError("--presets takes no PATH");
  if (options.presets) return print_presets(session);
  ScanOptions library;
  for (const std::string& path : options.paths) library.paths.emplace_back(path);
  const ScanReport report = scan(session.workspace(), library);
  session.messages().diagnostics(report.diagnostics);
  tell_seen(session.messages(), report);
  write_symbols(session, report);
  session.messages().info(counted(report.files, "file", "files") + ", " + grouped(report.read) +
                          " of them read");
  const bool failed =
      std::any_of(report.diagnostics.begin(), report.diagnostics.end(),
                  [](const Diagnostic& each) { return each.severity == Severity::Error; });
  return failed ? Exit::Input : Exit::Done;
}

}  // namespace

Action setup_scan(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Prints what would be registered from code, by the [[scan]]s of registry.toml: a manifest "
      "as\n"
      "JSON, or with -o the symbols as `list` has them. Writes nothing, and runs none of the "
      "code.\n"
      "What looks like a registration and cannot be taken for one goes to stderr, with the "
      "reason.");
  arguments.positional(options->paths, "PATH", "files or folders; else all that the [[scan]]s name",
                       Occurs::AnyNumber);
  arguments.flag(options->presets, "--presets",
                 "print what the presets of [[scan]] say, to be copied and changed");
  arguments.exit_codes({"2: something is wrong in the code, or in registry.toml"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
