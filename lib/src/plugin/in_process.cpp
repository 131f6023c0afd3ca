#include <dlfcn.h>
#include <link.h>
#include <manifest/manifest.h>
#include <plugin/find_library.h>
#include <plugin/in_process.h>
#include <plugin/interface_check.h>
#include <reg/text.h>
#include <registration/checks.h>
#include <registration/info_check.h>
#include <registration/settling.h>
#include <registration/version_texts.h>
#include <select/inside_view.h>
#include <algorithm>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

std::string_view text(const char* text) { return text == nullptr ? std::string_view() : text; }

template <typename Visit>
void each_row(const LoaderState& loader, std::string_view registry, Visit visit) {
  for (const plugin::Row* const* row = loader.linked_in.begin; row != loader.linked_in.end; ++row) {
    if (*row == nullptr || !is_readable(**row) || (*row)->declaration_size == 0) continue;
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

// What `reg auto-register` says of the same in a library.
void settle_fields(const plugin::Row& row, Json& info, const RegistryInfo& registry) {
  const Declarations nothing_written;
  Source source;
  source.declarations = &nothing_written;
  const VersionTexts texts(source);
  if (auto with_texts = texts.info_with_texts({}, info, registry)) info = std::move(*with_texts);
  for (const InfoProblem& problem : check_info(info, registry))
    refuse(row, problem.message, problem.hint);
}

void check_select(const plugin::Row& row, const Predicate& predicate, const RegistryInfo& registry,
                  const PredicateSet& named) {
  for (const ast::TypeFinding& found : check_against(predicate, registry, named)) {
    if (found.severity == Severity::Error) refuse(row, found.message, found.hint);
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
  Context facts = loader.cache ? InsideView::condition_facts(*loader.cache) : Json::object();
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
    check_select(row, predicate, registry, named_by(loader, predicate));
    one.symbol.select = predicate.to_string();
  }
  if (!registry.fields.empty() || registry.symbols != 0)
    settle_fields(row, one.symbol.info, registry);
  return one;
}

// Those of some oids, in their order, as a registry of them alone would be settled.
struct SettledRows {
  std::vector<LinkedIn> present;
  std::set<std::string, std::less<>> replaced;  // targets
};

SettledRows settled(std::vector<LinkedIn> all, const RegistryInfo& registry) {
  std::vector<Entrant> entrants;
  for (const LinkedIn& one : all)
    entrants.push_back({one.symbol.oid,
                        one.symbol.target,
                        {},
                        DeclarationId::of(one.row),
                        one.symbol.select || registry.select,
                        one.force,
                        one.clear});
  SettledRows settled;
  for (const std::size_t at : settle(entrants, {}).present) {
    if (!all[at].replaces.empty()) settled.replaced.insert(all[at].replaces);
    settled.present.push_back(std::move(all[at]));
  }
  std::erase_if(settled.present,
                [&](const LinkedIn& one) { return settled.replaced.contains(one.symbol.target); });
  return settled;
}

bool replaces(const plugin::Row& row) {
  const std::string_view declared(row.declaration, row.declaration_size);
  return declared.find("\"replaces\"") != declared.npos;
}

// What is to be read for one oid: what replaces something may replace what is under another one,
// unless it has gone itself.
SettledRows rows_for(const LoaderState& loader, const RegistryInfo& registry,
                     std::string_view oid) {
  std::set<std::string_view> oids = {oid};
  each_row(loader, registry.name, [&](const plugin::Row& row) {
    if (replaces(row)) oids.insert(text(row.oid));
  });
  std::vector<LinkedIn> all;
  each_row(loader, registry.name, [&](const plugin::Row& row) {
    if (!oids.contains(text(row.oid))) return;
    if (auto one = read_row(loader, registry, row)) all.push_back(std::move(*one));
  });
  return settled(std::move(all), registry);
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
  if (!target || target->name != one.symbol.target || !origin_of(symbol).empty()) return false;
  std::error_code error;
  const fs::path file = find_library(loader, symbol, target->file).file;
  return !file.empty() && fs::equivalent(file, module_of(*one.row), error);
}

}  // namespace

bool is_refused(const LoaderState& loader, const Symbol& symbol) {
  const auto target = split_target(symbol.target);
  return target && !refusal_of_origin(loader, symbol, target->file).empty();
}

bool has_linked_in(const LoaderState& loader, std::string_view registry) {
  bool has = false;
  each_row(loader, registry, [&](const plugin::Row&) { has = true; });
  return has;
}

std::vector<std::string> linked_in_registries(const LoaderState& loader) {
  std::set<std::string> names;
  for (const plugin::Row* const* row = loader.linked_in.begin; row != loader.linked_in.end; ++row)
    if (*row != nullptr && is_readable(**row) && (*row)->declaration_size != 0)
      names.emplace(text((*row)->registry));
  return {names.begin(), names.end()};
}

std::vector<std::string> linked_in_oids(const LoaderState& loader, std::string_view registry) {
  std::set<std::string> oids;
  each_row(loader, registry, [&](const plugin::Row& row) { oids.emplace(text(row.oid)); });
  return {oids.begin(), oids.end()};
}

std::set<std::string, std::less<>> replaced_by_linked_in(const LoaderState& loader,
                                                         const RegistryInfo& registry) {
  return rows_for(loader, registry, {}).replaced;
}

JoinedImplementations join_implementations(const LoaderState& loader, const RegistryInfo& registry,
                                           std::string_view oid) {
  SettledRows rows = rows_for(loader, registry, oid);
  std::erase_if(rows.present, [&](const LinkedIn& one) { return one.symbol.oid != oid; });
  JoinedImplementations joined{std::move(rows.present), {}, {}};
  for (const LinkedIn& one : joined.linked_in) joined.symbols.push_back(one.symbol);
  if (!loader.cache) return joined;
  const Pin* pin = registry.pin(oid);
  std::vector<Symbol> cached = loader.cache->implementations(registry.name, oid);
  const auto refused =
      std::stable_partition(cached.begin(), cached.end(),
                            [&](const Symbol& symbol) { return !is_refused(loader, symbol); });
  // Where there is nothing else, the error is to say why that cannot be had.
  if (refused != cached.begin() || !joined.symbols.empty()) cached.erase(refused, cached.end());
  for (Symbol& symbol : cached) {
    // As all declarations, they act on nothing that others publish.
    if (rows.replaced.contains(symbol.target) && origin_of(symbol).empty()) continue;
    if (pin != nullptr && pin->target == symbol.target) joined.pin = *pin;
    const auto twin =
        std::find_if(joined.linked_in.begin(), joined.linked_in.end(),
                     [&](const LinkedIn& one) { return is_twin(loader, one, symbol); });
    if (twin == joined.linked_in.end()) {
      joined.symbols.push_back(std::move(symbol));
    } else if (pin != nullptr && pin->target == symbol.target) {
      joined.pin->target = twin->symbol.target;
    }
  }
  return joined;
}

}  // namespace reg
