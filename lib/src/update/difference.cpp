#include <update/difference.h>
#include <algorithm>

namespace reg {
namespace {

// Walks along the sorted new symbols while the old ones go by.
class Comparison {
 public:
  explicit Comparison(std::span<const SymbolRecord> symbols) : symbols_(symbols) {}

  void see_old(const LineKey& key, std::string_view line) {
    auto order = [&](const SymbolRecord& symbol) {
      int registry = symbol.registry.compare(key.registry);
      return registry != 0 ? registry : symbol.oid.compare(key.oid);
    };
    while (group_end_ < symbols_.size() && order(symbols_[group_end_]) <= 0) {
      if (order(symbols_[group_end_]) < 0 || group_begin_ == group_end_ ||
          !same_oid(group_begin_, group_end_)) {
        close_group();
      }
      ++group_end_;
      matched_.push_back(false);
    }
    if (group_begin_ < group_end_ && order(symbols_[group_begin_]) < 0) close_group();
    if (!match(line)) ++result_.removed;
  }

  Difference finish() {
    close_group();
    result_.added += symbols_.size() - group_end_;
    return result_;
  }

 private:
  bool same_oid(std::size_t a, std::size_t b) const {
    return symbols_[a].oid == symbols_[b].oid && symbols_[a].registry == symbols_[b].registry;
  }

  void close_group() {
    result_.added += static_cast<std::size_t>(std::count(matched_.begin(), matched_.end(), false));
    matched_.clear();
    group_begin_ = group_end_;
  }

  bool match(std::string_view line) {
    for (std::size_t i = group_begin_; i < group_end_; ++i) {
      if (matched_[i - group_begin_] || symbols_[i].line != line) continue;
      matched_[i - group_begin_] = true;
      return true;
    }
    return false;
  }

  std::span<const SymbolRecord> symbols_;
  std::size_t group_begin_ = 0, group_end_ = 0;  // the new symbols of the oid that goes by
  std::vector<bool> matched_;
  Difference result_;
};

}  // namespace

Difference difference(const CacheFile& old, std::span<const SymbolRecord> symbols) {
  Comparison comparison(symbols);
  old.each_line(old.symbols(), [&](std::string_view line, std::uint64_t) {
    comparison.see_old(old.key_of(line), line);
    return true;
  });
  return comparison.finish();
}

}  // namespace reg
