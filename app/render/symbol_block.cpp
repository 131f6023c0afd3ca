#include "symbol_block.h"

#include "printable.h"
#include "text.h"

#include <algorithm>

namespace reg::app {

namespace {

constexpr std::size_t label_width = 8;

// A label and its value; the value's further lines stand below its first.
void write_entry(Output& out, const Style& style, std::string_view label,
                 const std::string& value) {
  std::string text = "  " + style.dim(label) + std::string(label_width - label.size(), ' ');
  for (const char c : printable(value, Newlines::Keep)) {
    text += c;
    if (c == '\n') text.append(label_width + 2, ' ');
  }
  out.line(text);
}

std::string select_text(const Symbol& symbol, const RegistryInfo& registry) {
  const std::string text = scored_by(symbol, registry);
  if (symbol.select) return text;
  return text + (registry.select ? "  (the registry's)" : "  (unconditional)");
}

std::string source_text(const Symbol& symbol) {
  const std::string text = symbol.source.to_string();
  return symbol.declared.path.empty() ? text
                                      : text + ", declared at " + symbol.declared.to_string();
}

std::string info_text(const Symbol& symbol, const RegistryInfo& registry) {
  std::size_t width = 0;
  for (const Field& field : registry.fields)
    width = std::max(width, display_width(printable(field.name)));
  std::string text;
  for (const Field& field : registry.fields) {
    if (!text.empty()) text += '\n';
    const std::string name = printable(field.name);
    text += name + std::string(width - display_width(name) + 2, ' ');
    append_printable(text, value_text(symbol.field(field.name)));
  }
  return text;
}

}  // namespace

std::string scored_by(const Symbol& symbol, const RegistryInfo& registry) {
  if (symbol.select) return *symbol.select;
  return registry.select ? *registry.select : "yes()";
}

void write_symbol_blocks(Output& out, const Style& style, const std::vector<Symbol>& symbols,
                         const RegistryInfo& registry) {
  for (const Symbol& symbol : symbols) {
    if (&symbol != &symbols.front()) out.write("\n");
    out.line(style.bold(printable(symbol.target)));
    write_entry(out, style, "name", printable(symbol.registry + '/' + symbol.oid));
    write_entry(out, style, "select", select_text(symbol, registry));
    if (const Pin* pin = registry.pin(symbol.oid); pin != nullptr && pin->target == symbol.target)
      write_entry(out, style, "pinned", pin->reason);
    if (!registry.fields.empty()) write_entry(out, style, "info", info_text(symbol, registry));
    if (!symbol.doc.empty()) write_entry(out, style, "doc", symbol.doc);
    write_entry(out, style, "source", source_text(symbol));
  }
}

}  // namespace reg::app
