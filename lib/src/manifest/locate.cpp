#include <manifest/document.h>
#include <manifest/locate.h>
#include <manifest/source_text.h>
#include <text/excerpt.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

std::size_t utf8_size(std::uint32_t code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

// Walks along a string as it is written, counting what it stands for.
class StringWalk {
 public:
  StringWalk(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  // The offset, in the text, of a byte of the string.
  std::optional<std::size_t> find(std::size_t wanted) {
    if (!open()) return std::nullopt;
    std::size_t decoded = 0;
    while (decoded < wanted && !closed()) decoded += step();
    return at_;
  }

 private:
  bool open() {
    for (std::string_view quotes : {"\"\"\"", "'''", "\"", "'"}) {
      if (!rest().starts_with(quotes)) continue;
      quotes_ = quotes;
      at_ += quotes.size();
      // A newline right behind the quotes is no part of the string.
      if (quotes.size() == 3 && rest().starts_with("\r\n")) at_ += 2;
      if (quotes.size() == 3 && rest().starts_with('\n')) at_ += 1;
      return true;
    }
    return false;
  }

  std::string_view rest() const { return text_.substr(std::min(at_, text_.size())); }
  bool closed() const { return rest().empty() || rest().starts_with(quotes_); }

  // Passes one character or escape; returns how many bytes it stands for.
  std::size_t step() {
    if (quotes_.front() == '"' && rest().front() == '\\') return escape();
    ++at_;
    return 1;
  }

  std::size_t escape() {
    const char kind = rest().size() > 1 ? rest()[1] : '\0';
    if (kind == 'u') return unicode(4);
    if (kind == 'U') return unicode(8);
    if (kind == ' ' || kind == '\t' || kind == '\n' || kind == '\r') return line_end();
    at_ += 2;
    return 1;
  }

  std::uint32_t hex(std::size_t from, std::size_t digits) const {
    std::uint32_t value = 0;
    for (char c : text_.substr(std::min(from, text_.size()), digits)) {
      const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
      value = value << 4 | static_cast<std::uint32_t>(digit & 15);
    }
    return value;
  }

  std::size_t unicode(std::size_t digits) {
    const std::uint32_t first = hex(at_ + 2, digits);
    at_ += 2 + digits;
    const bool high = digits == 4 && first >= 0xD800 && first < 0xDC00;
    if (!high || !rest().starts_with("\\u")) return utf8_size(first);
    at_ += 6;  // the other half of a pair
    return 4;
  }

  // TOML: a backslash at the end of a line, and all white space behind it, stand for nothing.
  std::size_t line_end() {
    ++at_;
    while (!rest().empty() &&
           std::string_view(" \t\r\n").find(rest().front()) != std::string_view::npos)
      ++at_;
    return 0;
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view quotes_;
};

// The place of a byte of the string that begins there.
std::optional<Position> place_in_string(const Lines& lines, std::string_view text, Position begin,
                                        std::size_t offset) {
  const auto start = lines.offset_of(begin);
  const auto found = start ? StringWalk(text, *start).find(offset) : std::nullopt;
  return found ? std::optional(lines.position_of(*found)) : std::nullopt;
}

std::string line_with_caret(const Lines& lines, std::string_view text, Position at) {
  const auto begin = lines.offset_of({at.line, 1}), place = lines.offset_of(at);
  if (!begin || !place) return {};
  std::string_view line = text.substr(*begin, text.find('\n', *begin) - *begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return excerpt(line, *place - *begin);
}

// Finds the parts while the document goes by.
class Locator : public DocumentSink {
 public:
  Locator(std::string_view text, std::span<const DeclarationPart> parts)
      : text_(text), lines_(text), parts_(parts), found_(parts.size()) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].at == Position{}) {
        by_symbol_[parts[i].symbol].push_back(i);
      } else {
        put(i, parts[i].at);
      }
    }
  }

  void symbol(const Node& node, std::size_t) override { follow_all(node.at, node); }
  void document(const Node& root) override { follow_all({}, root); }

  std::vector<std::optional<Located>> take() { return std::move(found_); }

 private:
  void follow_all(Position symbol, const Node& node) {
    const auto here = by_symbol_.find(symbol);
    if (here == by_symbol_.end()) return;
    for (std::size_t number : here->second) follow(number, node);
  }

  void follow(std::size_t number, const Node& begin) {
    const DeclarationPart& part = parts_[number];
    const Node* node = &begin;
    Position at = begin.at;
    for (std::size_t i = 0; i < part.keys.size(); ++i) {
      const Member* member = member_of(*node, part.keys[i]);
      if (member == nullptr) {
        if (part.symbol != Position{}) put(number, at);
        return;
      }
      node = &member->value;
      const bool last = i + 1 == part.keys.size();
      at = last && part.key_itself ? member->key_at : node->at;
    }
    if (part.of_predicate) at = place_in_predicate(*node, *part.of_predicate).value_or(at);
    put(number, at);
  }

  void put(std::size_t number, Position at) {
    if (at != Position{}) found_[number] = Located{at, line_with_caret(lines_, text_, at)};
  }

  std::optional<Position> place_in_predicate(const Node& node, ast::PartNumber part) const {
    const auto* predicate = node.as<std::string_view>();
    const auto offset = predicate != nullptr ? ast::offset_of(*predicate, part) : std::nullopt;
    return offset ? place_in_string(lines_, text_, node.at, *offset) : std::nullopt;
  }

  static const Member* member_of(const Node& node, std::string_view key) {
    const auto* members = node.as<Run<Member>>();
    if (members == nullptr) return nullptr;
    auto found = std::find_if(members->begin(), members->end(),
                              [&](const Member& member) { return member.key == key; });
    return found == members->end() ? nullptr : found;
  }

  std::string_view text_;
  Lines lines_;
  std::span<const DeclarationPart> parts_;
  std::map<Position, std::vector<std::size_t>> by_symbol_;
  std::vector<std::optional<Located>> found_;
};

}  // namespace

std::vector<std::optional<Located>> locate(std::string_view text, ManifestFormat format,
                                           std::span<const DeclarationPart> parts) {
  std::vector<Diagnostic> ignored;
  const std::string path;
  Problems problems(path, format, ignored);
  const auto source = check_text(text, problems);
  if (!source) return std::vector<std::optional<Located>>(parts.size());
  Locator locator(source->text, parts);
  auto parse = format == ManifestFormat::JsonText ? parse_json_document : parse_toml_document;
  parse(*source, problems, locator);
  return locator.take();
}

std::optional<Position> position_in_string(std::string_view text, Position begin,
                                           std::size_t offset) {
  return place_in_string(Lines(text), text, begin, offset);
}

std::string excerpt_at(std::string_view text, Position at) {
  return line_with_caret(Lines(text), text, at);
}

}  // namespace reg
