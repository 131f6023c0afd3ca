#pragma once
// JSON objects and arrays, written member by member.

#include <reg/json.h>
#include <reg/selection.h>
#include <reg/text.h>
#include <text/json_text.h>
#include <cmath>
#include <string>
#include <string_view>

namespace reg {

// Separates members, and elements. The text must have the opening bracket of what it goes into.
inline void append_separator(std::string& out) {
  if (out.back() != '{' && out.back() != '[') out += ',';
}

// A key that is escaped already.
inline void append_escaped_key(std::string& out, std::string_view key) {
  append_separator(out);
  out += '"';
  out += key;
  out += "\":";
}
inline void append_key(std::string& out, std::string_view key) {
  append_escaped_key(out, escaped_text(key));
}

// What is not UTF-8 in a text of the command line is replaced.
inline void append_text_member(std::string& out, std::string_view key, std::string_view text) {
  append_key(out, key);
  out += in_quotes(text);
}
inline void append_text_or_null(std::string& out, std::string_view key, std::string_view text) {
  append_key(out, key);
  out += text.empty() ? "null" : in_quotes(text);
}

inline void append_score(std::string& out, double score) {
  append_key(out, "score");
  out += std::isfinite(score) ? score_text(score) : "null";
}

// The member `origin`, of what another origin publishes.
inline void append_origin(std::string& out, const Symbol& symbol) {
  if (const std::string origin = origin_of(symbol); !origin.empty())
    append_text_member(out, "origin", origin);
}

// The members `winner`, null where there is none, and `winner_origin`, where another origin
// publishes it.
void append_winner(std::string& out, const Candidate* winner);

// The member `pin`, where a candidate is pinned.
void append_pin(std::string& out, const Selection& selection);

template <typename Items, typename Append>
void append_array(std::string& out, const Items& items, Append&& append_item) {
  out += '[';
  for (const auto& item : items) {
    append_separator(out);
    append_item(out, item);
  }
  out += ']';
}

}  // namespace reg
