#include <registration/sorting.h>
#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

namespace reg {
SortPrefix sort_prefix(std::string_view text) {
  SortPrefix prefix{};
  if (text.size() >= sizeof prefix) {
    std::memcpy(prefix.data(), text.data(), sizeof prefix);
  } else {
    std::memcpy(prefix.data(), text.data(), text.size());
  }
  if constexpr (std::endian::native == std::endian::little) {
    for (std::uint64_t& part : prefix) part = __builtin_bswap64(part);
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
