#include "symbol_json.h"

#include "explain.h"
#include "text.h"

#include <manifest/line.h>
#include <text/json_scalar.h>
#include <text/json_text.h>
#include <algorithm>
#include <cmath>

namespace reg::app {

namespace {

// A key that is escaped already.
void append_key_text(std::string& out, std::string_view key) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += key;
  out += "\":";
}

void append_key(std::string& out, std::string_view key) { append_key_text(out, escaped_text(key)); }

// Arguments of the command line need not be UTF-8; what comes from the cache is.
void append_text(std::string& out, const std::string& text) { out += to_text(Json(text)); }

void append_text_member(std::string& out, std::string_view key, const std::string& text) {
  append_key(out, key);
  append_text(out, text);
}

void append_score(std::string& out, double score) {
  append_key(out, "score");
  out += std::isfinite(score) ? score_text(score) : "null";
}

// A member whose text is escaped already.
void append_escaped_member(std::string& out, std::string_view key, std::string_view escaped) {
  append_key(out, key);
  out += '"';
  out += escaped;
  out += '"';
}

std::string_view value_of(const std::vector<InfoMember>& info, std::string_view field) {
  const auto member = std::find_if(info.begin(), info.end(),
                                   [field](const InfoMember& one) { return one.key == field; });
  return member == info.end() ? "null" : member->value;
}

void append_info(std::string& out, const std::vector<InfoMember>& info,
                 const std::vector<std::string>& fields) {
  out += ",\"info\":{";
  for (const std::string& field : fields) {
    append_key_text(out, field);
    out += value_of(info, field);
  }
  out += '}';
}

void append_source(std::string& out, const LineSource& source) {
  out += ",\"source\":{";
  append_escaped_member(out, "path", source.path);
  out += ",\"line\":";
  out += source.at.line == 0 ? "null" : std::to_string(source.at.line);
  out += '}';
}

void append_symbol_text(std::string& out, const LineText& text, const std::vector<InfoMember>& info,
                        const std::vector<std::string>& fields, std::optional<double> score) {
  out += '{';
  append_escaped_member(out, "registry", text.key.registry);
  append_escaped_member(out, "oid", text.key.oid);
  append_escaped_member(out, "target", text.key.target);
  append_info(out, info, fields);
  if (text.select.empty()) {
    out += ",\"select\":null";
  } else {
    append_escaped_member(out, "select", text.select);
  }
  append_escaped_member(out, "doc", text.doc);
  append_source(out, text.source);
  if (score) append_score(out, *score);
  out += '}';
}

std::optional<std::vector<InfoMember>> members_of(std::string_view info) {
  std::vector<InfoMember> members;
  if (info.empty()) return members;
  const bool whole = each_info_member(info, [&members](const InfoMember& member) {
    members.push_back(member);
    return true;
  });
  return whole ? std::optional(std::move(members)) : std::nullopt;
}

// Printable ASCII, with no escapes but those of quotes and backslashes.
bool can_be_copied(std::string_view escaped) {
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    const char c = escaped[at];
    if (c < 0x20 || c >= 0x7F) return false;
    if (c != '\\') continue;
    if (++at == escaped.size() || (escaped[at] != '"' && escaped[at] != '\\')) return false;
  }
  return true;
}

bool can_be_copied(const LineText& text, const std::vector<InfoMember>& info) {
  for (const std::string_view part : {text.key.registry, text.key.oid, text.key.target, text.select,
                                      text.doc, text.source.path}) {
    if (!can_be_copied(part)) return false;
  }
  return std::all_of(info.begin(), info.end(), [](const InfoMember& member) {
    return can_be_copied(member.key) && simple_scalar(member.value).has_value();
  });
}

template <typename Items, typename Append>
void append_array(std::string& out, const Items& items, Append&& append_item) {
  out += '[';
  for (const auto& item : items) {
    if (out.back() != '[') out += ',';
    append_item(out, item);
  }
  out += ']';
}

void append_trace(std::string& out, const Trace& trace) {
  out += '{';
  append_text_member(out, "expr", trace.expr);
  append_key(out, "score");
  out += trace.score && std::isfinite(*trace.score) ? score_text(*trace.score) : "null";
  append_key(out, "children");
  append_array(out, trace.children, append_trace);
  append_text_member(out, "note", trace.note);
  out += '}';
}

void append_candidate(std::string& out, const Candidate& candidate) {
  out += '{';
  append_text_member(out, "target", candidate.symbol.target);
  append_score(out, candidate.score);
  append_key(out, "trace");
  if (candidate.trace) {
    append_trace(out, *candidate.trace);
  } else {
    out += "null";
  }
  out += '}';
}

}  // namespace

std::vector<std::string> escaped_names(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const Field& field : fields) names.push_back(escaped_text(field.name));
  return names;
}

void append_symbol(std::string& out, const Symbol& symbol, const std::vector<std::string>& fields,
                   std::optional<double> score) {
  const std::string info = to_text(symbol.info);
  std::string line;
  append_line(line, {.registry = symbol.registry,
                     .oid = symbol.oid,
                     .target = symbol.target,
                     .select = symbol.select,
                     .info_text = info,
                     .doc = symbol.doc,
                     .path = symbol.source.path,
                     .at = {symbol.source.line, symbol.source.column}});
  const LineText text = split_line(line).value();
  append_symbol_text(out, text, members_of(text.info).value(), fields, score);
}

bool append_plain_line(std::string& out, std::string_view line,
                       const std::vector<std::string>& fields) {
  const std::optional<LineText> text = split_line(line);
  if (!text) return false;
  const std::optional<std::vector<InfoMember>> info = members_of(text->info);
  if (!info || !can_be_copied(*text, *info)) return false;
  append_symbol_text(out, *text, *info, fields, std::nullopt);
  return true;
}

void append_registry(std::string& out, const RegistryInfo& registry) {
  out += '{';
  append_text_member(out, "registry", registry.name);
  append_key(out, "fields");
  append_array(out, registry.fields,
               [](std::string& to, const Field& field) { append_text(to, field.name); });
  append_key(out, "symbols");
  out += std::to_string(registry.symbols);
  append_text_member(out, "doc", registry.doc);
  out += '}';
}

void append_explanation(std::string& out, const Selection& selection) {
  out += '{';
  append_text_member(out, "oid", selection.oid);
  append_text_member(out, "registry", selection.registry);
  append_key(out, "context");
  out += to_text(selection.context);
  append_key(out, "winner");
  if (const Candidate* winner = selection.winner()) {
    append_text(out, winner->symbol.target);
  } else {
    out += "null";
  }
  append_key(out, "ambiguous");
  append_array(out, tied_targets(selection), append_text);
  append_key(out, "candidates");
  append_array(out, selection.candidates, append_candidate);
  out += '}';
}

}  // namespace reg::app
