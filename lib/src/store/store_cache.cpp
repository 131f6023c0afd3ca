// From the store to a cache and back.

#include <cache/cache_file.h>
#include <cache/cache_lock.h>
#include <manifest/line.h>
#include <reg/store_cache.h>
#include <select/parsed_predicates.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <text/json_text.h>
#include <update/head.h>
#include <update/rebuild.h>
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
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
  if (!symbol.declared.path.empty())
    parts.declared = DeclaredPlace{symbol.declared.path, symbol.declared.line};
  const std::string allow = allow_text(symbol.allow);
  parts.allow = allow;
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

void refuse_functions(const RegistryState& registry) {
  if (registry.select && registry.select->has_function())
    refuse_function("the registry \"" + registry.declared.name + '"');
  for (const auto& [oid, content] : registry.contents.oids()) {
    for (const EntryPtr& entry : content.entries) {
      const Implementation& one = entry->implementation;
      if (one.predicate && one.predicate->has_function())
        refuse_function('"' + one.symbol.target + '"', one.symbol.source);
    }
  }
}

// What a cache holds, read in full before a store takes any of it.
class CacheContents {
 public:
  explicit CacheContents(const CacheFile& file) : file_(file), head_(read_head(file)) {
    try {
      for (const RegistryInfo& info : head_.registries) {
        if (info.select) parsed(*info.select);
        intakes_[info.name];
      }
      file_.each_line(file_.symbols(), [this](std::string_view line, std::uint64_t) {
        add(file_.symbol_of(line));
        return true;
      });
    } catch (const PredicateError& error) {
      file_.broken("a predicate does not parse: " + std::string(error.what()));
    }
  }

  // The store is as it was if this throws.
  void move_to(RegistryStore& store) {
    std::vector<Loading> loading;
    for (const RegistryInfo& info : head_.registries) loading.push_back(prepared(store, info));
    store.define_predicates(head_.predicates);
    store.set_base_context(std::move(head_.context));
    for (Loading& one : loading) one.carry_out(store);
  }

 private:
  // A registry that is to be replaced, or to be added.
  struct Loading {
    std::unique_ptr<Registry> made;
    RegistryState* state = nullptr;
    RegistryInfo declared;
    std::optional<Predicate> select;
    RegistryChange change;

    void carry_out(RegistryStore& store) {
      state->contents.clear();
      state->declared = std::move(declared);
      state->select = std::move(select);
      state->apply(change);
      if (made) Inside::of(store).add(std::move(made));
    }
  };

  Loading prepared(RegistryStore& store, const RegistryInfo& info) {
    Loading loading;
    loading.declared = info;
    loading.declared.symbols = 0;
    if (info.select) loading.select = parsed(*info.select);
    Registry* known = store.get_registry(info.name);
    if (known == nullptr) loading.made = Inside::of(store).make(info.name);
    loading.state = &Inside::of(known == nullptr ? *loading.made : *known);
    std::vector<Diagnostic> problems;
    const Intake& intake = intakes_.at(info.name);
    for (const Newcomer& newcomer : intake.newcomers)
      newcomer.entry->conditional |= info.select.has_value();
    loading.change = change_of(info.name, Contents(), intake, problems);
    if (!problems.empty()) file_.broken(problems.front().message);
    return loading;
  }

  void add(Symbol symbol) {
    auto intake = intakes_.find(symbol.registry);
    if (intake == intakes_.end()) file_.broken("has a symbol of an unknown registry");
    auto entry = std::make_shared<Entry>();
    entry->declaration = declaration_of(symbol);
    if (symbol.select) entry->implementation.predicate = parsed(*symbol.select);
    entry->conditional = symbol.select.has_value();
    entry->implementation.symbol = std::move(symbol);
    intake->second.newcomers.push_back({std::move(entry)});
  }

  // By the symbol's place; where that is not known, each is one of its own.
  std::shared_ptr<const Declaration> declaration_of(const Symbol& symbol) {
    if (symbol.source.path.empty() || symbol.source.line == 0) return new_declaration();
    auto& known = declarations_[symbol.source.to_string() + ' ' + symbol.oid + ' ' + symbol.target];
    if (!known) known = new_declaration();
    return known;
  }

  const Predicate& parsed(const std::string& text) { return predicates_.of(text).predicate; }

  const CacheFile& file_;
  CacheHead head_;
  std::map<std::string, Intake, std::less<>> intakes_;
  std::unordered_map<std::string, std::shared_ptr<const Declaration>> declarations_;
  ParsedPredicates predicates_;
};

}  // namespace

void dump(const RegistryStore& store, const fs::path& cache, const DumpOptions& options) {
  Dump dump;
  for (const auto& [name, definition] : store.predicates().definitions()) {
    if (definition.expr && definition.expr->has_function()) refuse_function(name);
  }
  for (const std::string& name : Inside::of(store).public_names()) {
    const Registry& registry = store.require_registry(name);
    refuse_functions(Inside::of(registry));
    dump.add(registry.info(), registry.all_objects());
  }
  dump.head.workspace = options.workspace;
  dump.head.context = store.base_context();
  dump.head.predicates = store.predicates();
  CacheLock lock(cache, wait_for(options.lock_timeout));
  refuse_if_frozen(cache);
  if (options.mode == DumpMode::Update && fs::exists(cache)) dump.keep(CacheFile(cache), store);
  dump.write(lock);
}

void load(RegistryStore& store, const fs::path& cache) {
  const CacheFile file(cache);
  CacheContents(file).move_to(store);
}

Loaded load_registries(RegistryStore& store, const fs::path& cache) {
  std::error_code error;
  if (!fs::exists(cache, error)) {
    Inside::of(store).surroundings->warn({}, "there is no cache " + cache.string(),
                                         "run `reg auto-register`");
    return Loaded::No;
  }
  load(store, cache);
  store.lock_register();
  if (store.size() == 0) {
    throw StorageError(ErrorKind::Cache, "nothing is registered in " + cache.string(),
                       "run `reg auto-register`");
  }
  return Loaded::Yes;
}

}  // namespace reg
