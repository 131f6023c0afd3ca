#pragma once
// Caches made of a few values, the way that registration makes them.

#include <cache/cache_writer.h>
#include <cache/head_lines.h>
#include <manifest/line.h>
#include <text/json_text.h>

#include <algorithm>
#include <map>
#include <set>

namespace reg_test {

// What the tests say of a cache; order is free, and registries that are only used need not be
// described.
struct CacheContent {
  reg::Json context = reg::Json::object();
  std::map<std::string, reg::PredicateDefinition> predicates;
  std::vector<reg::RegistryInfo> registries;
  std::vector<reg::Symbol> symbols;
};

inline reg::Symbol symbol(std::string registry, std::string oid, std::string target,
                          std::optional<std::string> select = {},
                          reg::Json info = reg::Json::object()) {
  reg::Symbol made{std::move(registry), std::move(oid),    std::move(target),
                   std::move(info),     std::move(select), "",
                   {"a.reg.toml", 3, 1}};
  return made;
}

inline std::string escaped(std::string_view text) {
  std::string out;
  reg::append_escaped(out, text);
  return out;
}

inline std::string line_of(const reg::Symbol& symbol) {
  std::string info = reg::to_text(symbol.info);
  reg::LineParts parts;
  parts.registry = symbol.registry;
  parts.oid = symbol.oid;
  parts.target = symbol.target;
  if (symbol.select) parts.select = *symbol.select;
  parts.info_text = info;
  parts.doc = symbol.doc;
  parts.path = symbol.source.path;
  parts.at = {symbol.source.line, symbol.source.column};
  if (!symbol.declared.path.empty())
    parts.declared = reg::DeclaredPlace{symbol.declared.path, symbol.declared.line};
  std::string line;
  reg::append_line(line, parts);
  return line;
}

// The same as another origin publishes it, with what that says of itself.
inline reg::Symbol of_origin(const std::string& origin, reg::Symbol symbol,
                             const reg::Json& facts = reg::Json::object()) {
  symbol.declared = {symbol.source.path, symbol.source.line, 0};
  symbol.source = {".reg/remote/" + origin + ".reg.json", 5, 1};
  symbol.info["origin"] = origin;
  for (const auto& [name, value] : facts.items()) symbol.info["origin." + name] = value;
  return symbol;
}

// As a cache has them: by registry and oid, and within an oid as given.
inline std::vector<reg::Symbol> sorted(std::vector<reg::Symbol> symbols) {
  auto key = [](const reg::Symbol& s) { return std::pair(escaped(s.registry), escaped(s.oid)); };
  std::stable_sort(symbols.begin(), symbols.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  return symbols;
}

inline reg::CacheHead head_of(const CacheContent& content) {
  std::map<std::string, reg::RegistryInfo> infos;
  for (const reg::RegistryInfo& info : content.registries) infos[info.name] = info;
  for (const reg::Symbol& symbol : content.symbols) {
    infos[symbol.registry].name = symbol.registry;
    ++infos[symbol.registry].symbols;
  }
  reg::CacheHead head;
  head.workspace = "demo";
  head.context = content.context;
  for (const auto& [name, definition] : content.predicates) {
    head.predicates.define(name, definition);
  }
  for (auto& [name, info] : infos) head.registries.push_back(std::move(info));
  return head;
}

inline void write_oids(reg::CacheWriter& writer, const std::vector<reg::Symbol>& symbols) {
  std::map<std::string, std::set<std::string>> oids;
  for (const reg::Symbol& symbol : symbols) {
    oids[escaped(symbol.oid)].insert(escaped(symbol.registry));
  }
  writer.begin_oids();
  for (const auto& [oid, registries] : oids) {
    writer.oid(
        reg::oid_line(oid, std::vector<std::string_view>(registries.begin(), registries.end())));
  }
}

inline void build_cache(const std::filesystem::path& path, const CacheContent& content) {
  reg::CacheLock lock(path, reg::wait_for(std::chrono::seconds(60)));
  reg::CacheWriter writer(lock, head_of(content));
  std::pair<std::string, std::string> oid;
  std::size_t position = 0;
  for (const reg::Symbol& symbol : sorted(content.symbols)) {
    const bool same = oid == std::pair(symbol.registry, symbol.oid);
    position = same ? position + 1 : 0;
    oid = {symbol.registry, symbol.oid};
    writer.symbol(line_of(symbol), position);
  }
  write_oids(writer, content.symbols);
  writer.commit();
}

// A small cache with something of everything.
inline CacheContent sample_content() {
  CacheContent content;
  content.context = {{"device", "cpu"}, {"limits", {{"memory", 4}}}};
  content.predicates["at_least"] = {{"v"}, reg::Predicate::parse("version >= v")};
  content.predicates["gpu"] = {{}, reg::Predicate::parse("device in [\"cuda\", \"rocm\"]")};
  content.predicates["modern_gpu"] = {{}, reg::Predicate::parse("gpu() & at_least(v2)")};
  content.predicates["user_group"] = {};
  content.registries = {{"Kernel",
                         "GEMM \"kernels\"",
                         {{"device", reg::FieldType::String}, {"min_sm", reg::FieldType::Int}},
                         "device == self.device",
                         0},
                        {"Empty", "", {}, std::nullopt, 0}};
  content.symbols = {
      symbol("Kernel", "gemm", "libgemm.so:cublas", "gpu() & sm >= self.min_sm & yes(2)",
             {{"device", "cuda"}, {"min_sm", 80}}),
      symbol("Kernel", "gemm", "libgemm.so:naive", {}, {{"device", "cpu"}}),
      symbol("Kernel", "conv", "libconv.so:make", {}, {{"device", "cpu"}}),
      symbol("Other", "gemm", "other.Gemm"),
      symbol("Other", "grüß\"\\gott", "other.Grüß", "user_group(\"a\", \"b\")")};
  content.symbols[0].doc = "fast\n\"really\"";
  return content;
}

}  // namespace reg_test
