#include "wrapped.h"

#include "printable.h"

#include <sstream>

namespace reg::app {

namespace {

// Adds the words to the last of the lines, or to new ones where it has no room.
void fill(std::vector<std::string>& lines, const std::string& words, std::size_t width) {
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    std::string& last = lines.back();
    const std::size_t used = display_width(last);
    if (used != 0 && used + 1 + display_width(word) > width) {
      lines.push_back(std::move(word));
    } else {
      last += (used == 0 ? "" : " ") + word;
    }
  }
}

}  // namespace

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("  ")) {
      fill(lines, line, width);
      continue;
    }
    if (lines.back().empty()) lines.pop_back();
    lines.push_back(line);
    lines.emplace_back();
  }
  if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  return lines;
}

}  // namespace reg::app
