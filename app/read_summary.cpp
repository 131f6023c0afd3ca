#include "read_summary.h"

#include "render/text.h"

namespace reg::app {

void ReadSummary::add(const SymbolRead& symbol) {
  if (symbols_++ == 0) {
    registry_ = symbol.registry;
    oid_ = symbol.oid;
  }
  one_registry_ = one_registry_ && registry_ == symbol.registry;
  one_oid_ = one_oid_ && oid_ == symbol.oid;
  if (symbol.registry != last_registry_) {
    last_registry_ = symbol.registry;
    registries_.insert(last_registry_);
  }
  if (symbol.source == last_source_) return;
  last_source_ = symbol.source;
  sources_.insert(last_source_);
}

std::string ReadSummary::what() const {
  const std::string count = counted(symbols_, "symbol", "symbols");
  if (symbols_ == 0) return count;
  if (one_registry_) return count + " of " + registry_ + (one_oid_ ? '/' + oid_ : std::string());
  return count + (one_oid_ ? " called " + oid_ : std::string()) + " of several registries";
}

std::string ReadSummary::to_text(const CacheReads& reads) const {
  using namespace std::chrono;
  const auto taken = duration_cast<microseconds>(steady_clock::now() - begin_).count();
  return what() + ", " + counted(reads.calls, "read", "reads") + ", " +
         counted(reads.bytes, "byte", "bytes") + " (" + std::to_string(taken / 1000) + '.' +
         std::to_string(taken % 1000 / 100) + " ms)";
}

}  // namespace reg::app
