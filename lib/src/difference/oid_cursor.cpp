#include <difference/oid_cursor.h>

namespace reg {

OidCursor::OidCursor(const CacheFile& file)
    : file_(file), reader_(file, file.symbols()), at_(file.symbols().begin) {
  next();
}

void OidCursor::next() {
  now_.lines.clear();
  while (at_ < file_.symbols().end) {
    const std::string_view raw = reader_.raw_line(at_);
    const std::string_view line = bare_line(raw);
    const LineKey key = file_.key_of(line);
    const bool is_first = now_.lines.empty();
    if (!is_first && (key.oid != now_.oid || key.registry != now_.registry)) return;
    if (is_first) begin(key);
    now_.lines.emplace_back(line);
    at_ += raw.size();
  }
}

void OidCursor::begin(const LineKey& key) {
  OidLines next{std::string(key.registry), std::string(key.oid), {}};
  const bool is_first_oid = at_ == file_.symbols().begin;
  if (!is_first_oid && order_of(next, now_) <= 0) file_.broken("an oid is out of order");
  now_ = std::move(next);
}

int order_of(const OidLines& a, const OidLines& b) {
  const int registry = a.registry.compare(b.registry);
  return registry != 0 ? registry : a.oid.compare(b.oid);
}

}  // namespace reg
