#pragma once
// What is read of an ELF file: its headers, sections by name, its dynamic symbol table. Any class,
// byte order and machine. All of it by pread, so that a file that shrinks meanwhile is an error.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct Elf;

namespace reg {

// Whether the open file begins as an ELF file, or is cut off before that can be told. False for
// what cannot be read.
bool begins_as_elf(int descriptor);

class ElfFile {
 public:
  // Nothing larger is read of a file, whatever its headers say.
  static constexpr std::uint64_t max_section = std::uint64_t{64} << 20;
  static constexpr std::uint64_t max_sections = std::uint64_t{1} << 20;

  // nullopt: it is no ELF file. The descriptor must stay open, and is not this object's. Throws
  // InputError, here as below, if the file is truncated, or damaged so that it cannot be read.
  static std::optional<ElfFile> open(int descriptor);

  // The bytes of all sections of that name, one after the other; empty: it has none.
  std::string section(std::string_view name) const;
  // Calls `take` with the name, as it is linked, of each function that others can call.
  void each_exported_function(const std::function<void(std::string_view name)>& take) const;

 private:
  struct Closer {
    void operator()(Elf* elf) const;
  };
  explicit ElfFile(Elf* elf) : elf_(elf) {}

  std::unique_ptr<Elf, Closer> elf_;
};

}  // namespace reg
