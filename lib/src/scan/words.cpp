#include <scan/words.h>
#include <text/hash.h>
#include <algorithm>
#include <array>
#include <bit>

namespace reg {
namespace {

constexpr std::size_t probes = 3;

constexpr std::array<bool, 256> word_bytes() {
  std::array<bool, 256> is_word{};
  for (std::size_t c = 0; c < 256; ++c)
    is_word[c] = c == '_' || c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                 (c >= 'a' && c <= 'z');
  return is_word;
}
constexpr std::array<bool, 256> is_word_byte = word_bytes();

bool is_word_char(char c) { return is_word_byte[static_cast<unsigned char>(c)]; }

// A cheap hash, since every word of every file goes through it; its high bits are the good ones.
class WordHash {
 public:
  void add(char c) { state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x9E3779B97F4A7C15U; }
  std::uint64_t value() const { return (state_ ^ (state_ >> 32)) * 0xD6E8FEB86659FD93U; }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325U;
};

// Calls `visit` with the positions of the bits of a word, of which there are `count`.
template <typename Visit>
void each_bit(std::uint64_t hash, std::size_t count, Visit visit) {
  for (std::size_t probe = 0; probe < probes; ++probe) {
    visit((hash >> (20 * probe)) & (count - 1));
  }
}

// About ten bits for each different word of ordinary code, which repeats itself the more the longer
// it is.
std::size_t bytes_for(std::size_t content) {
  constexpr std::size_t least = 64, most = 64 * 1024;
  return std::clamp(std::bit_ceil(content / 16), least, most);
}

}  // namespace

WordFilter::WordFilter(std::string_view content) {
  if (content.empty()) return;
  bits_.assign(bytes_for(content.size()), '\0');
  const std::size_t count = bits_.size() * 8;
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (!is_word_char(content[at])) continue;
    WordHash hash;
    for (; at < content.size() && is_word_char(content[at]); ++at) hash.add(content[at]);
    each_bit(hash.value(), count, [this](std::size_t bit) {
      bits_[bit / 8] =
          static_cast<char>(static_cast<unsigned char>(bits_[bit / 8]) | (1U << (bit % 8)));
    });
  }
}

bool WordFilter::may_have(std::string_view word) const {
  if (bits_.empty()) return false;
  WordHash hash;
  for (const char c : word) hash.add(c);
  bool all = true;
  each_bit(hash.value(), bits_.size() * 8, [&](std::size_t bit) {
    all = all && ((static_cast<unsigned char>(bits_[bit / 8]) >> (bit % 8)) & 1U) != 0;
  });
  return all;
}

bool WordFilter::may_have_any(const Words& words) const {
  return std::any_of(words.begin(), words.end(),
                     [this](const std::string& word) { return may_have(word); });
}

// What is no power of two was not made by this.
WordFilter WordFilter::from_bits(std::string bits) {
  WordFilter filter;
  if (std::has_single_bit(bits.size())) filter.bits_ = std::move(bits);
  return filter;
}

}  // namespace reg
