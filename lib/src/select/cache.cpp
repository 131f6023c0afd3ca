#include <cache/cache_file.h>
#include <cache/head_lines.h>
#include <cache/line_reader.h>
#include <cache/verify.h>
#include <manifest/line.h>
#include <reg/cache.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <select/inside_view.h>
#include <text/json_text.h>

#include <algorithm>

namespace reg {

namespace {

// How many names a hint is looked for among; more are not worth the wait of whoever mistyped one.
constexpr std::size_t most_names = 100'000;

// nullopt: no text in a cache can be that.
std::optional<std::string> escaped(std::string_view text) {
  if (!is_valid_utf8(text)) return std::nullopt;
  std::string out;
  append_escaped(out, text);
  return out;
}

WorkspaceText read_workspace(const CacheFile& file) {
  std::string text = file.read(file.workspace().begin, file.workspace().end);
  MemberLine line = file.member_of(bare_line(text));
  auto workspace = workspace_from(file.parsed_context(line.value));
  if (line.key != "workspace" || !workspace)
    file.broken("its second line does not describe a workspace");
  return std::move(*workspace);
}

RegistryInfo read_registry(const CacheFile& file, std::string_view name, const Json& value) {
  auto info = registry_from(name, value);
  if (!info) file.broken(in_quotes(name) + " is not described as a registry must be");
  return std::move(*info);
}

std::vector<std::string> registry_names(const CacheFile& file) {
  std::vector<std::string> names;
  file.each_line(file.registries(), [&](std::string_view line, std::uint64_t) {
    names.push_back(file.plain(file.member_of(line).key));
    return names.size() < most_names;
  });
  return names;
}

std::vector<std::string> oids_of(const CacheFile& file, std::string_view registry) {
  std::vector<std::string> oids;
  std::size_t lines = 0;
  file.each_line(file.registry_lines(registry), [&](std::string_view line, std::uint64_t) {
    std::string oid = file.plain(file.key_of(line).oid);
    if (oids.empty() || oids.back() != oid) oids.push_back(std::move(oid));
    return ++lines < most_names;
  });
  return oids;
}

}  // namespace

Cache::Cache(std::shared_ptr<CacheFile> file, std::optional<Context> base)
    : file_(std::move(file)), base_(std::move(base)) {}
Cache::Cache(Cache&&) noexcept = default;
Cache& Cache::operator=(Cache&&) noexcept = default;
Cache::~Cache() = default;

Cache Cache::open(const std::filesystem::path& file) {
  return Cache(std::make_unique<CacheFile>(file));
}
Cache Cache::open(const Workspace& workspace) {
  return Cache(std::make_unique<CacheFile>(workspace.cache(), workspace.root()));
}

const std::filesystem::path& Cache::path() const { return file_->path(); }
std::string Cache::workspace_name() const { return read_workspace(*file_).name; }
Context Cache::base_context() const { return base_ ? *base_ : read_workspace(*file_).context; }
Json InsideView::condition_facts(const Cache& cache) {
  WorkspaceText workspace = read_workspace(*cache.file_);
  merge_context(workspace.facts, workspace.defines);
  return std::move(workspace.facts);
}
std::vector<std::filesystem::path> Cache::library_path() const {
  const std::vector<std::string> folders = read_workspace(*file_).library_path;
  return {folders.begin(), folders.end()};
}
Cache Cache::with_base_context(Context context) const { return Cache(file_, std::move(context)); }
std::uint64_t Cache::size() const { return file_->symbol_count(); }

std::vector<RegistryInfo> Cache::registries() const {
  std::vector<RegistryInfo> all;
  file_->each_line(file_->registries(), [&](std::string_view line, std::uint64_t) {
    MemberLine member = file_->member_of(line);
    all.push_back(read_registry(*file_, file_->plain(member.key), file_->parsed(member.value)));
    return true;
  });
  return all;
}

std::optional<RegistryInfo> Cache::registry(std::string_view name) const {
  auto key = escaped(name);
  auto value = key ? file_->member(file_->registries(), *key) : std::nullopt;
  if (!value) return std::nullopt;
  return read_registry(*file_, name, *value);
}

RegistryInfo Cache::require_registry(std::string_view name) const {
  auto info = registry(name);
  if (info) return std::move(*info);
  throw RegistryNotFound("there is no registry " + in_quotes(name),
                         did_you_mean(name, registry_names(*file_)));
}

std::vector<Symbol> Cache::implementations(std::string_view registry, std::string_view oid) const {
  std::vector<Symbol> symbols;
  auto registry_key = escaped(registry);
  auto oid_key = escaped(oid);
  if (!registry_key || !oid_key) return symbols;
  file_->each_oid_line(*registry_key, *oid_key,
                       [&](std::string_view line) { symbols.push_back(file_->symbol_of(line)); });
  return symbols;
}

std::vector<Symbol> Cache::require_implementations(std::string_view registry,
                                                   std::string_view oid) const {
  std::vector<Symbol> symbols = implementations(registry, oid);
  if (!symbols.empty()) return symbols;
  require_registry(registry);
  std::string hint = did_you_mean(oid, oids_of(*file_, registry));
  std::vector<std::string> elsewhere = registries_of(oid);
  if (!elsewhere.empty()) hint = "it is in " + joined(elsewhere);
  throw ObjectNotFound("there is no " + in_quotes(oid) + " in registry " + in_quotes(registry),
                       hint);
}

std::vector<std::string> Cache::registries_of(std::string_view oid) const {
  auto key = escaped(oid);
  auto value = key ? file_->member(file_->oids(), *key) : std::nullopt;
  if (!value) return {};
  auto registries = oid_registries_from(*value);
  if (!registries) file_->broken(in_quotes(oid) + " has no list of registries");
  return std::move(*registries);
}

std::vector<Symbol> Cache::find(std::string_view oid) const {
  std::vector<Symbol> found;
  for (const std::string& registry : registries_of(oid)) {
    std::vector<Symbol> symbols = implementations(registry, oid);
    std::move(symbols.begin(), symbols.end(), std::back_inserter(found));
  }
  return found;
}

std::vector<std::string> Cache::oids(std::string_view registry, std::string_view prefix,
                                     std::size_t limit) const {
  std::vector<std::string> found;
  auto registry_key = escaped(registry);
  auto start = escaped(prefix);
  if (!registry_key || !start || limit == 0) return found;
  CacheSection section = registry.empty() ? file_->oids() : file_->registry_lines(*registry_key);
  auto oid_of = [&](std::string_view line) {
    return registry.empty() ? file_->member_of(line).key : file_->key_of(line).oid;
  };
  section.begin =
      file_->lower_bound(section, [&](std::string_view line) { return oid_of(line) < *start; });
  file_->each_line(section, [&](std::string_view line, std::uint64_t) {
    std::string oid = file_->plain(oid_of(line));
    if (!oid.starts_with(prefix)) return false;
    if (found.empty() || found.back() != oid) found.push_back(std::move(oid));
    return found.size() < limit;
  });
  return found;
}

void Cache::each_symbol(std::string_view registry,
                        const std::function<bool(const SymbolView& symbol)>& visit) const {
  auto key = escaped(registry);
  if (!key) return;
  file_->each_line(
      registry.empty() ? file_->symbols() : file_->registry_lines(*key),
      [&](std::string_view line, std::uint64_t) { return visit(InsideView::of(*file_, line)); });
}

CacheReads Cache::reads() const { return {file_->read_calls(), file_->read_bytes()}; }

void Cache::tell_reads(std::function<void(const SymbolRead& symbol)> tell) {
  file_->tell_lines([file = file_.get(), tell = std::move(tell)](std::string_view line) {
    const auto source = line_source(line);
    if (!source) file->broken("a symbol does not end as it must");
    const LineKey key = file->key_of(line);
    tell({key.registry, key.oid, source->path});
  });
}

std::vector<std::string> Cache::verify() const { return verify_cache(*file_); }

}  // namespace reg
