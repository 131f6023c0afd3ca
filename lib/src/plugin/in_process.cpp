#include <dlfcn.h>
#include <link.h>
#include <manifest/manifest.h>
#include <plugin/find_library.h>
#include <plugin/in_process.h>
#include <reg/open_cache.h>
#include <reg/text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string_view text(const char* text) { return text == nullptr ? std::string_view() : text; }

template <typename Visit>
void each_row(const LoaderState& loader, std::string_view registry, Visit visit) {
  for (const plugin::Row* const* row = loader.linked_in.begin; row != loader.linked_in.end; ++row) {
    if (*row == nullptr || (*row)->declaration_size == 0) continue;
    if (text((*row)->registry) == registry) visit(**row);
  }
}

Place place_of(const plugin::Row& row) { return {std::string(text(row.file)), row.line, 0}; }

[[noreturn]] void refuse(const plugin::Row& row, const std::string& problem,
                         std::string hint = {}) {
  throw InputError({{Severity::Error,
                     place_of(row),
                     std::string(text(row.name)) + ": " + problem,
                     std::move(hint),
                     {}}});
}

// Read as any manifest's, of which it is the only symbol.
void check(const plugin::Row& row, const Json& declaration) {
  Json manifest;
  manifest["symbols"] = Json::array({declaration});
  const Declarations read =
      read_manifest(to_text(manifest), place_of(row).path, ManifestFormat::JsonText);
  for (const Diagnostic& each : read.diagnostics) {
    if (each.severity == Severity::Error) refuse(row, each.message, each.hint);
  }
}

std::string text_member(const Json& declaration, const char* name) {
  const auto found = declaration.find(name);
  return found == declaration.end() ? std::string() : found->get<std::string>();
}

bool is_set(const Json& declaration, const char* name) {
  const auto found = declaration.find(name);
  return found != declaration.end() && found->get<bool>();
}

void check_fields(const plugin::Row& row, const Json& info, const RegistryInfo& registry) {
  for (const auto& [name, value] : info.items()) {
    const Field* field = registry.field(name);
    if (field == nullptr)
      refuse(row, in_quotes(name) + " is no field of registry " + in_quotes(registry.name));
    if (!holds(field->type, value))
      refuse(row, "the field " + in_quotes(name) + " is of type " + to_string(field->type));
  }
}

void check_calls(const plugin::Row& row, const Predicate& predicate, const PredicateSet& named) {
  for (const PredicateCall& call : predicate.calls()) {
    if (const auto problem = named.problem(call)) refuse(row, problem->message, problem->hint);
  }
}

PredicateSet named_by(const LoaderState& loader, const Predicate& predicate) {
  return loader.cache ? loader.cache->predicates(predicate.calls()) : PredicateSet();
}

bool applies_here(const LoaderState& loader, const plugin::Row& row, const std::string& when) {
  if (when.empty()) return true;
  const Predicate predicate = Predicate::parse(when);
  const PredicateSet named = named_by(loader, predicate);
  check_calls(row, predicate, named);
  Context facts = loader.cache ? defines_of(*loader.cache) : Json::object();
  merge_context(facts, loader.options.facts);
  return predicate.score(facts, Json::object(), named) > 0;
}

// nullopt: its `when` leaves it out.
std::optional<LinkedIn> read_row(const LoaderState& loader, const RegistryInfo& registry,
                                 const plugin::Row& row) {
  Json declaration =
      parse_json({row.declaration, row.declaration_size}, std::string(text(row.file)));
  declaration.erase("declared");
  declaration.erase("interface");
  check(row, declaration);
  if (!applies_here(loader, row, text_member(declaration, "when"))) return std::nullopt;
  LinkedIn one{{},
               &row,
               text_member(declaration, "replaces"),
               is_set(declaration, "force"),
               is_set(declaration, "clear")};
  one.symbol.registry = text(row.registry);
  one.symbol.oid = text(row.oid);
  one.symbol.target = text(row.name);
  one.symbol.doc = text_member(declaration, "doc");
  one.symbol.source = place_of(row);
  if (declaration.contains("info")) one.symbol.info = std::move(declaration["info"]);
  if (const std::string select = text_member(declaration, "select"); !select.empty()) {
    const Predicate predicate = Predicate::parse(select);
    check_calls(row, predicate, named_by(loader, predicate));
    one.symbol.select = predicate.to_string();
  }
  if (!registry.fields.empty() || registry.symbols != 0)
    check_fields(row, one.symbol.info, registry);
  return one;
}

