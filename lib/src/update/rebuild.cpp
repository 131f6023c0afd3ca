#include <cache/head_lines.h>
#include <manifest/line.h>
#include <registration/sorting.h>
#include <text/json_text.h>
#include <update/rebuild.h>
#include <algorithm>
#include <future>
#include <system_error>
#include <unordered_map>

namespace reg {
namespace {

std::string read_section(const CacheFile& cache, CacheSection section) {
  std::string text(section.end - section.begin, '\0');
  cache.read_into(text.data(), text.size(), section.begin);
  return text;
}

template <typename Visit>
void each_line_of(std::string_view text, Visit visit) {
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with(',')) line.remove_suffix(1);
    visit(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// An oid of one registry, with what most comparisons need.
struct OidEntry {
  SortPrefix prefix;  // the oid's first bytes
  std::string_view oid, registry;

  friend bool operator<(const OidEntry& a, const OidEntry& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    int order = a.oid.compare(b.oid);
    return order != 0 ? order < 0 : a.registry < b.registry;
  }
};

bool same_oid(const OidEntry& a, const OidEntry& b) {
  return a.prefix == b.prefix && a.oid == b.oid;
}

std::vector<OidEntry> oid_index(std::span<const SymbolRecord> symbols) {
  std::vector<OidEntry> entries;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i + ahead < symbols.size()) prefetch(symbols[i + ahead].oid);
    const SymbolRecord& symbol = symbols[i];
    bool repeated =
        i > 0 && symbols[i - 1].oid == symbol.oid && symbols[i - 1].registry == symbol.registry;
    if (!repeated) entries.push_back({sort_prefix(symbol.oid), symbol.oid, symbol.registry});
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

void write_oids(CacheWriter& writer, const std::vector<OidEntry>& entries) {
  std::vector<std::string_view> registries;
  std::string line;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + ahead < entries.size()) prefetch(entries[i + ahead].oid);
    registries.push_back(entries[i].registry);
    if (i + 1 < entries.size() && same_oid(entries[i + 1], entries[i])) continue;
    line.clear();
    append_oid_line(line, entries[i].oid, registries);
    writer.oid(line);
    registries.clear();
  }
}

// On another thread, or on this one where there are none to be had.
std::future<std::vector<OidEntry>> start_index(std::span<const SymbolRecord> symbols) {
  try {
    return std::async(std::launch::async, oid_index, symbols);
  } catch (const std::system_error&) {
    return std::async(std::launch::deferred, oid_index, symbols);
  }
}

}  // namespace

std::vector<std::vector<SymbolRecord>> recover_symbols(const CacheFile& cache,
                                                       std::span<const std::string_view> paths,
                                                       std::string& text) {
  std::vector<std::vector<SymbolRecord>> records(paths.size());
  std::unordered_map<std::string, std::size_t> by_path;
  for (std::size_t i = 0; i < paths.size(); ++i) by_path.emplace(escaped_text(paths[i]), i);
  text = read_section(cache, cache.symbols());
  each_line_of(text, [&](std::string_view line) {
    auto record = record_from_line(line);
    auto source = line_source(line);
    if (!record || !source) cache.broken("has a line that is not laid out as written");
    auto found = by_path.find(std::string(source->path));
    if (!record->copied && found != by_path.end()) records[found->second].push_back(*record);
  });
  return records;
}

void write_cache(const CacheLock& lock, const CacheHead& head,
                 std::span<const SymbolRecord> symbols, const Observer& observer,
                 const std::function<void()>& before_publish) {
  constexpr std::size_t step = 16384;
  auto index = start_index(symbols);
  CacheWriter writer(lock, head);
  std::size_t position = 0;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i + ahead < symbols.size()) prefetch(symbols[i + ahead].line);
    const SymbolRecord& symbol = symbols[i];
    const bool repeated =
        i > 0 && symbols[i - 1].oid == symbol.oid && symbols[i - 1].registry == symbol.registry;
    position = repeated ? position + 1 : 0;
    writer.symbol(symbol.line, position);
    if (observer.progress && i % step == 0) observer.progress(Phase::Writing, i, symbols.size());
  }
  writer.begin_oids();
  write_oids(writer, index.get());
  writer.commit(before_publish);
}

}  // namespace reg
