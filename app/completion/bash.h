#pragma once
// How bash cuts a line into words, and how it wants an answer.

#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

// A line as far as it has been typed. The shell does not unquote it for completion, and replaces
// only what stands behind the last of its "word breaks" (COMP_WORDBREAKS, `:` and `=` among them)
// or behind the quote that is open.
struct BashLine {
  std::vector<std::string> words;  // without quotes; the last may be empty
  std::size_t kept = 0;            // bytes of the last word that the shell keeps
  char quote = '\0';               // the one that is open
};

BashLine read_bash_line(std::string_view text, std::string_view breaks);

// What the shell is to put behind what it keeps, quoted as it must be there.
std::string bash_answer(const BashLine& line, const std::string& word);

}  // namespace reg::app
