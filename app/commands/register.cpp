#include "../render/auto_register_report.h"
#include "commands.h"

#include <reg/facts.h>
#include <reg/manual.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  ManualSymbol symbol;
  std::vector<std::string> info;
};

std::string name_of(const Symbol& symbol, const std::string& oid) {
  return symbol.registry + '/' + oid + ' ' + symbol.target;
}

ReportWords words_for(const ManualReport& report, const Symbol& symbol) {
  std::string done = "registered " + name_of(symbol, report.oid);
  if (report.took_back) done += ", which had been unregistered by hand";
  if (report.difference && report.difference->removed != 0) done += "; " + difference_text(report);
  return {done + "; " + contents(report), "manual.reg.json and the cache were left as they were"};
}

// What the cache says of the registry. Without a cache no types are known, and registration tells
// what has the wrong one. A target that is a registry's name, while the registry is none, stands in
// the wrong place.
RegistryInfo known_registry(const Session& session, const Symbol& symbol) try {
  const Cache cache = Cache::open(session.workspace().cache());
  if (auto known = cache.registry(symbol.registry)) return *known;
  if (cache.registry(symbol.target)) {
    throw UsageError(
        '"' + symbol.target + "\" is a registry, and \"" + symbol.registry + "\" is none",
        "the registry comes first: reg register " + symbol.target + ' ' + symbol.registry);
  }
  return {};
} catch (const StorageError&) {
  return {};
}

Json info_from(const std::vector<std::string>& arguments, const RegistryInfo& registry,
               const Messages& messages) {
  Json info = Json::object();
  std::vector<Diagnostic> warnings;
  for (const std::string& text : arguments)
    merge_context(info, read_info(registry, text, "--info", warnings));
  messages.diagnostics(warnings);
  return info;
}

Exit run(Options& options, Session& session) {
  Symbol& symbol = options.symbol.symbol;
  symbol.info = info_from(options.info, known_registry(session, symbol), session.messages());
  const ManualReport report =
      register_symbol(session.workspace(), options.symbol, session.observer());
  return write_report(session, report, words_for(report, symbol));
}

}  // namespace

Action setup_register(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  Symbol& symbol = options->symbol.symbol;
  arguments.describe(
      "Registers one implementation: adds it to manual.reg.json, the workspace's own manifest,\n"
      "and to the cache, in one locked step. The registry is made if there is none.");
  arguments.positional(symbol.registry, "REGISTRY", "the registry");
  arguments.positional(symbol.target, "TARGET", "where the implementation is: pkg.module.Class");
  arguments.option(
      [&symbol](const std::string& given) {
        if (given.empty()) throw UsageError("--oid is empty");
        symbol.oid = given;
      },
      "--oid", "OID", "else what follows the target's last . : or /");
  arguments.option(options->info, "--info", "KEY=VALUE",
                   "the value of a field (of its type, else JSON, else\ntext)");
  arguments.option(symbol.select, "--select", "EXPR", "the predicate that scores a context for it");
  arguments.option(symbol.doc, "--doc", "TEXT", "what it is");
  arguments.flag(options->symbol.force, "--force",
                 "take the place of an unconditional one with this oid");
  arguments.flag(options->symbol.clear, "--clear", "drop all others with this oid");
  arguments.option(options->symbol.replaces, "--replaces", "TARGET", "drop this one");
  arguments.exit_codes({"2: the rules of registration forbid it, or a value is wrong",
                        "5: the cache is locked, or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
