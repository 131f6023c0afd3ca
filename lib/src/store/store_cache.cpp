// From the store to a cache and back.

#include <cache/cache_file.h>
#include <cache/cache_lock.h>
#include <manifest/line.h>
#include <reg/registry_store.h>
#include <store/surroundings.h>
#include <text/json_text.h>
#include <update/head.h>
#include <update/rebuild.h>
#include <algorithm>
#include <deque>
#include <unordered_map>

namespace reg {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void refuse_function(const std::string& whose, const Place& place = {}) {
  throw InputError("the predicate of " + whose + " calls C++, which cannot be written to a cache",
                   "give it a predicate of the language", place);
}

std::string line_of(const Symbol& symbol) {
  std::string info = to_text(symbol.info), line;
  LineParts parts;
  parts.registry = symbol.registry;
  parts.oid = symbol.oid;
  parts.target = symbol.target;
  if (symbol.select) parts.select = *symbol.select;
  parts.info_text = info;
  parts.doc = symbol.doc;
  parts.path = symbol.source.path;
  parts.at = {symbol.source.line, symbol.source.column};
  append_line(line, parts);
  return line;
}

// What a dump writes: the store's registries, and those that it keeps of the old cache.
class Dump {
 public:
  void add(const RegistryInfo& registry, const std::vector<Symbol>& symbols) {
    head.registries.push_back(registry);
    for (const Symbol& symbol : symbols) add_line(line_of(symbol));
  }

  // Takes what the old cache has and the store has not.
  void keep(const CacheFile& cache, const RegistryStore& store) {
    CacheHead old = read_head(cache);
    head.workspace = old.workspace;
    merge_context(old.context, head.context);
    head.context = std::move(old.context);
    for (const auto& [name, definition] : old.predicates.definitions()) {
      if (!head.predicates.define(name, definition))
        throw InputError("the cache " + cache.path().string() + " defines the predicate \"" + name +
                         "\" differently");
    }
    for (const RegistryInfo& registry : old.registries) {
      if (store.get_registry(registry.name) != nullptr) continue;
      head.registries.push_back(registry);
      cache.each_line(cache.registry_lines(escaped_text(registry.name)),
                      [this](std::string_view line, std::uint64_t) {
                        add_line(std::string(line));
                        return true;
                      });
    }
  }

  void write(const CacheLock& lock) {
    std::sort(head.registries.begin(), head.registries.end(),
              [](const RegistryInfo& a, const RegistryInfo& b) { return a.name < b.name; });
    std::stable_sort(records_.begin(), records_.end(),
                     [](const SymbolRecord& a, const SymbolRecord& b) {
                       return std::tie(a.registry, a.oid) < std::tie(b.registry, b.oid);
                     });
    write_cache(lock, head, records_);
  }

  CacheHead head;

 private:
  void add_line(std::string line) {
    const std::string& kept = lines_.emplace_back(std::move(line));
    records_.push_back(record_from_line(kept).value());
  }

  std::deque<std::string> lines_;  // what the records point into
  std::vector<SymbolRecord> records_;
};

// A cache's predicates, each distinct text parsed once.
class ParsedTexts {
 public:
  const Predicate& of(const std::string& text) {
    auto known = parsed_.find(text);
    if (known == parsed_.end()) known = parsed_.emplace(text, Predicate::parse(text)).first;
    return known->second;
  }

 private:
  std::unordered_map<std::string, Predicate> parsed_;
};

Implementation implementation_of(Symbol symbol, ParsedTexts& texts) {
  Implementation implementation;
  if (symbol.select) implementation.predicate = texts.of(*symbol.select);
  implementation.symbol = std::move(symbol);
  return implementation;
}

}  // namespace

void RegistryStore::dump(const fs::path& cache, const DumpOptions& options) const {
  Dump dump;
  for (const auto& [name, definition] : predicates().definitions()) {
    if (definition.expr && definition.expr->has_function()) refuse_function(name);
  }
  for (const std::string& name : public_names()) {
    const Registry& registry = require_registry(name);
    registry.each_predicate([](const Predicate& predicate, const std::string& whose) {
      if (predicate.has_function()) refuse_function(whose);
    });
    dump.add(registry.info(), registry.all_objects());
  }
  dump.head.workspace = options.workspace;
  dump.head.context = base_context();
  dump.head.predicates = predicates();
  CacheLock lock(cache, wait_for(options.lock_timeout));
  refuse_if_frozen(cache);
  if (options.mode == DumpMode::Update && fs::exists(cache)) dump.keep(CacheFile(cache), *this);
  dump.write(lock);
}

void RegistryStore::load(const fs::path& cache) {
  const CacheFile file(cache);
  CacheHead head = read_head(file);
  ParsedTexts texts;
  std::map<std::string, std::vector<Implementation>> contents;
  try {
    for (const RegistryInfo& info : head.registries) {
      if (info.select) texts.of(*info.select);
      contents[info.name];
    }
    file.each_line(file.symbols(), [&](std::string_view line, std::uint64_t) {
      Symbol symbol = file.symbol_of(line);
      auto registry = contents.find(symbol.registry);
      if (registry == contents.end()) file.broken("has a symbol of an unknown registry");
      registry->second.push_back(implementation_of(std::move(symbol), texts));
      return true;
    });
  } catch (const PredicateError& error) {
    file.broken("a predicate does not parse: " + std::string(error.what()));
  }
  define_predicates(head.predicates);
  set_base_context(std::move(head.context));
  for (const RegistryInfo& info : head.registries) {
    Registry* known = get_registry(info.name);
    Registry& registry = known ? *known : add_registry(make_registry(info.name));
    registry.replace_all(info, std::move(contents[info.name]));
  }
}

Loaded RegistryStore::load_registries(const fs::path& cache) {
  std::error_code error;
  if (!fs::exists(cache, error)) {
    surroundings_->warn({}, "there is no cache " + cache.string(), "run `reg auto-register`");
    return Loaded::No;
  }
  load(cache);
  lock_register();
  if (size() == 0) {
    throw StorageError(ErrorKind::Cache, "nothing is registered in " + cache.string(),
                       "run `reg auto-register`");
  }
  return Loaded::Yes;
}

}  // namespace reg
