#include "registry_writer.h"

#include "json_array.h"
#include "printable.h"
#include "symbol_writer.h"
#include "text.h"

#include <reg/shapes.h>

namespace reg::app {

namespace {

std::vector<Cell> cells_of(const RegistryInfo& registry) {
  std::vector<std::string> fields;
  for (const Field& field : registry.fields) fields.push_back(field.name);
  return {{registry.name},
          Cell::number(std::to_string(registry.symbols)),
          {joined(fields)},
          {registry.doc}};
}

}  // namespace

RegistryWriter::RegistryWriter(Session& session) : session_(session) {
  if (!has_columns(session.format()) && !is_template(session.format())) return;
  rows_.emplace(session, std::vector<std::string>{"registry", "symbols", "fields", "doc"});
}

void RegistryWriter::add(const RegistryInfo& registry) {
  if (rows_) {
    rows_->add(cells_of(registry));
  } else if (session_.format() == Format::Name) {
    session_.out().line(printable(registry.name));
  } else {
    std::string text;
    if (session_.format() == Format::Json) append_json_separator(text, written_);
    append_registry(text, registry);
    if (session_.format() == Format::JsonLines) text += '\n';
    session_.out().write(text);
  }
  ++written_;
}

void RegistryWriter::finish() {
  if (rows_) rows_->finish();
  if (session_.format() == Format::Json) close_json_array(session_.out(), written_);
}

}  // namespace reg::app
