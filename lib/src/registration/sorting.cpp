#include <registration/sorting.h>
#include <algorithm>
#include <tuple>

namespace reg {
namespace {

struct SortKey {
  SortPrefix oid_prefix;
  std::uint32_t record;
};

}  // namespace

SortPrefix sort_prefix(std::string_view text) {
  SortPrefix prefix{};
  const std::size_t length = std::min(text.size(), sizeof prefix);
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint64_t byte = static_cast<unsigned char>(text[i]);
    prefix[i / 8] |= byte << (56 - i % 8 * 8);
  }
  return prefix;
}

std::vector<SymbolRecord> sorted_by_oid(const std::vector<SymbolRecord>& records) {
  std::vector<SortKey> keys;
  keys.reserve(records.size());
  for (std::uint32_t i = 0; i < records.size(); ++i)
    keys.push_back({sort_prefix(records[i].oid), i});
  std::sort(keys.begin(), keys.end(), [&](const SortKey& a, const SortKey& b) {
    if (a.oid_prefix != b.oid_prefix) return a.oid_prefix < b.oid_prefix;
    const int order = records[a.record].oid.compare(records[b.record].oid);
    return order != 0 ? order < 0 : a.record < b.record;
  });
  std::vector<SymbolRecord> sorted;
  sorted.reserve(records.size());
  for (const SortKey& key : keys) sorted.push_back(records[key.record]);
  return sorted;
}

bool declared_before(const SymbolRecord& a, const SymbolRecord& b) {
  return std::tie(a.source, a.at) < std::tie(b.source, b.at);
}

}  // namespace reg
