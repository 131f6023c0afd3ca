#pragma once
// Accounts as bytes, for the file in which they are kept between runs.

#include <scan/account.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

// Appends values so that `ByteReader` gives them back.
class ByteWriter {
 public:
  void number(std::uint64_t value);
  void fixed(std::uint64_t value);  // eight bytes
  void text(std::string_view value);
  void flag(bool value) { bytes_ += value ? '\1' : '\0'; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a `ByteWriter` wrote. Where the bytes are other ones it gives zeros and empty texts,
// and `failed` is true from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t number();
  std::uint64_t fixed();
  std::string_view text();
  bool flag() { return number() != 0; }
  // A count of things that take at least a byte each.
  std::size_t count();
  void fail();
  bool failed() const { return failed_; }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view take(std::uint64_t size);

  std::string_view bytes_;
  bool failed_ = false;
};

std::string to_bytes(const Account& account);
// nullopt: these are not the bytes of one.
std::optional<Account> account_from(std::string_view bytes);

}  // namespace reg
