#include "symbol_json.h"

#include "explain.h"
#include "text.h"

#include <text/json_text.h>
#include <algorithm>
#include <cmath>

namespace reg::app {

namespace {

void append_key(std::string& out, std::string_view key) {
  if (out.back() != '{') out += ',';
  append_quoted(out, key);
  out += ':';
}

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

void append_info(std::string& out, const Symbol& symbol, const std::vector<Field>& fields) {
  append_key(out, "info");
  out += '{';
  for (const Field& field : fields) {
    append_key(out, field.name);
    out += to_text(symbol.field(field.name));
  }
  out += '}';
}

void append_source(std::string& out, const Place& source) {
  append_key(out, "source");
  out += '{';
  append_text_member(out, "path", source.path);
  append_key(out, "line");
  out += source.line == 0 ? "null" : std::to_string(source.line);
  out += '}';
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

void append_symbol(std::string& out, const Symbol& symbol, const std::vector<Field>& fields,
                   std::optional<double> score) {
  out += '{';
  append_text_member(out, "registry", symbol.registry);
  append_text_member(out, "oid", symbol.oid);
  append_text_member(out, "target", symbol.target);
  append_info(out, symbol, fields);
  append_key(out, "select");
  if (symbol.select) {
    append_text(out, *symbol.select);
  } else {
    out += "null";
  }
  append_text_member(out, "doc", symbol.doc);
  append_source(out, symbol.source);
  if (score) append_score(out, *score);
  out += '}';
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
