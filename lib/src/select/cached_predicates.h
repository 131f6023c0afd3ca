#pragma once
// The predicates of a cache, read as they are needed.

#include <cache/cache_file.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <select/parsed_predicates.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// The definitions that a cache has, added to a set as they are called.
class Definitions {
 public:
  // The file must outlive it.
  explicit Definitions(const CacheFile& file) : file_(file) {}

  // All functions throw StorageError (Cache) for what is not defined as it must be.
  void add(const std::vector<PredicateCall>& calls);
  // As `add`, for a predicate of the cache's own, which cannot call what the cache does not have.
  void require(const Predicate& predicate);

  const PredicateSet& set() const { return set_; }
  PredicateSet take() { return std::move(set_); }

 private:
  std::optional<PredicateDefinition> read(const std::string& name) const;

  const CacheFile& file_;
  PredicateSet set_;
};

// What scores the symbols of a registry; each distinct predicate is parsed once.
class CachedPredicates {
 public:
  // `fallback` is the registry's `select`. The file must outlive it.
  CachedPredicates(const CacheFile& file, std::optional<std::string> fallback)
      : file_(file), named_(file), fallback_(std::move(fallback)) {}

  // Stays where it is as long as this does. Throws StorageError (Cache).
  const Predicate& of(const Symbol& symbol);
  // All that those call.
  const PredicateSet& named() const { return named_.set(); }

 private:
  const CacheFile& file_;
  Definitions named_;
  const std::optional<std::string> fallback_;
  const Predicate unconditional_ = yes();
  ParsedPredicates parsed_;
};

}  // namespace reg
