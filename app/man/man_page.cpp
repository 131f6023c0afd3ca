#include "man_page.h"

#include "command_line.h"
#include "roff.h"

#include <reg/version.h>
#include <sstream>

namespace reg::app {

namespace {

std::string page_name(const Command& command) { return "reg-" + std::string(command.name); }

std::string reference(const std::string& page) { return bold(page) + "(1)"; }

// No date: the same sources come to the same bytes.
std::string title(const std::string& page, std::string_view summary) {
  std::string out = ".TH " + quoted_argument(in_capitals(page)) + " 1 \"\" " +
                    quoted_argument(std::string("reg ") + version()) + " \"User Commands\"\n";
  return out + ".SH NAME\n" + roff(page) + " \\- " + roff(summary) + '\n';
}

std::string synopsis_word(const Argument& argument) {
  std::string word = italic(argument.names);
  if (argument.repeats()) word += " ...";
  const bool optional =
      argument.occurs == Occurs::Optionally || argument.occurs == Occurs::AnyNumber;
  return optional ? '[' + word + ']' : word;
}

std::string synopsis(std::string_view usage, const Arguments& arguments) {
  std::string out = ".SH SYNOPSIS\n" + std::string(usage);
  for (const Argument& argument : arguments.all()) {
    if (argument.positional()) out += ' ' + synopsis_word(argument);
  }
  return out + " [" + italic("OPTIONS") + "]\n";
}

// `-o, --output FORMAT`
std::string label(const Argument& argument) {
  if (argument.positional()) return italic(argument.names);
  std::string out;
  std::istringstream names(argument.names);
  for (std::string name; std::getline(names, name, ',');) {
    out.append(out.empty() ? "" : ", ").append(bold(name));
  }
  return argument.value.empty() ? out : out + ' ' + italic(argument.value);
}

std::string entry(const std::string& tag, const std::string& text) {
  return ".TP\n" + tag + '\n' + paragraph(text);
}

std::string sections(const Arguments& arguments) {
  std::string out;
  std::string heading;
  for (const Argument& argument : arguments.all()) {
    const std::string& section = argument.positional() ? "Arguments" : argument.section;
    if (section != heading) out += ".SH " + quoted_argument(in_capitals(section)) + '\n';
    heading = section;
    out += entry(label(argument), argument.help);
  }
  return out;
}

std::string example(std::string_view command) {
  return ".SH EXAMPLE\n.nf\n" + roff(command) + "\n.fi\n";
}

// The lines are as the help has them: `1: no implementation applies`.
std::string exit_status(const Arguments& arguments) {
  std::string out = ".SH EXIT STATUS\n" + entry(bold("0"), "done");
  for (const std::string& line : arguments.exit_code_lines()) {
    const std::size_t colon = line.find(": ");
    out += entry(bold(line.substr(0, colon)), line.substr(colon + 2));
  }
  return out;
}

std::string command_list() {
  std::string out = ".SH COMMANDS\n";
  std::string_view group;
  for (const Command& command : commands()) {
    if (command.group != group) out += ".SS " + quoted_argument(command.group) + '\n';
    group = command.group;
    out += entry(reference(page_name(command)), std::string(command.summary));
  }
  return out;
}

}  // namespace

std::string program_page() {
  Arguments arguments;
  Globals globals;
  declare_program(arguments, globals);
  return title("reg", "which implementations there are, and which one to use") +
         synopsis(bold("reg") + ' ' + italic("COMMAND"), arguments) + ".SH DESCRIPTION\n" +
         paragraph(arguments.description()) + command_list() + sections(arguments) +
         example(program_example) + exit_status(arguments);
}

std::string command_page(const Command& command) {
  Arguments arguments;
  Globals globals;
  const Action unused = declare_command(command, arguments, globals);
  return title(page_name(command), command.summary) +
         synopsis(bold("reg " + std::string(command.name)), arguments) + ".SH DESCRIPTION\n" +
         paragraph(arguments.description()) + sections(arguments) + example(command.example) +
         exit_status(arguments) + ".SH SEE ALSO\n" + reference("reg") + '\n';
}

}  // namespace reg::app
