#pragma once
/// @file plugin/decimal.hpp
/// Doubles as decimal digits while a program is compiled, where no standard library's conversions
/// can be used yet.

#include <array>
#include <cstddef>
#include <cstdint>
#include <reg/plugin/scan.hpp>
#include <string_view>

namespace reg::grammar {

/// Decimal digits behind a point, times ten to the power of an exponent: 0.d₁d₂… · 10^exponent. The
/// first digit and the last are not 0, unless all are.
struct Decimal {
  // The longest, the exact digits of a double or of the middle between two, has 768.
  std::array<char, 800> digits = {};
  std::size_t size = 0;
  int exponent = 0;

  [[nodiscard]] constexpr char digit(std::size_t at) const { return at < size ? digits[at] : '0'; }
  [[nodiscard]] constexpr std::string_view view() const { return {digits.data(), size}; }
  constexpr void trim() {
    while (size > 1 && digits[size - 1] == '0') --size;
  }
};

/// A natural number of any size that a double's digits need.
class Natural {
 public:
  constexpr explicit Natural(std::uint64_t value) {
    for (; value != 0; value /= base) parts_[size_++] = value % base;
  }
  constexpr void multiply(std::uint64_t factor, int times, std::uint64_t step, int steps) {
    for (; times >= steps; times -= steps) multiply(step);
    for (; times > 0; --times) multiply(factor);
  }
  /// Its digits, as a whole number's.
  [[nodiscard]] constexpr Decimal decimal() const {
    Decimal decimal;
    for (std::size_t i = size_; i > 0; --i) {
      for (std::uint64_t place = base / 10; place != 0; place /= 10) {
        const char digit = static_cast<char>('0' + parts_[i - 1] / place % 10);
        if (decimal.size != 0 || digit != '0') decimal.digits[decimal.size++] = digit;
      }
    }
    decimal.exponent = static_cast<int>(decimal.size);
    decimal.trim();
    return decimal;
  }

 private:
  static constexpr std::uint64_t base = 1'000'000'000;
  constexpr void multiply(std::uint64_t factor) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      carry += parts_[i] * factor;
      parts_[i] = carry % base;
      carry /= base;
    }
    if (carry != 0) parts_[size_++] = carry;
  }

  std::array<std::uint64_t, 90> parts_ = {};  // the lowest first
  std::size_t size_ = 0;
};

/// All digits of mantissa · 2^exponent.
constexpr Decimal exact_digits(std::uint64_t mantissa, int exponent) {
  Natural natural(mantissa);
  if (exponent >= 0) {
    natural.multiply(2, exponent, std::uint64_t{1} << 29, 29);
    return natural.decimal();
  }
  natural.multiply(5, -exponent, 244'140'625, 12);
  Decimal decimal = natural.decimal();
  decimal.exponent += exponent;
  return decimal;
}

/// Less than, equal to or greater than 0, as the first is to the second.
constexpr int compare(const Decimal& a, const Decimal& b) {
  if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
  const std::size_t size = a.size > b.size ? a.size : b.size;
  for (std::size_t i = 0; i < size; ++i) {
    if (a.digit(i) != b.digit(i)) return a.digit(i) < b.digit(i) ? -1 : 1;
  }
  return 0;
}

/// The nearest with at most that many digits.
constexpr Decimal rounded(const Decimal& exact, std::size_t size) {
  if (exact.size <= size) return exact;
  Decimal near = exact;
  near.size = size;
  if (exact.digits[size] >= '5') {
    while (near.size > 0 && near.digits[near.size - 1] == '9') --near.size;
    if (near.size == 0) {
      near.digits[near.size++] = '1';
      ++near.exponent;
    } else {
      ++near.digits[near.size - 1];
    }
  }
  near.trim();
  return near;
}

/// The same for a double that is a whole number of few digits over a power of ten, as those that
/// people write are; of size 0: it is none. Both are exact as doubles, so that their quotient is
/// what the digits read as.
constexpr Decimal plain_digits(double value) {
  constexpr double most_digits = 1e15;
  double power = 1;
  for (int places = 0; places <= 22 && value * power < most_digits; ++places, power *= 10) {
    const auto whole = static_cast<std::uint64_t>(value * power + 0.5);
    if (whole == 0 || static_cast<double>(whole) / power != value) continue;
    Decimal decimal = Natural(whole).decimal();
    decimal.exponent -= places;
    return decimal;
  }
  return {};
}

/// The digits that read back as a finite double that is greater than 0, as few as do.
constexpr Decimal shortest_digits(double value) {
  if (Decimal plain = plain_digits(value); plain.size != 0) return plain;
  const auto bits = __builtin_bit_cast(std::uint64_t, value);
  constexpr std::uint64_t hidden = std::uint64_t{1} << 52;
  const std::uint64_t fraction = bits & (hidden - 1);
  const int field = static_cast<int>(bits >> 52 & 0x7FF);
  const std::uint64_t mantissa = field == 0 ? fraction : fraction | hidden;
  const int exponent = (field == 0 ? 1 : field) - 1075;

  // What reads back as it lies between the middles to its neighbours, and on them if it is even.
  const Decimal exact = exact_digits(mantissa, exponent);
  const bool nearer_below = fraction == 0 && field > 1;
  const Decimal low = nearer_below ? exact_digits(4 * mantissa - 1, exponent - 2)
                                   : exact_digits(2 * mantissa - 1, exponent - 1);
  const Decimal high = exact_digits(2 * mantissa + 1, exponent - 1);
  const int on_middle = mantissa % 2 == 0 ? 0 : 1;
  for (std::size_t size = 1; size < 17; ++size) {
    const Decimal near = rounded(exact, size);
    if (compare(near, low) >= on_middle && compare(high, near) >= on_middle) return near;
  }
  return rounded(exact, 17);
}

