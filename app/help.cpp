#include "arguments.h"
#include "render/wrapped.h"

namespace reg::app {

namespace {

std::string usage_word(const Argument& argument) {
  std::string word = argument.names;
  if (argument.repeats()) word += "...";
  const bool optional =
      argument.occurs == Occurs::Optionally || argument.occurs == Occurs::AnyNumber;
  return optional ? '[' + word + ']' : word;
}

std::string usage_line(std::string_view usage, const Arguments& arguments) {
  std::string line = "Usage: " + std::string(usage);
  for (const Argument& argument : arguments.all()) {
    if (argument.positional()) line += ' ' + usage_word(argument);
  }
  return line + " [OPTIONS]\n";
}

// `-o, --output FORMAT`; options without a short name are indented to align with those that have
// one.
std::string label(const Argument& argument) {
  if (argument.positional()) return argument.names;
  std::string text = argument.names.starts_with("--") ? "    " : "";
  const std::size_t comma = argument.names.find(',');
  text += argument.names.substr(0, comma);
  if (comma != std::string::npos) text += ", " + argument.names.substr(comma + 1);
  return argument.value.empty() ? text : text + ' ' + argument.value;
}

// The lines of a text, the first of them after what stands there already.
void append_wrapped(std::string& out, const std::string& text, std::size_t indent) {
  std::string_view before;
  const std::string blanks = '\n' + std::string(indent, ' ');
  for (const std::string& line : wrapped(text, page_width - indent)) {
    out.append(before).append(line);
    before = blanks;
  }
  out += '\n';
}

void append_entry(std::string& out, const std::string& left, const std::string& right) {
  constexpr std::size_t column = 26;
  out += "  " + left;
  if (left.size() + 1 > column) {
    out += '\n' + std::string(column + 2, ' ');
  } else {
    out.append(column - left.size(), ' ');
  }
  append_wrapped(out, right, column + 2);
}

void append_sections(std::string& out, const Arguments& arguments) {
  std::string heading;
  for (const Argument& argument : arguments.all()) {
    const std::string& section = argument.positional() ? "Arguments" : argument.section;
    if (section != heading) out += '\n' + section + ":\n";
    heading = section;
    append_entry(out, label(argument), argument.help);
  }
}

}  // namespace

std::string help_text(std::string_view usage, std::string_view example,
                      const Arguments& arguments) {
  std::string out = usage_line(usage, arguments) + '\n';
  append_wrapped(out, arguments.description(), 0);
  append_sections(out, arguments);
  out.append("\nExample:\n  ").append(example) += '\n';
  if (!arguments.exit_code_lines().empty()) out += "\nExit codes besides 0:\n";
  for (const std::string& line : arguments.exit_code_lines()) append_wrapped(out += "  ", line, 5);
  return out;
}

}  // namespace reg::app
