#include <reg/error.h>
#include <reg/output_template.h>
#include <reg/text.h>

namespace reg {
namespace {

[[noreturn]] void fail(std::string_view what, std::size_t at, const std::string& hint) {
  throw UsageError("byte " + std::to_string(at + 1) + " of the format: " + std::string(what), hint);
}

// What stands after a backslash.
char escaped(std::string_view text, std::size_t at) {
  const char name = at + 1 < text.size() ? text[at + 1] : '\0';
  switch (name) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '0':
      return '\0';
    case '\\':
      return '\\';
    default:
      fail(name == '\0' ? "there is nothing after the backslash"
                        : "there is no escape \\" + std::string(1, name),
           at, R"(the escapes are \n, \t, \0 and \\)");
  }
}

// The closing brace; names in back-ticks may have one.
std::size_t end_of_name(std::string_view text, std::size_t begin) {
  bool quoted = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '`') quoted = !quoted;
    if (text[at] == '}' && !quoted) return at;
  }
  fail("a brace is not closed", begin - 1, "write {{ for a brace");
}

bool is_double(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && text[at + 1] == text[at];
}

}  // namespace

OutputTemplate::OutputTemplate(std::string_view text) : texts_(1) {
  if (text.empty()) throw UsageError("the format is empty", "such as {oid}\\t{target}\\n");
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\\') {
      texts_.back() += escaped(text, at++);
    } else if ((c == '{' || c == '}') && is_double(text, at)) {
      texts_.back() += text[at++];
    } else if (c == '{') {
      const std::size_t end = end_of_name(text, at + 1);
      if (end == at + 1) fail("there is no name between the braces", at, "write {oid}");
      names_.emplace_back(text.substr(at + 1, end - at - 1));
      texts_.emplace_back();
      at = end;
    } else if (c == '}') {
      fail("a brace was not opened", at, "write }} for a brace");
    } else {
      texts_.back() += c;
    }
  }
}

void OutputTemplate::append(std::string& out, const std::vector<Json>& values) const {
  out += texts_.front();
  for (std::size_t at = 0; at < names_.size(); ++at) {
    if (!values[at].is_null()) out += value_text(values[at]);
    out += texts_[at + 1];
  }
}

}  // namespace reg
