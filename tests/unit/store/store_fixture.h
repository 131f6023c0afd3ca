#pragma once
// What the store's tests have in common.

#include <reg/merge.h>
#include <reg/module.h>
#include <reg/registry_store.h>
#include <reg/sources.h>
#include <reg/store_cache.h>
#include <reg/tables.h>
#include <scratch.h>
#include <string>
#include <vector>

namespace reg::test {

inline Predicate parse(const char* text) { return Predicate::parse(text); }

inline Implementation symbol(const char* target, const char* oid,
                             ImplementationOptions options = {}) {
  return Implementation::of_target(target, oid, std::move(options));
}

inline std::vector<std::string> targets(const std::vector<Symbol>& symbols) {
  std::vector<std::string> all;
  all.reserve(symbols.size());
  for (const Symbol& one : symbols) all.push_back(one.target);
  return all;
}

using Names = std::vector<std::string>;
using reg_test::ScratchFolder;

// A store whose warnings are kept.
struct WarnedStore : RegistryStore {
  explicit WarnedStore(DebugMode mode = DebugMode::No) : RegistryStore(mode) {
    on_warning([this](const Diagnostic& warning) { warnings.push_back(warning.message); });
  }
  Names warnings;
};

// The message of the error that `what` ends with; empty if it ends well.
template <typename Error, typename What>
std::string message_of(What what) {
  try {
    what();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace reg::test
