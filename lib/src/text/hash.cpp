#define XXH_INLINE_ALL
#include <xxhash.h>

#include <text/hash.h>

namespace reg {
namespace {

constexpr std::string_view digits = "0123456789abcdef";
constexpr std::size_t length = 16;

}  // namespace

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string hex_of(std::uint64_t hash) {
  std::string text(length, '0');
  for (std::size_t i = length; i-- > 0; hash >>= 4) text[i] = digits[hash & 15];
  return text;
}

std::optional<std::uint64_t> hash_from_hex(std::string_view text) {
  if (text.size() != length) return std::nullopt;
  std::uint64_t hash = 0;
  for (char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    hash = hash << 4 | digit;
  }
  return hash;
}

}  // namespace reg
