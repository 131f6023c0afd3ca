#pragma once
// A symbol's line in the cache. Its layout is fixed, so that the key can be compared without
// parsing:
//
//   {"registry":"R","oid":"O","target":"T"[,"select":"…"][,"info":{…}][,"doc":"…"][,"force":true][,"clear":true]
//   [,"replaces":"…"][,"when":"…"][,"merged":"FROM"][,"allow":["code",…]][,"declared":["path",line]],"source":["path",line,column]}
//   (on one line)
//
// Absent and empty are the same thing. The members after `doc` are what registration needs to do
// its work again from the line alone; queries ignore them; `allow` has the codes of findings that
// `reg lint` is not to report of it, sorted; `declared` is where a symbol of an object file stands
// in the C++ source. Info keys are sorted; all text is canonical (text/json_text.h).

#include <manifest/declarations.h>
#include <manifest/text_walk.h>
#include <reg/symbol.h>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// The parts of a line, as views into it (escaped text without quotes; `source` likewise).
struct LineKey {
  std::string_view registry, oid, target;
  friend bool operator==(const LineKey&, const LineKey&) = default;
};

// Where a symbol of an object file stands in the C++ source.
struct DeclaredPlace {
  std::string_view path;
  std::uint32_t line = 0;
};

struct LineSource {
  std::string_view path;  // escaped
  Position at;
};

// The values that a line is made from. `info_text` is canonical JSON text of an object, empty if
// there is none.
struct LineParts {
  std::string_view registry = {}, oid = {}, target = {};  // plain text, not escaped
  std::optional<std::string_view> select = {};
  std::string_view info_text = {}, doc = {}, replaces = {}, when = {}, merged = {};
  bool force = false, clear = false;
  std::string_view path = {};
  Position at = {};
  std::optional<DeclaredPlace> declared = {};
  std::string_view allow = {};  // canonical JSON text of an array; empty: none
};

// Appends a line (no comma, no newline).
void append_line(std::string& out, const LineParts& parts);

// nullopt: it does not begin (or end) as a line must.
std::optional<LineKey> line_key(std::string_view line);
std::optional<LineSource> line_source(std::string_view line);
// The path of a line's source alone, for who looks at all lines of a registry; empty: it does not
// end as a line must.
std::string_view line_source_path(std::string_view line);

// All parts of a line, as views into it. Text is escaped and without quotes; `info` is JSON text.
// Empty: absent.
struct LineText {
  LineKey key;
  std::string_view select, info, doc, replaces, when, merged;
  bool force = false, clear = false;
  LineSource source;
  std::optional<DeclaredPlace> declared;  // escaped
  std::string_view allow;                 // JSON text of an array
};
// nullopt: it is not laid out as a line. What stands inside the strings and the info is not looked
// at.
std::optional<LineText> split_line(std::string_view line);
// The codes in a line's `allow`.
std::vector<std::string> allowed_codes(const LineText& text);
// The canonical text of `allow`; empty for none. The codes are sorted.
std::string allow_text(std::span<const std::string> codes);
// Where it stands in the C++ source, for a symbol of an object file; without a path: nowhere.
Place declared_place(const LineText& text);

// A member of a line's info, as views into it.
struct InfoMember {
  std::string_view key;    // escaped, without quotes
  std::string_view value;  // JSON text
};
// Calls `visit` with each member of an info, or of what is left of the line behind its start, until
// it returns false. False: it is not laid out as an object.
template <typename Visit>
bool each_info_member(std::string_view info, Visit&& visit);
// What follows `"info":` in a line; empty if it has none. nullopt: it does not begin as a line
// must.
std::optional<std::string_view> info_onward(std::string_view line);

// Directives of a line, parsed.
struct LineDirectives {
  bool force = false, clear = false;
  std::string replaces, when, merged;
};
std::optional<LineDirectives> line_directives(std::string_view line);

// A record over an existing line; nullopt if it is not laid out as a line. `source` is left 0.
std::optional<SymbolRecord> record_from_line(std::string_view line);

template <typename Visit>
bool each_info_member(std::string_view info, Visit&& visit) {
  TextWalk walk(info);
  if (!walk.take("{")) return false;
  if (walk.take("}")) return true;
  do {
    if (!walk.take("\"")) return false;
    auto key = walk.string();
    if (!key || !walk.take(":")) return false;
    auto value = walk.value();
    if (!value) return false;
    if (!visit(InfoMember{*key, *value})) return true;
  } while (walk.take(","));
  return walk.take("}");
}

}  // namespace reg
