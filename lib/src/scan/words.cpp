#include <scan/words.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace reg {
namespace {

constexpr std::size_t probes = 3;

// Without branches, so that compilers take many bytes at once.
unsigned is_word_byte(unsigned char c) {
  const auto lower = static_cast<unsigned char>(c | 0x20U);
  return static_cast<unsigned>(c >= 0x80) | static_cast<unsigned>(c == '_') |
         static_cast<unsigned>(static_cast<unsigned char>(c - '0') < 10) |
         static_cast<unsigned>(static_cast<unsigned char>(lower - 'a') < 26);
}

constexpr std::size_t block_size = 64;

// A bit for each byte of a block that belongs to a word, the first being the lowest. What is beyond
// the content belongs to none.
std::uint64_t word_mask(const char* block, std::size_t size) {
  std::array<unsigned char, block_size> bytes{};
  std::memcpy(bytes.data(), block, size);
  for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(is_word_byte(byte));
  std::uint64_t mask = 0;
  for (std::size_t at = 0; at < block_size; at += 8) {
    std::uint64_t eight = 0;
    for (std::size_t i = 0; i < 8; ++i) eight |= std::uint64_t{bytes[at + i]} << (8 * i);
    // The lowest bits of eight bytes, gathered in the highest byte.
    mask |= ((eight * 0x0102040810204080U) >> 56U) << at;
  }
  return mask;
}

// Calls `visit` with each word. Where words begin and end a mask changes from one bit to the next.
template <typename Visit>
void each_word(std::string_view content, Visit visit) {
  std::size_t begin = 0;
  bool in_word = false;
  for (std::size_t block = 0; block < content.size(); block += block_size) {
    const std::uint64_t mask =
        word_mask(content.data() + block, std::min(block_size, content.size() - block));
    std::uint64_t changes = mask ^ ((mask << 1U) | static_cast<std::uint64_t>(in_word));
    for (; changes != 0; changes &= changes - 1) {
      const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(changes));
      if (in_word) visit(content.substr(begin, at - begin));
      begin = at;
      in_word = !in_word;
    }
  }
  if (in_word) visit(content.substr(begin));
}

std::uint64_t mixed(std::uint64_t state) {
  state *= 0x9E3779B97F4A7C15U;
  return state ^ (state >> 32);
}

template <typename Number>
std::uint64_t load(const char* from) {
  Number number = 0;
  std::memcpy(&number, from, sizeof number);
  return number;
}

// Up to eight bytes as a number, by loads that may overlap; of the same length no two are the same.
std::uint64_t load_some(const char* from, std::size_t size) {
  if (size >= 4) return load<std::uint32_t>(from) | (load<std::uint32_t>(from + size - 4) << 32U);
  return load<std::uint8_t>(from) | (load<std::uint8_t>(from + size / 2) << 8U) |
         (load<std::uint8_t>(from + size - 1) << 16U);
}

// A cheap hash, since every word of every file goes through it: eight bytes at a time.
std::uint64_t word_hash(std::string_view word) {
  std::uint64_t state = 0xCBF29CE484222325U + word.size();
  for (; word.size() > 8; word.remove_prefix(8))
    state = mixed(state ^ load<std::uint64_t>(word.data()));
  return mixed(mixed(state ^ load_some(word.data(), word.size())));
}

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

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Stands for all words with bytes above 0x7F. What is asked for is in UTF-8, and a name may be
// written in more than one way; the content has any encoding.
constexpr std::string_view any_beyond_ascii = "\x80";

bool is_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

WordFilter::WordFilter(std::string_view content) {
  if (content.starts_with(byte_order_mark)) content.remove_prefix(byte_order_mark.size());
  if (content.empty()) return;
  bits_.assign(bytes_for(content.size()), '\0');
  const std::size_t count = bits_.size() * 8;
  bool beyond_ascii = false;
  const auto add = [&](std::string_view word) {
    each_bit(word_hash(word), count, [this](std::size_t bit) {
      bits_[bit / 8] =
          static_cast<char>(static_cast<unsigned char>(bits_[bit / 8]) | (1U << (bit % 8)));
    });
  };
  each_word(content, [&](std::string_view word) {
    if (is_ascii(word)) return add(word);
    beyond_ascii = true;
  });
  if (beyond_ascii) add(any_beyond_ascii);
}

bool WordFilter::may_have(std::string_view word) const {
  if (bits_.empty() || word.empty()) return false;
  if (!is_ascii(word)) word = any_beyond_ascii;
  bool all = true;
  each_bit(word_hash(word), bits_.size() * 8, [&](std::size_t bit) {
    all = all && ((static_cast<unsigned char>(bits_[bit / 8]) >> (bit % 8)) & 1U) != 0;
  });
  return all;
}

// What is no power of two was not made by this.
WordFilter WordFilter::from_bits(std::string bits) {
  WordFilter filter;
  if (std::has_single_bit(bits.size())) filter.bits_ = std::move(bits);
  return filter;
}

}  // namespace reg
