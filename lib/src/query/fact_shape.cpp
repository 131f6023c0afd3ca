// The shape of a fact and who reads it.

#include <query/json_members.h>
#include <reg/shapes.h>

namespace reg {
namespace {

void append_value(std::string& out, std::string_view key, const Json& value) {
  append_key(out, key);
  out += to_text(value);
}

void append_comparison(std::string& out, const FactComparison& one) {
  out += '{';
  append_text_member(out, "test", to_string(one.test));
  append_value(out, "value", one.value);
  append_value(out, "version", one.is_version);
  append_text_or_null(out, "fact", one.other);
  out += '}';
}

void append_place(std::string& out, const FactUsePlace& read) {
  const Place& place = read.place;
  out += '{';
  append_text_member(out, "path", place.path);
  append_value(out, "line", place.line == 0 ? Json() : Json(place.line));
  append_value(out, "column", place.column == 0 ? Json() : Json(place.column));
  if (!read.origin.empty()) append_text_member(out, "origin", read.origin);
  out += '}';
}

}  // namespace

void append_fact_use(std::string& out, const FactUse& use) {
  out += '{';
  append_text_member(out, "fact", use.fact.path);
  append_text_member(out, "type", to_string(use.fact.type));
  append_value(out, "declared", use.declared);
  append_value(out, "values", use.fact.values);
  append_text_member(out, "doc", use.fact.doc);
  append_value(out, "context", use.base.value_or(Json()));
  append_key(out, "compared");
  append_array(out, use.comparisons, append_comparison);
  append_value(out, "more", use.more_comparisons);
  append_value(out, "through", use.by_way_of);
  append_value(out, "candidates", use.candidates);
  append_key(out, "places");
  append_array(out, use.places, append_place);
  out += '}';
}

}  // namespace reg
