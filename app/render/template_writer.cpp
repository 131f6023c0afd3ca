#include "template_writer.h"

#include "printable.h"

#include <reg/text.h>
#include <unistd.h>

namespace reg::app {

bool is_template(Format format) { return format == Format::Target || format == Format::Template; }

TemplateWriter::TemplateWriter(Session& session)
    : session_(session),
      template_(session.format() == Format::Target ? OutputTemplate("{target}\\n")
                                                   : session.output_template()),
      printable_(session.format() == Format::Target || isatty(STDOUT_FILENO) == 1) {}

void TemplateWriter::write(std::vector<Json> values) {
  for (Json& value : values) {
    if (printable_ && value.is_string())
      value = printable(value.get<std::string>(), Newlines::Keep);
  }
  std::string text;
  template_.append(text, values);
  session_.out().write(text);
}

}  // namespace reg::app
