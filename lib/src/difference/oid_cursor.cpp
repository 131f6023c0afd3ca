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
    if (is_first) {
      now_.registry = key.registry;
      now_.oid = key.oid;
    }
    now_.lines.emplace_back(line);
    at_ += raw.size();
  }
}

int order_of(const OidLines& a, const OidLines& b) {
  const int registry = a.registry.compare(b.registry);
  return registry != 0 ? registry : a.oid.compare(b.oid);
}

}  // namespace reg
