#include "scan_manifest.h"

#include <reg/json.h>
#include <string_view>

namespace reg::app {

namespace {

// Fields have types only where one of them has: names alone are shorter.
Json fields_of(const RegistryInfo& registry) {
  Json names = Json::array(), types = Json::object();
  bool typed = false;
  for (const Field& field : registry.fields) {
    names.push_back(field.name);
    types[field.name] = to_string(field.type);
    typed = typed || field.type != FieldType::Any;
  }
  return typed ? types : names;
}

Json manifest_registry(const RegistryInfo& registry) {
  Json out = Json::object();
  if (!registry.doc.empty()) out["doc"] = registry.doc;
  if (!registry.fields.empty()) out["fields"] = fields_of(registry);
  return out;
}

Json manifest_symbol(const ScannedSymbol& symbol) {
  Json out = {{"registry", symbol.registry}, {"oid", symbol.oid}, {"target", symbol.target}};
  if (!symbol.info.empty()) out["info"] = symbol.info;
  if (symbol.select) out["select"] = *symbol.select;
  if (!symbol.doc.empty()) out["doc"] = symbol.doc;
  if (!symbol.when.empty()) out["when"] = symbol.when;
  if (symbol.force) out["force"] = true;
  if (symbol.clear) out["clear"] = true;
  if (!symbol.replaces.empty()) out["replaces"] = symbol.replaces;
  return out;
}

// Closes what was begun, on a line of its own where there was anything.
void close(std::string& out, bool any, std::string_view bracket) {
  if (any) out += "\n  ";
  out += bracket;
}

}  // namespace

std::string scan_manifest(const ScanReport& report) {
  std::string out = "{\n  \"registries\": {";
  bool any = false;
  for (const RegistryInfo& registry : report.registries) {
    out += any ? ",\n    " : "\n    ";
    out += to_text(Json(registry.name)) + ": " + to_text(manifest_registry(registry));
    any = true;
  }
  close(out, any, "},\n  \"symbols\": [");
  any = false;
  for (const ScannedSymbol& symbol : report.symbols) {
    out += any ? ",\n    " : "\n    ";
    out += to_text(manifest_symbol(symbol));
    any = true;
  }
  close(out, any, "]\n}\n");
  return out;
}

}  // namespace reg::app
