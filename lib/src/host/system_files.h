#pragma once
// The system's files, as far as they are there: whatever cannot be read is missing.

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::host {

// Files below a root. Nothing throws on account of what is there, and nothing waits: of regular
// files alone something is read, and of these no more than a bound.
class SystemFiles {
 public:
  explicit SystemFiles(std::filesystem::path root) : root_(std::move(root)) {}

  // What a file begins with, up to `most` bytes; nothing where it cannot be read, or is no UTF-8.
  std::optional<std::string> read(std::string_view path, std::size_t most = 64 * 1024) const;
  // The same, up to the first empty line; of what is longer, whole lines.
  std::optional<std::string> read_paragraph(std::string_view path) const;
  // The one line of a file, without blanks around it; nothing where it is empty.
  std::optional<std::string> read_line(std::string_view path) const;
  // The names in a folder, sorted, and no more than `most` of them; nothing where it cannot be
  // read.
  std::optional<std::vector<std::string>> names_in(std::string_view folder,
                                                   std::size_t most = 4096) const;
  // The last name of what a symbolic link points to.
  std::optional<std::string> link_name(std::string_view path) const;

 private:
  using Enough = std::function<bool(const std::string& text)>;
  std::optional<std::string> read(std::string_view path, std::size_t most,
                                  const Enough& enough) const;
  std::filesystem::path at(std::string_view path) const { return root_ / path; }

  std::filesystem::path root_;
};

// The text without white space around it.
std::string_view trimmed(std::string_view text);
// Its words, which white space parts.
std::vector<std::string> words_of(std::string_view text);
// The dotted numbers that a text begins with, 6.1.0 of `6.1.0-18-amd64`: what distributions add
// behind them would read as a pre-release. Nothing where it does not begin with a digit.
std::optional<std::string> dotted_numbers(std::string_view text);
// The number that the whole text is, without a sign.
std::optional<std::size_t> number_of(std::string_view text);

// Calls `visit` with each line, without its end.
template <typename Visit>
void each_line(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace reg::host
