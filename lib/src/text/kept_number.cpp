#include <text/kept_number.h>
#include <text/version.h>
#include <bit>
#include <charconv>

namespace reg {

template <typename... Number>
void ShortestText::write(Number... number) {
  char* end = std::to_chars(digits_.data(), digits_.data() + digits_.size(), number...).ptr;
  text_ = {digits_.data(), static_cast<std::size_t>(end - digits_.data())};
}

ShortestText::ShortestText(double value) { write(value, std::chars_format::fixed); }
ShortestText::ShortestText(std::int64_t value) { write(value); }
ShortestText::ShortestText(std::uint64_t value) { write(value); }

Json number_of(std::string_view text, double value) {
  auto written = VersionText::of(text);
  if (!written || written == VersionText::of(ShortestText(value).text())) return value;
  return Json::binary(Json::binary_t::container_type(text.begin(), text.end()),
                      std::bit_cast<std::uint64_t>(value));
}

double kept_value(const Json& kept) {
  return std::bit_cast<double>(kept.get_ptr<const Json::binary_t*>()->subtype());
}

std::string_view binary_text(const Json& binary) {
  const auto& bytes = *binary.get_ptr<const Json::binary_t*>();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace reg
