#pragma once
// What tells a symbol from all others under its oid: its target, and whose publication it is from.

#include <manifest/line.h>
#include <functional>
#include <string_view>

namespace reg {

struct SymbolIdentity {
  // Of a line; a view of it.
  static SymbolIdentity of(std::string_view line) {
    return {line_key(line).value_or(LineKey{}).target, origin_of_source(line_source_path(line))};
  }

  std::string_view target, origin;  // escaped; the workspace's own have no origin
  friend bool operator==(const SymbolIdentity&, const SymbolIdentity&) = default;
};

struct SymbolIdentityHash {
  std::size_t operator()(const SymbolIdentity& one) const {
    const std::hash<std::string_view> hash;
    return hash(one.target) ^ (one.origin.empty() ? 0 : hash(one.origin) * 31);
  }
};

}  // namespace reg
