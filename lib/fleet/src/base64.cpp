#include "base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace reg::fleet {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> digits() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> digit_of = digits();

std::uint32_t byte(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

}  // namespace

void append_base64(std::string& to, std::string_view bytes) {
  const std::size_t start = to.size();
  const std::size_t groups = (bytes.size() + 2) / 3;
  to.resize(start + 4 * groups, '=');
  char* out = to.data() + start;
  for (std::size_t at = 0; at < bytes.size(); at += 3, out += 4) {
    const std::uint32_t bits =
        byte(bytes, at) << 16 | byte(bytes, at + 1) << 8 | byte(bytes, at + 2);
    const std::size_t of_group = bytes.size() - at;
    out[0] = alphabet[bits >> 18];
    out[1] = alphabet[bits >> 12 & 63];
    if (of_group > 1) out[2] = alphabet[bits >> 6 & 63];
    if (of_group > 2) out[3] = alphabet[bits & 63];
  }
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  std::uint8_t wrong = 0;
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint8_t digit = digit_of[static_cast<unsigned char>(text[at + i])];
      wrong = static_cast<std::uint8_t>(wrong | (digit & 0xc0));
      bits = bits << 6 | digit;
    }
    const char group[] = {static_cast<char>(bits >> 16 & 255), static_cast<char>(bits >> 8 & 255),
                          static_cast<char>(bits & 255)};
    bytes.append(group, 3);
  }
  bits = 0;
  for (; at < text.size(); ++at) {
    const std::uint8_t digit = digit_of[static_cast<unsigned char>(text[at])];
    wrong = static_cast<std::uint8_t>(wrong | (digit & 0xc0));
    bits = bits << 6 | digit;
  }
  if (wrong != 0) return std::nullopt;
  // What padding leaves over must be zero: one text for the same bytes.
  if (padding == 1) {
    if ((bits & 3) != 0) return std::nullopt;
    bytes.push_back(static_cast<char>(bits >> 10 & 255));
    bytes.push_back(static_cast<char>(bits >> 2 & 255));
  } else if (padding == 2) {
    if ((bits & 15) != 0) return std::nullopt;
    bytes.push_back(static_cast<char>(bits >> 4 & 255));
  }
  return bytes;
}

}  // namespace reg::fleet
