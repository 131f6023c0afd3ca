#include <reg/text.h>
#include <text/json_text.h>
#include <text/utf8.h>

namespace reg {

std::string in_quotes(std::string_view text) { return to_text(Json(text)); }

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