bool is_unconditional(const Symbol& symbol, const RegistryInfo& registry) {
  return !symbol.select && !registry.select;
}

// Whether what came before gives way to a symbol that is declared with `force`.
bool is_displaced(const LinkedIn& by, const Symbol& before, const RegistryInfo& registry) {
  if (!by.force) return false;
  return before.target == by.symbol.target ||
         (is_unconditional(by.symbol, registry) && is_unconditional(before, registry));
}

fs::path module_of(const plugin::Row& row) {
  Dl_info info{};
  void* map = nullptr;
  if (::dladdr1(&row, &info, &map, RTLD_DL_LINKMAP) == 0 || map == nullptr) return {};
  const char* name = static_cast<const link_map*>(map)->l_name;
  return name == nullptr || *name == '\0' ? fs::path("/proc/self/exe") : fs::path(name);
}

// Whether the cache has found the very declaration, in the file that it is linked into.
bool is_twin(const LoaderState& loader, const LinkedIn& one, const Symbol& symbol) {
  const auto target = split_target(symbol.target);
  if (!target || target->name != one.symbol.target) return false;
  std::error_code error;
  const fs::path file = find_library(loader, symbol, target->file).file;
  return !file.empty() && fs::equivalent(file, module_of(*one.row), error);
}

class Joining {
 public:
  Joining(const LoaderState& loader, const RegistryInfo& registry, std::string_view oid)
      : loader_(loader), registry_(registry), oid_(oid) {}

  JoinedImplementations join() {
    each_row(loader_, registry_.name, [this](const plugin::Row& row) {
      const std::string_view declared(row.declaration, row.declaration_size);
      if (text(row.oid) != oid_ && declared.find("\"replaces\"") == declared.npos) return;
      if (auto one = read_row(loader_, registry_, row)) add(std::move(*one));
    });
    drop(joined_.linked_in, [](const LinkedIn& one) -> const Symbol& { return one.symbol; });
    for (const LinkedIn& one : joined_.linked_in) joined_.symbols.push_back(one.symbol);
    if (loader_.cache) add_cached();
    return std::move(joined_);
  }

 private:
  void add(LinkedIn one) {
    if (!one.replaces.empty()) replaced_.insert(one.replaces);
    if (one.symbol.oid != oid_) return;
    std::erase_if(joined_.linked_in, [&](const LinkedIn& before) {
      return one.clear || is_displaced(one, before.symbol, registry_);
    });
    joined_.linked_in.push_back(std::move(one));
  }

  void add_cached() {
    std::vector<Symbol> cached = loader_.cache->implementations(registry_.name, oid_);
    std::erase_if(cached, [this](const Symbol& symbol) {
      return std::any_of(
          joined_.linked_in.begin(), joined_.linked_in.end(), [&](const LinkedIn& one) {
            return is_displaced(one, symbol, registry_) || is_twin(loader_, one, symbol);
          });
    });
    drop(cached, [](const Symbol& symbol) -> const Symbol& { return symbol; });
    std::move(cached.begin(), cached.end(), std::back_inserter(joined_.symbols));
  }

  template <typename Items, typename SymbolOf>
  void drop(Items& items, SymbolOf symbol_of) {
    std::erase_if(items,
                  [&](const auto& item) { return replaced_.contains(symbol_of(item).target); });
  }

  const LoaderState& loader_;
  const RegistryInfo& registry_;
  const std::string_view oid_;
  std::set<std::string, std::less<>> replaced_;
  JoinedImplementations joined_;
};

}  // namespace

bool has_linked_in(const LoaderState& loader, std::string_view registry) {
  bool has = false;
  each_row(loader, registry, [&](const plugin::Row&) { has = true; });
  return has;
}

std::vector<std::string> linked_in_registries(const LoaderState& loader) {
  std::set<std::string> names;
  for (const plugin::Row* const* row = loader.linked_in.begin; row != loader.linked_in.end; ++row)
    if (*row != nullptr && (*row)->declaration_size != 0) names.emplace(text((*row)->registry));
  return {names.begin(), names.end()};
}

std::vector<std::string> linked_in_oids(const LoaderState& loader, std::string_view registry) {
  std::set<std::string> oids;
  each_row(loader, registry, [&](const plugin::Row& row) { oids.emplace(text(row.oid)); });
  return {oids.begin(), oids.end()};
}

JoinedImplementations join_implementations(const LoaderState& loader, const RegistryInfo& registry,
                                           std::string_view oid) {
  return Joining(loader, registry, oid).join();
}

}  // namespace reg
