#pragma once
/// @file json.h
/// The JSON values of this library: `Json`, and `Context`, the facts that a selection is made for.
///
/// A number in a context may *keep its text* (`parse_context`): written as 2.10 it is the
/// number 2.1 everywhere, and 2.10 where a predicate compares versions. Such a number is a binary
/// `Json` value; predicates, `json_equal`, `truthy` and `to_text` take it for the number that it
/// is, what knows nothing of it (`is_number()`, `dump()`) does not. It belongs into contexts only;
/// `plain_numbers` makes it a number like any other, as C++ predicates are given it.
///
/// The functions read their arguments only; any thread may call them.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

/// Any JSON value. Object keys are sorted; strings are UTF-8.
using Json = nlohmann::json;

/// The facts of a selection: a JSON object. `{{"ext", "png"}, {"sm", 90}}` makes one.
using Context = Json;

/// JSON equality as predicates use it: numbers of all types are compared exactly (1 equals 1.0, and
/// 2^53 + 1 is not 2^53 as a float), true does not equal 1, key order is irrelevant.
[[nodiscard]] bool json_equal(const Json& a, const Json& b);

/// Not null, false, 0, "", [] or {}: what Python calls true, and what a bare path in a predicate
/// asks.
[[nodiscard]] bool truthy(const Json& value);

/// Compact JSON text in UTF-8, in which no control character (C0, DEL, C1) stands raw. Numbers that
/// keep their text stand as they were written; invalid UTF-8 in strings is replaced by U+FFFD.
[[nodiscard]] std::string to_text(const Json& value);

/// Parses a JSON document, strictly: no duplicate keys, nesting of at most 200 levels, UTF-8.
/// @throws InputError with line and column in `place()`, whose path is `name`.
[[nodiscard]] Json parse_json(std::string_view text, const std::string& name);

/// As `parse_json`, for facts that people write: a number whose text is another version than its
/// value (2.10 and 3.200 are, 2.0 and 1e2 are not) keeps its text. `to_text` and this are each
/// other's inverse.
/// @throws InputError as `parse_json` does.
[[nodiscard]] Json parse_context(std::string_view text, const std::string& name);

/// Whether there is a number in it that keeps its text. Allocates nothing.
[[nodiscard]] bool keeps_text(const Json& value);

/// The value with plain numbers in place of those that keep their text.
[[nodiscard]] Json plain_numbers(Json value);

/// The text of what reads as a version (README: versions), as it was written: a string as it is, a
/// number by the text that it keeps, or else by its shortest digits. nullopt: it reads as none.
[[nodiscard]] std::optional<std::string> version_text(const Json& value);

/// Adds `update` to `base` key by key; nested objects are merged, anything else is replaced.
void merge_context(Context& base, const Context& update);

}  // namespace reg
