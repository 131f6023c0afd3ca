#include <cache/cache_file.h>
#include <cache/cached_names.h>
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
bool InsideView::loads_remote(const Cache& cache) {
  return read_workspace(*cache.file_).load_remote;
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
  auto key = cached_text(name);
  auto value = key ? file_->member(file_->registries(), *key) : std::nullopt;
  if (!value) return std::nullopt;
  return read_registry(*file_, name, *value);
}

RegistryInfo Cache::require_registry(std::string_view name) const {
  auto info = registry(name);
  if (info) return std::move(*info);
  refuse_registry(*file_, name);
}

std::vector<Symbol> Cache::implementations(std::string_view registry, std::string_view oid) const {
  std::vector<Symbol> symbols;
  auto registry_key = cached_text(registry);
  auto oid_key = cached_text(oid);
  if (!registry_key || !oid_key) return symbols;
  file_->each_oid_line(*registry_key, *oid_key,
                       [&](std::string_view line) { symbols.push_back(file_->symbol_of(line)); });
  return symbols;
}

std::vector<Symbol> Cache::require_implementations(std::string_view registry,
                                                   std::string_view oid) const {
  std::vector<Symbol> symbols = implementations(registry, oid);
  if (!symbols.empty()) return symbols;
  refuse_oid(*file_, registry, oid);
}

std::vector<std::string> Cache::registries_of(std::string_view oid) const {
  return registries_with(*file_, oid);
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
  auto registry_key = cached_text(registry);
  auto start = cached_text(prefix);
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
  auto key = cached_text(registry);
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
