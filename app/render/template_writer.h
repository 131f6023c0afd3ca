#pragma once
// What `-o target` and `-o format=TEXT` make of rows.

#include "../session.h"

#include <reg/json.h>
#include <reg/output_template.h>
#include <string>
#include <vector>

namespace reg::app {

// Whether the format is one of these two.
bool is_template(Format format);

class TemplateWriter {
 public:
  explicit TemplateWriter(Session& session);

  const std::vector<std::string>& names() const { return template_.names(); }
  // Writes the text with these values, one for each name. What comes from sources is made printable
  // for a terminal only, so that scripts get it as it is.
  void write(std::vector<Json> values);

 private:
  Session& session_;
  OutputTemplate template_;
  bool printable_ = false;
};

}  // namespace reg::app
