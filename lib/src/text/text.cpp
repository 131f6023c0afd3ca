#include <reg/text.h>
#include <text/json_text.h>
#include <text/utf8.h>

namespace reg {

std::string in_quotes(std::string_view text) { return to_text(Json(text)); }

std::string shell_word(std::string_view text) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,-";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
    return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + '\'';
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  return std::string(cut(text, most)) + "…";
}

std::string score_text(double score) {
  std::string text;
  append_number(text, score);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : to_text(value);
}

}  // namespace reg
