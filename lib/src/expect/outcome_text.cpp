#include <expect/outcome_text.h>
#include <reg/expectations.h>
#include <text/json_text.h>

namespace reg {
namespace {

constexpr std::string_view word_letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

// The end of a string of JSON or TOML.
std::optional<std::size_t> end_of_string(std::string_view text, std::size_t begin) {
  std::string_view quotes = text.substr(begin, 1);
  for (const std::string_view three : {"\"\"\"", "'''"}) {
    if (text.substr(begin).starts_with(three)) quotes = three;
  }
  std::size_t at = begin + quotes.size();
  while (at < text.size() && !text.substr(at).starts_with(quotes))
    at += text[at] == '\\' && quotes.front() == '"' ? 2 : 1;
  if (at >= text.size()) return std::nullopt;
  at += quotes.size();
  // Up to two quotes may stand right before the closing three.
  while (quotes.size() == 3 && at < text.size() && text[at] == quotes.front()) ++at;
  return at;
}

std::optional<std::size_t> end_of_word(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find_first_not_of(word_letters, begin), text.size());
  return end == begin ? std::nullopt : std::optional(end);
}

bool is_quote(char c, ManifestFormat format) {
  return c == '"' || (c == '\'' && format == ManifestFormat::TomlText);
}

// Of a list of strings.
std::optional<std::size_t> end_of_list(std::string_view text, std::size_t begin,
                                       ManifestFormat format) {
  constexpr std::string_view between = " \t\r\n,";
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != ']') {
    if (is_quote(text[at], format)) {
      const auto end = end_of_string(text, at);
      if (!end) return std::nullopt;
      at = *end;
    } else if (between.find(text[at]) != std::string_view::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return at < text.size() ? std::optional(at + 1) : std::nullopt;
}

std::string_view key_of(const std::vector<std::string>& targets) {
  return targets.empty() ? "none" : targets.size() == 1 ? "target" : "tie";
}

}  // namespace

std::string outcome_key(const std::vector<std::string>& targets, ManifestFormat format) {
  const std::string key(key_of(targets));
  return format == ManifestFormat::JsonText ? in_quotes(key) : key;
}

// What escapes there are in JSON mean the same in TOML.
std::string outcome_value(const std::vector<std::string>& targets) {
  if (targets.empty()) return "true";
  if (targets.size() == 1) return in_quotes(targets.front());
  std::vector<std::string> quoted;
  for (const std::string& target : targets) quoted.push_back(in_quotes(target));
  return '[' + joined(quoted) + ']';
}

std::string outcome_in_toml(const std::vector<std::string>& targets) {
  return outcome_key(targets, ManifestFormat::TomlText) + " = " + outcome_value(targets);
}

std::optional<std::size_t> end_of_key(std::string_view text, std::size_t begin) {
  if (begin >= text.size()) return std::nullopt;
  return is_quote(text[begin], ManifestFormat::TomlText) ? end_of_string(text, begin)
                                                         : end_of_word(text, begin);
}

std::optional<std::size_t> end_of_value(std::string_view text, std::size_t begin,
                                        ManifestFormat format) {
  if (begin >= text.size()) return std::nullopt;
  if (is_quote(text[begin], format)) return end_of_string(text, begin);
  return text[begin] == '[' ? end_of_list(text, begin, format) : end_of_word(text, begin);
}

}  // namespace reg
