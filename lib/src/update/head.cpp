#include <cache/head_lines.h>
#include <update/head.h>

namespace reg {
namespace {

template <typename Take>
void each_member(const CacheFile& cache, CacheSection section, Take take) {
  cache.each_line(section, [&](std::string_view line, std::uint64_t) {
    MemberLine member = cache.member_of(line);
    take(cache.plain(member.key), cache.parsed(member.value));
    return true;
  });
}

template <typename T>
T whole(const CacheFile& cache, std::optional<T> value) {
  if (!value) cache.broken("has a line that is not laid out as written");
  return std::move(*value);
}

}  // namespace

CacheHead read_head(const CacheFile& cache) try {
  CacheHead head;
  cache.each_line(cache.workspace(), [&](std::string_view line, std::uint64_t) {
    const Json value = cache.parsed_context(cache.member_of(line).value);
    WorkspaceText text = whole(cache, workspace_from(value));
    head.workspace = text.name;
    head.context = text.context;
    head.defines = text.defines;
    head.facts = text.facts;
    head.library_path = text.library_path;
    head.lint = text.lint;
    head.load_remote = text.load_remote;
    return true;
  });
  each_member(cache, cache.predicates(), [&](const std::string& name, const Json& value) {
    head.predicates.define(name, whole(cache, definition_from(value)));
  });
  each_member(cache, cache.registries(), [&](const std::string& name, const Json& value) {
    head.registries.push_back(whole(cache, registry_from(name, value)));
  });
  return head;
} catch (const PredicateError& error) {
  cache.broken("a predicate does not parse: " + std::string(error.what()));
}

CacheHead make_head(const Settings& settings, const Json& defines, const Catalog& catalog) {
  CacheHead head;
  head.workspace = settings.name;
  head.context = settings.context;
  head.defines = defines;
  head.facts = settings.facts;
  head.library_path = settings.library_path;
  head.load_remote = settings.remote && settings.remote->load;
  head.lint = settings.lint;
  head.predicates = catalog.predicates;
  for (const auto& [name, info] : catalog.registries) head.registries.push_back(info);
  return head;
}

bool operator==(const CacheHead& a, const CacheHead& b) {
  return a.workspace == b.workspace && a.context == b.context && a.defines == b.defines &&
         a.facts == b.facts && a.library_path == b.library_path && a.lint == b.lint &&
         a.load_remote == b.load_remote && a.registries == b.registries &&
         a.predicates.definitions() == b.predicates.definitions();
}

}  // namespace reg
