#pragma once
// What is odd about one registry, by what its symbols give and read.

#include <lint/declared.h>
#include <lint/found.h>
#include <lint/usage.h>
#include <reg/symbol.h>
#include <set>
#include <string>

namespace reg::linting {

// All of it must outlive the call.
struct RegistryView {
  const CacheFile& file;
  const RegistryInfo& info;
  const Usage& usage;
  const Declared& declared;
  const std::set<std::string>& known_facts;  // those of [context], and what any registry declares
};

void find_in_registry(const RegistryView& registry, AllFound& found);

}  // namespace reg::linting
