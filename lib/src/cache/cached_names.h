#pragma once
// The names that a cache has, and what is thrown for one that it has not.

#include <cache/cache_file.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The text as it stands in a cache; nullopt: no text in a cache can be that.
std::optional<std::string> cached_text(std::string_view text);

// The registries that have that oid, sorted.
std::vector<std::string> registries_with(const CacheFile& file, std::string_view oid);

// Throws RegistryNotFound, with the nearest name as a hint.
[[noreturn]] void refuse_registry(const CacheFile& file, std::string_view name);
// Of an oid that is not there: the same if the registry is not there either; else ObjectNotFound,
// with the registries that have it, or the nearest name, as a hint.
[[noreturn]] void refuse_oid(const CacheFile& file, std::string_view registry,
                             std::string_view oid);

}  // namespace reg
