// The JSON of a result.

#include <query/json_members.h>
#include <reg/expectations.h>
#include <reg/shapes.h>

namespace reg {
namespace {

void append_texts(std::string& out, std::string_view key, const std::vector<std::string>& texts) {
  append_key(out, key);
  append_array(out, texts, [](std::string& to, const std::string& text) { to += in_quotes(text); });
}

void append_place(std::string& out, const Place& place) {
  append_text_or_null(out, "path", place.path);
  append_key(out, "line");
  out += place.line == 0 ? "null" : std::to_string(place.line);
  append_key(out, "column");
  out += place.column == 0 ? "null" : std::to_string(place.column);
}

void append_one_error(std::string& out, const Diagnostic& error) {
  out += '{';
  append_text_member(out, "message", error.message);
  append_place(out, error.place);
  append_text_or_null(out, "hint", error.hint);
  out += '}';
}

std::vector<Diagnostic> errors_of(const ExpectationResult& result) {
  std::vector<Diagnostic> errors;
  for (const Diagnostic& each : result.diagnostics) {
    if (each.severity == Severity::Error) errors.push_back(each);
  }
  return errors;
}

}  // namespace

void append_expectation_result(std::string& out, const ExpectationResult& result) {
  const Expectation& expectation = result.expectation;
  out += '{';
  append_text_member(out, "status", to_string(result.status));
  append_text_or_null(out, "registry", expectation.registry);
  append_text_member(out, "oid", expectation.oid);
  append_key(out, "context");
  out += to_text(expectation.context);
  append_texts(out, "expected", expectation.targets);
  if (result.got) {
    append_texts(out, "got", *result.got);
  } else {
    append_key(out, "got");
    out += "null";
  }
  append_text_member(out, "doc", expectation.doc);
  append_place(out, expectation.source);
  append_key(out, "errors");
  append_array(out, errors_of(result), append_one_error);
  append_key(out, "explanation");
  if (result.selection) {
    append_explanation(out, *result.selection);
  } else {
    out += "null";
  }
  out += '}';
}

}  // namespace reg
