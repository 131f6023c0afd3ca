#pragma once
// Reading manifests in tests, and showing what came of it.

#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <reg/json.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg::test {

inline Declarations read_json(std::string_view text) {
  return read_manifest(text, "m.reg.json", ManifestFormat::JsonText);
}

inline Declarations read_toml(std::string_view text) {
  return read_manifest(text, "m.reg.toml", ManifestFormat::TomlText);
}

// `line:column: message (hint)`, without what is not there.
inline std::vector<std::string> problems(const Declarations& declarations) {
  std::vector<std::string> shown;
  for (const Diagnostic& diagnostic : declarations.diagnostics) {
    const Place at{"", diagnostic.place.line, diagnostic.place.column};
    std::string text = at.to_string() + ": " + diagnostic.message;
    if (!diagnostic.hint.empty()) text += " (" + diagnostic.hint + ")";
    shown.push_back(text.starts_with(":") ? text.substr(1) : text);
  }
  return shown;
}

inline std::vector<std::string> json_problems(std::string_view text) {
  return problems(read_json(text));
}
inline std::vector<std::string> toml_problems(std::string_view text) {
  return problems(read_toml(text));
}

using Lines = std::vector<std::string>;

inline Lines lines(const Declarations& declarations) {
  Lines lines;
  for (const SymbolRecord& symbol : declarations.symbols) lines.emplace_back(symbol.line);
  return lines;
}

// Everything that was declared, without the places.
inline Json summary(const Declarations& declarations) {
  Json out = {{"registries", Json::object()}, {"predicates", Json::object()}};
  for (const auto& registry : declarations.registries) {
    Json fields = Json::array();
    for (const DeclaredField& one : registry.fields) {
      fields.push_back({one.field.name, to_string(one.field.type)});
    }
    out["registries"][registry.name] = {
        {"doc", registry.doc}, {"fields", fields}, {"select", registry.select.value_or("")}};
    for (const auto& [fact, at] : registry.context) {
      out["registries"][registry.name]["context"].push_back(
          {fact.path, to_string(fact.type), fact.values, fact.doc});
    }
  }
  for (const auto& named : declarations.predicates) {
    const auto& expr = named.definition.expr;
    out["predicates"][named.name] = {{"params", named.definition.params},
                                     {"expr", expr ? expr->to_string() : "fact"}};
  }
  for (const SymbolRecord& record : declarations.symbols) {
    Json symbol = Json::parse(record.line);
    symbol.erase("source");
    symbol["views"] = {record.registry, record.oid, record.target};
    symbol["flags"] = {record.conditional, record.acts, record.has_when};
    out["symbols"].push_back(symbol);
  }
  for (const InfoShape& shape : declarations.shapes) {
    Json fields = Json::array();
    for (const auto& [name, type] : shape.fields) fields.push_back({name, to_string(type)});
    out["shapes"].push_back({shape.registry, fields, shape.first_symbol});
  }
  for (const PredicateSummary& one : declarations.summaries) {
    out["summaries"].push_back({one.registry, one.when, one.facts, one.calls, one.atoms});
  }
  for (const auto& removed : declarations.unregistrations) {
    out["unregister"].push_back({removed.registry, removed.oid, removed.target});
  }
  for (const auto& match : declarations.matches) {
    out["match"].push_back({match.registry, match.from, match.include, match.exclude});
  }
  for (const auto& merge : declarations.merges) {
    out["merge"].push_back({merge.into, merge.from, merge.force});
  }
  return out;
}

}  // namespace reg::test

template <>
struct doctest::StringMaker<reg::test::Lines> {
  static String convert(const reg::test::Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += "\n  " + line;
    return text.c_str();
  }
};
