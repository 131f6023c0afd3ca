#include <manifest/line.h>
#include <manifest/text_walk.h>
#include <text/json_text.h>

#include <limits>

namespace reg {

namespace {

constexpr std::string_view info_start = ",\"info\":";
constexpr std::string_view allow_start = ",\"allow\":";
constexpr std::string_view declared_start = ",\"declared\":[\"";
constexpr std::string_view source_start = ",\"source\":[\"";

void append_string(std::string& out, std::string_view member, std::string_view text) {
  out += member;
  append_quoted(out, text);
}

void append_if_any(std::string& out, std::string_view member, std::string_view text) {
  if (!text.empty()) append_string(out, member, text);
}

void append_position(std::string& out, Position at) {
  out += ',';
  out += std::to_string(at.line);
  out += ',';
  out += std::to_string(at.column);
}

std::optional<LineKey> take_key(TextWalk& walk) {
  LineKey key;
  for (auto [member, text] : {std::pair{"{\"registry\":\"", &key.registry},
                              {",\"oid\":\"", &key.oid},
                              {",\"target\":\"", &key.target}}) {
    if (!walk.take(member)) return std::nullopt;
    auto value = walk.string();
    if (!value) return std::nullopt;
    *text = *value;
  }
  return key;
}

// Takes a member that may be absent. False: it begins as it should, but does not end.
bool take_optional(TextWalk& walk, std::string_view member, std::string_view& text) {
  if (!walk.take(member)) return true;
  auto value = walk.string();
  if (value) text = *value;
  return value.has_value();
}

bool take_info(TextWalk& walk, std::string_view& text) {
  if (!walk.take(info_start)) return true;
  auto value = walk.object();
  if (value) text = *value;
  return value.has_value();
}

bool take_u32(TextWalk& walk, std::uint32_t& number) {
  auto value = walk.number();
  if (!value || *value > std::numeric_limits<std::uint32_t>::max()) return false;
  number = static_cast<std::uint32_t>(*value);
  return true;
}

std::optional<LineSource> take_source(TextWalk& walk) {
  if (!walk.take(source_start)) return std::nullopt;
  auto path = walk.string();
  LineSource source{path.value_or(std::string_view()), {}};
  bool whole = path && walk.take(",") && take_u32(walk, source.at.line) && walk.take(",") &&
               take_u32(walk, source.at.column) && walk.take("]}") && walk.rest().empty();
  if (!whole) return std::nullopt;
  return source;
}

bool take_allow(TextWalk& walk, std::string_view& text) {
  if (!walk.take(allow_start)) return true;
  auto value = walk.value();
  if (value) text = *value;
  return value && value->starts_with('[');
}

bool take_declared(TextWalk& walk, std::optional<DeclaredPlace>& declared) {
  if (!walk.take(declared_start)) return true;
  auto path = walk.string();
  if (!path) return false;
  declared = DeclaredPlace{*path};
  return walk.take(",") && take_u32(walk, declared->line) && walk.take("]");
}

bool take_between(TextWalk& walk, LineText& text) {
  if (!take_optional(walk, ",\"select\":\"", text.select) || !take_info(walk, text.info) ||
      !take_optional(walk, ",\"doc\":\"", text.doc)) {
    return false;
  }
  text.force = walk.take(",\"force\":true");
  text.clear = walk.take(",\"clear\":true");
  return take_optional(walk, ",\"replaces\":\"", text.replaces) &&
         take_optional(walk, ",\"when\":\"", text.when) &&
         take_optional(walk, ",\"merged\":\"", text.merged) && take_allow(walk, text.allow) &&
         take_declared(walk, text.declared);
}

}  // namespace

void append_line(std::string& out, const LineParts& parts) {
  append_string(out, "{\"registry\":", parts.registry);
  append_string(out, ",\"oid\":", parts.oid);
  append_string(out, ",\"target\":", parts.target);
  append_if_any(out, ",\"select\":", parts.select.value_or(std::string_view()));
  if (!parts.info_text.empty() && parts.info_text != "{}") {
    out += info_start;
    out += parts.info_text;
  }
  append_if_any(out, ",\"doc\":", parts.doc);
  if (parts.force) out += ",\"force\":true";
  if (parts.clear) out += ",\"clear\":true";
  append_if_any(out, ",\"replaces\":", parts.replaces);
  append_if_any(out, ",\"when\":", parts.when);
  append_if_any(out, ",\"merged\":", parts.merged);
  if (!parts.allow.empty()) out.append(allow_start).append(parts.allow);
  if (parts.declared) {
    append_string(out, ",\"declared\":[", parts.declared->path);
    out += ',' + std::to_string(parts.declared->line) + ']';
  }
  append_string(out, ",\"source\":[", parts.path);
  append_position(out, parts.at);
  out += "]}";
}

std::optional<LineKey> line_key(std::string_view line) {
  TextWalk walk(line);
  return take_key(walk);
}

std::optional<LineSource> line_source(std::string_view line) {
  // Inside a string every quote has a backslash before it, so the last match is not part of the
  // path.
  std::size_t start = line.rfind(source_start);
  if (start == std::string_view::npos) return std::nullopt;
  TextWalk walk(line.substr(start));
  return take_source(walk);
}

// The usual case is found from the end.
std::string_view line_source_path(std::string_view line) {
  constexpr std::string_view before = ",\"source\":[\"";
  const std::size_t start = line.rfind('[') + 2;
  if (start < line.size() && line.substr(0, start).ends_with(before)) {
    const std::string_view rest = line.substr(start);
    const std::string_view path = rest.substr(0, rest.find('"'));
    if (path.size() < rest.size() && path.find('\\') == std::string_view::npos) return path;
  }
  return line_source(line).value_or(LineSource{}).path;
}

std::optional<LineText> split_line(std::string_view line) {
  TextWalk walk(line);
  auto key = take_key(walk);
  if (!key) return std::nullopt;
  LineText text;
  text.key = *key;
  if (!take_between(walk, text)) return std::nullopt;
  auto source = take_source(walk);
  if (!source) return std::nullopt;
  text.source = *source;
  return text;
}

std::vector<std::string> allowed_codes(const LineText& text) {
  std::vector<std::string> codes;
  TextWalk walk(text.allow);
  if (!walk.take("[")) return codes;
  while (walk.take("\"") || walk.take(",\"")) {
    const auto code = walk.string();
    if (!code) break;
    codes.push_back(unescape(*code));
  }
  return codes;
}

std::string allow_text(std::span<const std::string> codes) {
  std::string text;
  for (const std::string& code : codes) {
    text += text.empty() ? '[' : ',';
    append_quoted(text, code);
  }
  return text.empty() ? text : text + ']';
}

Place declared_place(const LineText& text) {
  if (!text.declared) return {};
  return {unescape(text.declared->path), text.declared->line};
}

std::optional<std::string_view> info_onward(std::string_view line) {
  if (!line.starts_with("{\"registry\":\"")) return std::nullopt;
  // Inside a string every quote has a backslash before it, so the first match is no part of one.
  std::size_t start = line.find(info_start);
  return start == std::string_view::npos ? std::string_view()
                                         : line.substr(start + info_start.size());
}

std::optional<LineDirectives> line_directives(std::string_view line) {
  auto text = split_line(line);
  if (!text) return std::nullopt;
  return LineDirectives{text->force, text->clear, unescape(text->replaces), unescape(text->when),
                        unescape(text->merged)};
}

std::optional<SymbolRecord> record_from_line(std::string_view line) {
  auto text = split_line(line);
  if (!text) return std::nullopt;
  SymbolRecord record;
  record.line = line;
  record.registry = text->key.registry;
  record.oid = text->key.oid;
  record.target = text->key.target;
  record.at = text->source.at;
  record.copied = !text->merged.empty();
  record.conditional = !text->select.empty();
  record.has_when = !text->when.empty();
  record.acts = text->force || text->clear || !text->replaces.empty();
  return record;
}

}  // namespace reg
