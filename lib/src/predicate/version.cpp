#include <predicate/version.h>
#include <algorithm>
#include <charconv>

namespace reg::ast {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view without_v(std::string_view text) {
  return text.starts_with('v') ? text.substr(1) : text;
}

std::string_view bytes_of(const Json& version) {
  const Json::binary_t& bytes = version.get_binary();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Takes the next number off the front, without its leading zeros: nothing for 0 and behind the end,
// which is what makes 12 equal 12.0.
std::string_view take_number(std::string_view& rest) {
  std::string_view number = rest.substr(0, rest.find('.'));
  rest.remove_prefix(std::min(rest.size(), number.size() + 1));
  number.remove_prefix(std::min(number.size(), number.find_first_not_of('0')));
  return number;
}

}  // namespace

bool is_dotted_numbers(std::string_view text) {
  bool after_digit = false;
  for (char c : text) {
    if (!is_digit(c) && (c != '.' || !after_digit)) return false;
    after_digit = is_digit(c);
  }
  return after_digit;
}

VersionReading::VersionReading(const Json& value) {
  auto write = [this](auto... number) {
    auto [end, error] = std::to_chars(digits_.data(), digits_.data() + digits_.size(), number...);
    if (error == std::errc())
      text_ = {digits_.data(), static_cast<std::size_t>(end - digits_.data())};
  };
  switch (value.type()) {
    case Json::value_t::binary:
      text_ = bytes_of(value);
      break;
    case Json::value_t::string:
      text_ = without_v(value.get_ref<const std::string&>());
      break;
    case Json::value_t::number_integer:
      write(value.get<std::int64_t>());
      break;
    case Json::value_t::number_unsigned:
      write(value.get<std::uint64_t>());
      break;
    case Json::value_t::number_float:
      write(value.get<double>(), std::chars_format::fixed);
      break;
    default:
      break;
  }
  if (!is_dotted_numbers(text_)) text_ = {};
}

std::strong_ordering VersionReading::operator<=>(const VersionReading& other) const {
  std::string_view a = text_, b = other.text_;
  while (!a.empty() || !b.empty()) {
    std::string_view left = take_number(a), right = take_number(b);
    if (left.size() != right.size()) return left.size() <=> right.size();
    if (int difference = left.compare(right); difference != 0) return difference <=> 0;
  }
  return std::strong_ordering::equal;
}

}  // namespace reg::ast
