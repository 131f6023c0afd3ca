#include <manifest/symbol_lines.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t sample = 1000;  // so many symbols tell the size of all

// The same part of a copy of the text.
void move_view(std::string_view& part, const std::string& from, const std::string& to) {
  part = {to.data() + (part.data() - from.data()), part.size()};
}

// Copies the text to a larger place and lets the records point there, while both are alive.
void enlarge(Declarations& out, std::size_t capacity) {
  std::string larger;
  larger.reserve(capacity);
  larger = *out.text;
  for (SymbolRecord& record : out.symbols) {
    for (auto part : {&SymbolRecord::line, &SymbolRecord::registry, &SymbolRecord::oid,
                      &SymbolRecord::target}) {
      move_view(record.*part, *out.text, larger);
    }
  }
  out.text->swap(larger);
}

}  // namespace

void SymbolLines::add(const LineParts& parts) {
  if (out_.symbols.size() == sample) expect_records();
  line_.clear();
  append_line(line_, parts);
  const std::string_view line = append(line_);
  const LineKey key = line_key(line).value();
  SymbolRecord record;
  record.line = line;
  record.registry = key.registry;
  record.oid = key.oid;
  record.target = key.target;
  record.at = parts.at;
  record.conditional = parts.select.has_value();
  record.has_when = !parts.when.empty();
  record.acts = parts.force || parts.clear || !parts.replaces.empty();
  out_.symbols.push_back(record);
}

// Records are large, so growing their vector as usual would touch far more memory than they need.
void SymbolLines::expect_records() {
  const std::size_t line = out_.text->size() / sample + 1;
  out_.symbols.reserve(std::max(2 * sample, out_.text->capacity() / line));
}

std::string_view SymbolLines::append(std::string_view line) {
  std::string& text = *out_.text;
  if (text.capacity() - text.size() < line.size()) {
    enlarge(out_, std::max(2 * text.capacity(), text.size() + line.size()));
  }
  const std::size_t begin = text.size();
  text += line;
  return std::string_view(text).substr(begin);
}

}  // namespace reg
