#include <registration/sorting.h>
#include <algorithm>
#include <tuple>

namespace reg {
SortPrefix sort_prefix(std::string_view text) {
  SortPrefix prefix{};
  const std::size_t length = std::min(text.size(), sizeof prefix);
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint64_t byte = static_cast<unsigned char>(text[i]);
    prefix[i / 8] |= byte << (56 - i % 8 * 8);
  }
  return prefix;
}

void sort_by_oid(std::vector<RecordRef>& records) {
  for (std::uint32_t i = 0; i < records.size(); ++i) records[i].order = i;
  std::sort(records.begin(), records.end(), [](const RecordRef& a, const RecordRef& b) {
    if (a.oid_prefix != b.oid_prefix) return a.oid_prefix < b.oid_prefix;
    const int order = a.record->oid.compare(b.record->oid);
    return order != 0 ? order < 0 : a.order < b.order;
  });
}

bool declared_before(const SymbolRecord& a, const SymbolRecord& b) {
  return std::tie(a.source, a.at) < std::tie(b.source, b.at);
}

}  // namespace reg
