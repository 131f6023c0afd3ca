#include "symbol_block.h"

#include "printable.h"
#include "text.h"

#include <reg/selection.h>
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

// Where people would look for it: at whoever publishes it, if that is another origin.
std::string source_text(const Symbol& symbol) {
  if (const std::string origin = origin_of(symbol); !origin.empty())
    return "from " + origin + ": " + symbol.declared.to_string();
  const std::string text = symbol.source.to_string();
  return symbol.declared.path.empty() ? text
                                      : text + ", declared at " + symbol.declared.to_string();
}

// The fields, and what a symbol of another origin has besides.
std::vector<std::string> names_of_info(const Symbol& symbol, const RegistryInfo& registry) {
  std::vector<std::string> names;
  for (const Field& field : registry.fields) names.push_back(field.name);
  for (const auto& [name, value] : symbol.info.items()) {
    if (registry.field(name) == nullptr) names.push_back(name);
  }
  return names;
}

std::string info_text(const Symbol& symbol, const std::vector<std::string>& names) {
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, display_width(printable(name)));
  std::string text;
  for (const std::string& field : names) {
    if (!text.empty()) text += '\n';
    const std::string name = printable(field);
    text += name + std::string(width - display_width(name) + 2, ' ');
    append_printable(text, value_text(symbol.field(field)));
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
    const std::vector<std::string> names = names_of_info(symbol, registry);
    if (!names.empty()) write_entry(out, style, "info", info_text(symbol, names));
    if (!symbol.doc.empty()) write_entry(out, style, "doc", symbol.doc);
    write_entry(out, style, "source", source_text(symbol));
  }
}

}  // namespace reg::app
