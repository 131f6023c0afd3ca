#include <cache/integrity.h>
#include <cache/line_reader.h>

#include <algorithm>

namespace reg {

namespace {

// Calls `add` with each line of a section; `last_comma`: whether the last one has a comma too.
template <typename Add>
void each_whole_line(const CacheFile& file, CacheSection section, bool last_comma, Add add) {
  LineReader reader(file, section);
  for (std::uint64_t at = section.begin; at < section.end;) {
    const std::string_view raw = reader.raw_line(at);
    const bool last = at + raw.size() == section.end;
    if (raw.ends_with(",\n") != (!last || last_comma))
      file.broken("a comma is missing or too many");
    add(bare_line(raw));
    at += raw.size();
  }
}

class Tally {
 public:
  explicit Tally(const CacheFile& file) : file_(file) {}

  CacheTally run() {
    add_head(file_.workspace(), true);
    add_head(file_.predicates(), false);
    add_head(file_.registries(), false);
    each_whole_line(file_, file_.symbols(), false,
                    [this](std::string_view line) { add_symbol(line); });
    each_whole_line(file_, file_.oids(), false, [this](std::string_view line) { add_oid(line); });
    return result_;
  }

 private:
  void add_head(CacheSection section, bool last_comma) {
    each_whole_line(file_, section, last_comma, [this](std::string_view line) {
      result_.sum.head += head_line_hash(line, head_lines_++);
    });
  }

  void add_symbol(std::string_view line) {
    const std::string_view oid = file_.key_of(line).oid;
    const auto key_end = static_cast<std::size_t>(oid.data() + oid.size() - line.data());
    const bool same_oid = line.starts_with(key_) && key_.size() == key_end;
    position_ = same_oid ? position_ + 1 : 0;
    if (!same_oid) {
      // Beginnings of lines compare as what they name: no registry's name has a character below the
      // quote that ends it.
      const std::string_view key = line.substr(0, key_end);
      if (key <= key_) file_.broken("a symbol is out of order");
      key_ = key;
    }
    result_.sum.lines += symbol_line_hash(line, position_);
    ++result_.symbols;
  }

  void add_oid(std::string_view line) {
    const std::string_view oid = file_.member_of(line).key;
    if (!oid_.empty() && oid <= oid_) file_.broken("an oid is out of order");
    oid_ = oid;
    result_.sum.lines += oid_line_hash(line);
  }

  const CacheFile& file_;
  CacheTally result_;
  std::size_t head_lines_ = 0;
  std::string key_;  // the beginning of the last symbol's line, up to its oid's end
  std::string oid_;  // of the last line that lists an oid's registries
  std::size_t position_ = 0;
};

}  // namespace

std::vector<FixedText> fixed_text(const CacheHeader& header) {
  return {{header.workspace.end, layout::before_predicates},
          {header.predicates.end, layout::before_registries},
          {header.registries.end, layout::before_symbols},
          {header.symbols.end, layout::before_oids},
          {header.oids.end, layout::after_oids}};
}

bool stands(const CacheFile& file, const FixedText& fixed) {
  return file.read(fixed.begin, fixed.begin + fixed.text.size()) == fixed.text;
}

CacheTally tally(const CacheFile& file) { return Tally(file).run(); }

bool is_intact(const CacheFile& file) {
  try {
    const std::vector<FixedText> fixed = fixed_text(file.header());
    const CacheTally found = tally(file);
    return found.sum == file.header().sum && found.symbols == file.symbol_count() &&
           std::all_of(fixed.begin(), fixed.end(),
                       [&](const FixedText& each) { return stands(file, each); });
  } catch (const BrokenCache&) {
    return false;
  }
}

}  // namespace reg