constexpr bool is_finite(double value) {
  return (__builtin_bit_cast(std::uint64_t, value) >> 52 & 0x7FF) != 0x7FF;
}

/// Writes a double as JSON with `put(char)`, so that it reads back as the same one; it keeps a
/// point or an exponent. What is not finite is null.
template <typename Put>
constexpr void write_double(double value, Put put) {
  if (!is_finite(value)) {
    for (const char c : std::string_view("null")) put(c);
    return;
  }
  if (__builtin_bit_cast(std::uint64_t, value) >> 63 != 0) put('-');
  if (value == 0) {
    for (const char c : std::string_view("0.0")) put(c);
    return;
  }
  const Decimal decimal = shortest_digits(value < 0 ? -value : value);
  const bool plain = decimal.exponent > -5 && decimal.exponent <= 17;
  const int point = plain ? decimal.exponent : 1;  // that many digits stand before it
  if (point <= 0) put('0');
  for (int i = 0; i < point; ++i) put(decimal.digit(static_cast<std::size_t>(i)));
  const bool whole = point > 0 && decimal.size <= static_cast<std::size_t>(point);
  if (plain || !whole) put('.');
  for (int i = point; i < 0; ++i) put('0');
  for (std::size_t i = point > 0 ? static_cast<std::size_t>(point) : 0; i < decimal.size; ++i)
    put(decimal.digits[i]);
  if (plain && whole) put('0');
  if (plain) return;
  put('e');
  const int exponent = decimal.exponent - 1;
  const int size = exponent < 0 ? -exponent : exponent;
  if (exponent < 0) put('-');
  if (size >= 100) put(static_cast<char>('0' + size / 100));
  if (size >= 10) put(static_cast<char>('0' + size / 10 % 10));
  put(static_cast<char>('0' + size % 10));
}

/// A number's text as it is compared: where its digits begin, and where its point is.
class NumberText {
 public:
  /// `text` as the grammar of predicates or JSON has numbers.
  constexpr explicit NumberText(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    digits_ = text.substr(0, run(text, [](char c) { return is_digit(c) || c == '.'; }));
    const std::size_t point = digits_.find('.');
    exponent_ = static_cast<long>(point == digits_.npos ? digits_.size() : point);
    while (!digits_.empty() && (digits_.front() == '0' || digits_.front() == '.')) {
      if (digits_.front() == '0') --exponent_;
      // Only the zeros before the first digit are taken off, and the point is no digit.
      digits_.remove_prefix(1);
    }
    add_exponent(text.substr(text.find_first_of("eE") == text.npos ? text.size()
                                                                   : text.find_first_of("eE") + 1));
  }

  /// Whether it is finite as a double, and not rounded to 0 where it is not 0.
  [[nodiscard]] constexpr bool is_in_range() const {
    constexpr int greatest = 309, least = -323;  // exponents of the limits
    if (digits_.empty() || (exponent_ < greatest && exponent_ > least)) return true;
    if (exponent_ > greatest || exponent_ < least) return false;
    const bool great = exponent_ == greatest;
    int ordered = order(great ? "17976931348623158079" : "24703282292062327208");
    if (ordered == 0) ordered = order(limit(great));
    return great ? ordered < 0 : ordered > 0;
  }

 private:
  // Half a step above the greatest double, or half of the least. One call for both: GCC works out
  // calls with constant arguments wherever the header is included.
  static constexpr Decimal limit(bool great) {
    return exact_digits(great ? (std::uint64_t{1} << 54) - 1 : 1, great ? 970 : -1075);
  }

  constexpr void add_exponent(std::string_view text) {
    const bool below = text.starts_with('-');
    if (below || text.starts_with('+')) text.remove_prefix(1);
    long exponent = 0;
    for (const char c : text) {
      if (exponent < 1'000'000) exponent = exponent * 10 + (c - '0');
    }
    exponent_ += below ? -exponent : exponent;
  }

  // Of digits with the same exponent, and the first of a limit; 0: that many are the same.
  [[nodiscard]] constexpr int order(std::string_view limit) const {
    std::size_t at = 0;
    for (const char c : digits_) {
      if (c == '.') continue;
      if (at == limit.size()) return 0;
      if (c != limit[at]) return c < limit[at] ? -1 : 1;
      ++at;
    }
    return at < limit.size() ? -1 : 0;
  }
  // Of digits with the same exponent.
  [[nodiscard]] constexpr int order(const Decimal& limit) const {
    std::size_t at = 0;
    for (const char c : digits_) {
      if (c == '.') continue;
      const char other = limit.digit(at++);
      if (c != other) return c < other ? -1 : 1;
    }
    return at < limit.size ? -1 : 0;
  }

  std::string_view digits_;  // with their point
  long exponent_ = 0;
};

}  // namespace reg::grammar
