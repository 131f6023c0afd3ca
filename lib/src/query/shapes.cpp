// The shapes of all but symbols.

#include <query/json_members.h>
#include <query/pin_shape.h>
#include <reg/shapes.h>

namespace reg {
namespace {

void append_trace(std::string& out, const Trace& trace) {
  out += '{';
  append_text_member(out, "expr", trace.expr);
  append_score(out, trace.score.value_or(std::nan("")));
  append_key(out, "children");
  append_array(out, trace.children, append_trace);
  append_text_member(out, "note", trace.note);
  out += '}';
}

void append_candidate(std::string& out, const Candidate& candidate) {
  out += '{';
  append_text_member(out, "target", candidate.symbol.target);
  append_origin(out, candidate.symbol);
  append_score(out, candidate.score);
  append_key(out, "trace");
  if (candidate.trace) {
    append_trace(out, *candidate.trace);
  } else {
    out += "null";
  }
  out += '}';
}

void append_refusal(std::string& out, const Refusal& refusal) {
  out += '{';
  append_text_member(out, "target", refusal.target);
  append_score(out, refusal.score);
  append_text_member(out, "why", refusal.why);
  out += '}';
}

void append_number_or_null(std::string& out, std::string_view key, std::uint32_t number) {
  append_key(out, key);
  out += number == 0 ? "null" : std::to_string(number);
}

// `{"level":{…` up to its last member.
void begin_message(std::string& out, std::string_view level, std::string_view kind,
                   std::string_view text, const Place& place, std::string_view hint) {
  out += '{';
  append_key(out, level);
  out += '{';
  if (!kind.empty()) append_text_member(out, "kind", kind);
  append_text_member(out, "message", text);
  append_text_or_null(out, "path", place.path);
  append_number_or_null(out, "line", place.line);
  // Without a line it is a number that only this library understands.
  append_number_or_null(out, "column", place.line == 0 ? 0 : place.column);
  append_text_or_null(out, "hint", hint);
}

}  // namespace

void append_winner(std::string& out, const Candidate* winner) {
  append_text_or_null(out, "winner", winner == nullptr ? "" : winner->symbol.target);
  const std::string origin = winner == nullptr ? "" : origin_of(winner->symbol);
  if (!origin.empty()) append_text_member(out, "winner_origin", origin);
}

void append_pin(std::string& out, const Selection& selection) {
  const Candidate* pinned = selection.pinned();
  if (pinned == nullptr) return;
  const Candidate* displaced = selection.displaced();
  append_key(out, "pin");
  out += '{';
  append_text_member(out, "target", pinned->symbol.target);
  append_text_member(out, "reason", *pinned->pinned);
  append_key(out, "applies");
  out += pinned->score > 0 ? "true" : "false";
  append_text_or_null(out, "displaces", displaced == nullptr ? "" : displaced->symbol.target);
  out += '}';
}

void append_registry(std::string& out, const RegistryInfo& registry) {
  out += '{';
  append_text_member(out, "registry", registry.name);
  append_key(out, "fields");
  append_array(out, registry.fields,
               [](std::string& to, const Field& field) { to += in_quotes(field.name); });
  append_key(out, "symbols");
  out += std::to_string(registry.symbols);
  append_text_member(out, "doc", registry.doc);
  out += '}';
}

void append_explanation(std::string& out, const Selection& selection, const Json& origins) {
  const std::optional<Tie> tie = selection.tie();
  out += '{';
  append_text_member(out, "oid", selection.oid);
  append_text_member(out, "registry", selection.registry);
  append_key(out, "context");
  out += to_text(selection.context);
  if (!origins.is_null()) {
    append_key(out, "origins");
    out += to_text(origins);
  }
  const Candidate* winner = selection.winner();
  append_winner(out, winner);
  append_key(out, "ambiguous");
  append_array(out, tie ? tie->targets : std::vector<std::string>{},
               [](std::string& to, const std::string& target) { to += in_quotes(target); });
  append_key(out, "candidates");
  append_array(out, selection.candidates, append_candidate);
  append_pin(out, selection);
  out += '}';
}

void append_error(std::string& out, const RegistryError& error) {
  begin_message(out, "error", to_string(error.kind()), error.what(), error.place(), error.hint());
  if (const auto* none = dynamic_cast<const NoSelectableObject*>(&error)) {
    append_key(out, "candidates");
    append_array(out, none->refusals(), append_refusal);
  }
  out += "}}";
}

void append_diagnostic(std::string& out, const Diagnostic& diagnostic) {
  const char* level = diagnostic.severity == Severity::Warning ? "warning" : "error";
  begin_message(out, level, to_string(diagnostic.kind), diagnostic.message, diagnostic.place,
                diagnostic.hint);
  out += "}}";
}

void append_message(std::string& out, std::string_view level, std::string_view kind,
                    std::string_view text, std::string_view hint) {
  begin_message(out, level, kind, text, {}, hint);
  out += "}}";
}

}  // namespace reg
