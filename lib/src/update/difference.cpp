#include <manifest/symbol_identity.h>
#include <text/json_text.h>
#include <update/difference.h>
#include <algorithm>
#include <string>
#include <unordered_map>

namespace reg {
namespace {

// What a line says of its symbol, without its place.
std::string_view without_place(std::string_view line) {
  return line.substr(0, line.rfind(",\"source\":["));
}

using LineByIdentity = std::unordered_map<SymbolIdentity, std::string_view, SymbolIdentityHash>;
LineByIdentity by_identity(std::span<const std::string_view> lines) {
  LineByIdentity found;
  for (std::string_view line : lines) found.emplace(SymbolIdentity::of(line), line);
  return found;
}

// The old cache's oids, one after the other.
class OidWalk {
 public:
  OidWalk(const CacheFile& file, std::span<const SymbolRecord> symbols, DifferenceCounter& counter)
      : file_(file), symbols_(symbols), counter_(counter) {}

  void run() {
    file_.each_line(file_.symbols(), [this](std::string_view line, std::uint64_t) {
      const LineKey key = file_.key_of(line);
      if (ends_.empty() || key.registry != registry_ || key.oid != oid_) {
        finish_oid();
        registry_ = key.registry;
        oid_ = key.oid;
      }
      text_ += line;
      ends_.push_back(text_.size());
      return true;
    });
    finish_oid();
    add_new_until_end();
  }

 private:
  int order(const SymbolRecord& symbol) const {
    const int registry = symbol.registry.compare(registry_);
    return registry != 0 ? registry : symbol.oid.compare(oid_);
  }

  // The new lines of the next oid.
  void take_oid() {
    after_.clear();
    const SymbolRecord& first = symbols_[next_];
    for (; next_ < symbols_.size() && symbols_[next_].oid == first.oid &&
           symbols_[next_].registry == first.registry;
         ++next_) {
      after_.push_back(symbols_[next_].line);
    }
  }

  void finish_oid() {
    if (ends_.empty()) return;
    while (next_ < symbols_.size() && order(symbols_[next_]) < 0) add_new_oid();
    before_.clear();
    for (std::size_t i = 0, begin = 0; i < ends_.size(); begin = ends_[i++])
      before_.push_back(std::string_view(text_).substr(begin, ends_[i] - begin));
    after_.clear();
    if (next_ < symbols_.size() && order(symbols_[next_]) == 0) take_oid();
    counter_.compare(before_, after_);
    text_.clear();
    ends_.clear();
  }

  void add_new_oid() {
    take_oid();
    counter_.compare({}, after_);
  }

  void add_new_until_end() {
    while (next_ < symbols_.size()) add_new_oid();
  }

  const CacheFile& file_;
  std::span<const SymbolRecord> symbols_;
  DifferenceCounter& counter_;
  std::size_t next_ = 0;
  std::string registry_, oid_,
      text_;                       // of the old oid that goes by; its lines, one after the other
  std::vector<std::size_t> ends_;  // of the lines
  std::vector<std::string_view> before_, after_;
};

}  // namespace

void DifferenceCounter::compare(std::span<const std::string_view> before,
                                std::span<const std::string_view> after) {
  if (std::equal(before.begin(), before.end(), after.begin(), after.end())) return;
  any_ = true;
  const LineByIdentity old = by_identity(before), now = by_identity(after);
  for (std::string_view line : before) {
    auto same = now.find(SymbolIdentity::of(line));
    if (same == now.end()) {
      count(SymbolChange::Kind::Removed, line);
    } else if (without_place(same->second) != without_place(line)) {
      count(SymbolChange::Kind::Altered, line);
    }
  }
  for (std::string_view line : after) {
    if (!old.contains(SymbolIdentity::of(line))) count(SymbolChange::Kind::Added, line);
  }
}

void DifferenceCounter::count(SymbolChange::Kind kind, std::string_view line) {
  using Kind = SymbolChange::Kind;
  ++(kind == Kind::Added     ? difference_.added
     : kind == Kind::Removed ? difference_.removed
                             : difference_.altered);
  if (detail_ == Detail::Counts) return;
  const LineKey key = line_key(line).value_or(LineKey{});
  changes_.push_back({kind, unescape(key.registry), unescape(key.oid), unescape(key.target)});
}

void compare_all(const CacheFile& old, std::span<const SymbolRecord> symbols,
                 DifferenceCounter& counter) {
  OidWalk(old, symbols, counter).run();
}

}  // namespace reg
