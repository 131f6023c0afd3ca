#pragma once
// What completion answers.

#include <cstdint>
#include <string>
#include <vector>

namespace reg::app {

// A word that could stand on the command line. One that ends with `/`, `=` or `(` goes on.
struct Offer {
  std::string text;
  std::string description = {};  // one line, for the shells that show one
};
using Offers = std::vector<Offer>;

// What the shell is to offer in place of words: it knows better how to write a path.
enum class Paths : std::uint8_t { None, Files, Folders };

struct Completion {
  Offers offers = {};
  Paths paths = Paths::None;
};

// No shell shows more of them in a useful way.
inline constexpr std::size_t most_offers = 1000;

}  // namespace reg::app
