#pragma once
// Hashes of bytes: XXH3 with 64 bits, the same on every machine. They find damage and change; they
// are no proof against a forger.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0);

// As sixteen hex digits, and back; nullopt for any other text.
std::string hex_of(std::uint64_t hash);
std::optional<std::uint64_t> hash_from_hex(std::string_view text);

}  // namespace reg
