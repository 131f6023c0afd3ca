#include <cache/cached_names.h>
#include <cache/head_lines.h>
#include <reg/error.h>
#include <reg/text.h>
#include <text/json_text.h>

namespace reg {
namespace {

// How many names a hint is looked for among; more are not worth the wait of whoever mistyped one.
constexpr std::size_t most_names = 100'000;

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

std::optional<std::string> cached_text(std::string_view text) {
  if (!is_valid_utf8(text)) return std::nullopt;
  std::string out;
  append_escaped(out, text);
  return out;
}

std::vector<std::string> registries_with(const CacheFile& file, std::string_view oid) {
  const auto key = cached_text(oid);
  const auto value = key ? file.member(file.oids(), *key) : std::nullopt;
  if (!value) return {};
  auto registries = oid_registries_from(*value);
  if (!registries) file.broken(in_quotes(oid) + " has no list of registries");
  return std::move(*registries);
}

void refuse_registry(const CacheFile& file, std::string_view name) {
  throw RegistryNotFound("there is no registry " + in_quotes(name),
                         did_you_mean(name, registry_names(file)));
}

void refuse_oid(const CacheFile& file, std::string_view registry, std::string_view oid) {
  const auto key = cached_text(registry);
  if (!key || !file.member(file.registries(), *key)) refuse_registry(file, registry);
  std::string hint = did_you_mean(oid, oids_of(file, registry));
  const std::vector<std::string> elsewhere = registries_with(file, oid);
  if (!elsewhere.empty()) hint = "it is in " + joined(elsewhere);
  throw ObjectNotFound("there is no " + in_quotes(oid) + " in registry " + in_quotes(registry),
                       hint);
}

}  // namespace reg
