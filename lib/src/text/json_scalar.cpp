#include <text/json_scalar.h>
#include <algorithm>
#include <charconv>
#include <cstdint>

namespace reg {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// JSON has no zeros in front, and digits on both sides of the point, where `from_chars` is lenient.
bool begins_as_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || !is_digit(text.front())) return false;
  return text.size() == 1 || text.front() != '0' || !is_digit(text[1]);
}

bool ends_as_number(std::string_view text) {
  auto after_point = text.find('.') + 1;  // 0: there is none
  return is_digit(text.back()) && (after_point == 0 || is_digit(text[after_point]));
}

template <typename Number>
std::optional<Json> number_as(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return Json(value);
}

std::optional<Json> number(std::string_view text) {
  if (!begins_as_number(text)) return std::nullopt;
  bool integer = text.find_first_of(".eE") == std::string_view::npos;
  if (!integer) return ends_as_number(text) ? number_as<double>(text) : std::nullopt;
  return text.front() == '-' ? number_as<std::int64_t>(text) : number_as<std::uint64_t>(text);
}

}  // namespace

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '\\'; });
}

std::optional<Json> simple_scalar(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    std::string_view inner = text.substr(1, text.size() - 2);
    bool plain = is_plain(inner) && inner.find('"') == std::string_view::npos;
    return plain ? std::optional<Json>(inner) : std::nullopt;
  }
  if (text == "true") return Json(true);
  if (text == "false") return Json(false);
  if (text == "null") return Json(nullptr);
  return number(text);
}

}  // namespace reg
