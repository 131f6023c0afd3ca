#pragma once
/// @file json.h
/// The JSON values of this library: `Json`, and `Context`, the facts that a selection is made for.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace reg {

/// Any JSON value. Object keys are sorted; strings are UTF-8.
using Json = nlohmann::json;

/// The facts of a selection: a JSON object. `{{"ext", "png"}, {"sm", 90}}` makes one.
using Context = Json;

/// JSON equality as predicates use it: 1 equals 1.0, true does not equal 1, key order is
/// irrelevant.
bool json_equal(const Json& a, const Json& b);

/// Not null, false, 0, "", [] or {}: what Python calls true, and what a bare path in a predicate
/// asks.
bool truthy(const Json& value);

/// Compact JSON text in UTF-8, in which no control character (C0, DEL, C1) stands raw.
/// Invalid UTF-8 in strings is replaced by U+FFFD.
std::string to_text(const Json& value);

/// Parses a JSON document, strictly: no duplicate keys, nesting of at most 200 levels, UTF-8.
/// @throws InputError with line and column in `place()`, whose path is `name`.
Json parse_json(std::string_view text, const std::string& name);

/// Adds `update` to `base` key by key; nested objects are merged, anything else is replaced.
void merge_context(Context& base, const Context& update);

}  // namespace reg
