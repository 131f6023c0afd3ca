#include <cache/layout.h>
#include <manifest/text_walk.h>
#include <text/hash.h>

#include <array>
#include <utility>

namespace reg {

namespace {

using layout::format_start;

using NamedSection = std::pair<std::string_view, CacheSection CacheHeader::*>;
constexpr std::array<NamedSection, 5> named_sections = {{
    {"\"workspace\":[", &CacheHeader::workspace},
    {",\"predicates\":[", &CacheHeader::predicates},
    {",\"registries\":[", &CacheHeader::registries},
    {",\"symbols\":[", &CacheHeader::symbols},
    {",\"oids\":[", &CacheHeader::oids},
}};

bool take_number(TextWalk& walk, std::string_view before, std::uint64_t& value) {
  if (!walk.take(before)) return false;
  auto number = walk.number();
  value = number.value_or(0);
  return number.has_value();
}

bool take_sum(TextWalk& walk, CacheSum& sum) {
  if (!walk.take(",\"sum\":\"")) return false;
  const auto text = walk.string();
  const auto read = text ? CacheSum::from_string(*text) : std::nullopt;
  sum = read.value_or(CacheSum{});
  return read.has_value();
}

bool take_sections(TextWalk& walk, CacheHeader& header) {
  if (!walk.take(",\"sections\":{")) return false;
  for (auto [member, section] : named_sections) {
    if (!take_number(walk, member, (header.*section).begin) ||
        !take_number(walk, ",", (header.*section).end) || !walk.take("]")) {
      return false;
    }
  }
  return true;
}

bool follows(std::uint64_t begin, std::string_view between, std::uint64_t end) {
  return begin >= end && begin - end == between.size();
}

bool in_order(CacheSection section) { return section.begin <= section.end; }

// The text between sections is fixed, so every offset but the sections' ends follows from the one
// before.
bool sections_fit(const CacheHeader& h) {
  return h.workspace.begin == layout::header_size && in_order(h.workspace) &&
         follows(h.predicates.begin, layout::before_predicates, h.workspace.end) &&
         in_order(h.predicates) &&
         follows(h.registries.begin, layout::before_registries, h.predicates.end) &&
         in_order(h.registries) &&
         follows(h.symbols.begin, layout::before_symbols, h.registries.end) &&
         in_order(h.symbols) && follows(h.oids.begin, layout::before_oids, h.symbols.end) &&
         in_order(h.oids) && follows(h.bytes, layout::after_oids, h.oids.end);
}

std::string other_version(std::uint64_t version) {
  return "is of version " + std::to_string(version) + ", and this reg reads version " +
         std::to_string(layout::version);
}

std::string problem_of(const CacheHeader& header, std::string_view text, std::uint64_t file_size) {
  if (header.bytes != file_size) {
    return "is " + std::to_string(file_size) + " bytes long, and should be " +
           std::to_string(header.bytes);
  }
  if (text.substr(0, layout::header_size) != header_line(header)) {
    return "does not begin as it was written";
  }
  return sections_fit(header) ? "" : "is broken: its sections do not lie as they must";
}

}  // namespace

// Seeds keep the kinds of lines apart: the same text elsewhere adds something else.
std::uint64_t head_line_hash(std::string_view line, std::size_t position) {
  return hash_of(line, position);
}
std::uint64_t symbol_line_hash(std::string_view line, std::size_t position) {
  return hash_of(line, 1 + position);
}
std::uint64_t oid_line_hash(std::string_view line) { return hash_of(line, 0); }

std::string CacheSum::to_string() const { return hex_of(head) + hex_of(lines); }

std::optional<CacheSum> CacheSum::from_string(std::string_view text) {
  const auto head = hash_from_hex(text.substr(0, text.size() / 2));
  const auto lines = hash_from_hex(text.substr(text.size() / 2));
  if (!head || !lines) return std::nullopt;
  return CacheSum{*head, *lines};
}

std::string header_line(const CacheHeader& header) {
  std::string line(format_start);
  line += std::to_string(layout::version);
  line += ",\"bytes\":" + std::to_string(header.bytes);
  line += ",\"count\":" + std::to_string(header.count);
  line += ",\"sum\":\"" + header.sum.to_string() + "\",\"sections\":{";
  for (auto [member, section] : named_sections) {
    line += member;
    line += std::to_string((header.*section).begin) + ',' + std::to_string((header.*section).end);
    line += ']';
  }
  line += "},";
  line.resize(layout::header_size - 1, ' ');
  return line + '\n';
}

HeaderText read_header(std::string_view text, std::uint64_t file_size) {
  HeaderText read;
  TextWalk walk(text);
  std::uint64_t version = 0;
  if (!take_number(walk, format_start, version)) {
    read.problem = "is not a cache";
  } else if (version != layout::version) {
    read.problem = other_version(version);
  } else if (!take_number(walk, ",\"bytes\":", read.header.bytes) ||
             !take_number(walk, ",\"count\":", read.header.count) ||
             !take_sum(walk, read.header.sum) || !take_sections(walk, read.header)) {
    read.problem = "does not begin as it was written";
  } else {
    read.problem = problem_of(read.header, text, file_size);
  }
  return read;
}

}  // namespace reg
