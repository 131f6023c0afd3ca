// The shape of a symbol, made from the text of its line.

#include <manifest/line.h>
#include <predicate/origin.h>
#include <query/json_members.h>
#include <reg/shapes.h>
#include <select/inside_view.h>
#include <text/json_scalar.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

// A member whose text is escaped already.
void append_escaped_member(std::string& out, std::string_view key, std::string_view escaped) {
  append_escaped_key(out, key);
  out += '"';
  out += escaped;
  out += '"';
}

std::string_view value_of(const std::vector<InfoMember>& info, std::string_view field) {
  const auto member = std::find_if(info.begin(), info.end(),
                                   [field](const InfoMember& one) { return one.key == field; });
  return member == info.end() ? "null" : member->value;
}

void append_info(std::string& out, const std::vector<InfoMember>& info,
                 const std::vector<std::string>& fields) {
  out += ",\"info\":{";
  for (const std::string& field : fields) {
    append_escaped_key(out, field);
    out += value_of(info, field);
  }
  // What a symbol of another origin has beside its fields.
  for (const InfoMember& member : info) {
    if (!ast::is_of_origin(member.key)) continue;
    append_escaped_key(out, member.key);
    out += member.value;
  }
  out += '}';
}

void append_source(std::string& out, const LineSource& source) {
  out += ",\"source\":{";
  append_escaped_member(out, "path", source.path);
  out += ",\"line\":";
  out += source.at.line == 0 ? "null" : std::to_string(source.at.line);
  out += '}';
}

// Where there is one, there is a line.
void append_declared(std::string& out, const DeclaredPlace& declared) {
  out += ",\"declared\":{";
  append_escaped_member(out, "path", declared.path);
  out += ",\"line\":" + std::to_string(declared.line) + '}';
}

void append_shape(std::string& out, const LineText& text, const std::vector<InfoMember>& info,
                  const std::vector<std::string>& fields, std::optional<double> score,
                  std::optional<std::string_view> pinned) {
  out += '{';
  append_escaped_member(out, "registry", text.key.registry);
  append_escaped_member(out, "oid", text.key.oid);
  append_escaped_member(out, "target", text.key.target);
  append_info(out, info, fields);
  if (text.select.empty()) {
    out += ",\"select\":null";
  } else {
    append_escaped_member(out, "select", text.select);
  }
  append_escaped_member(out, "doc", text.doc);
  append_source(out, text.source);
  if (text.declared) append_declared(out, *text.declared);
  if (score) append_score(out, *score);
  if (pinned) append_text_member(out, "pinned", *pinned);
  out += '}';
}

std::optional<std::vector<InfoMember>> members_of(std::string_view info) {
  std::vector<InfoMember> members;
  if (info.empty()) return members;
  const bool whole = each_info_member(info, [&members](const InfoMember& member) {
    members.push_back(member);
    return true;
  });
  return whole ? std::optional(std::move(members)) : std::nullopt;
}

// Printable ASCII, with no escapes but those of quotes and backslashes.
bool can_be_copied(std::string_view escaped) {
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    const char c = escaped[at];
    if (c < 0x20 || c >= 0x7F) return false;
    if (c != '\\') continue;
    if (++at == escaped.size() || (escaped[at] != '"' && escaped[at] != '\\')) return false;
  }
  return true;
}

bool can_be_copied(const LineText& text, const std::vector<InfoMember>& info) {
  for (const std::string_view part :
       {text.key.registry, text.key.oid, text.key.target, text.select, text.doc, text.source.path,
        text.declared ? text.declared->path : std::string_view()}) {
    if (!can_be_copied(part)) return false;
  }
  return std::all_of(info.begin(), info.end(), [](const InfoMember& member) {
    return can_be_copied(member.key) && simple_scalar(member.value).has_value();
  });
}

std::vector<std::string> escaped_names(const std::vector<Field>& fields) {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const Field& field : fields) names.push_back(escaped_text(field.name));
  return names;
}

void append_parsed(std::string& out, const Symbol& symbol, const std::vector<std::string>& fields,
                   std::optional<double> score, std::optional<std::string_view> pinned) {
  const std::string info = to_text(symbol.info);
  std::string line;
  std::optional<DeclaredPlace> declared;
  if (!symbol.declared.path.empty())
    declared = DeclaredPlace{symbol.declared.path, symbol.declared.line};
  append_line(line, {.registry = symbol.registry,
                     .oid = symbol.oid,
                     .target = symbol.target,
                     .select = symbol.select,
                     .info_text = info,
                     .doc = symbol.doc,
                     .path = symbol.source.path,
                     .at = {symbol.source.line, symbol.source.column},
                     .declared = declared});
  const LineText text = split_line(line).value();
  append_shape(out, text, members_of(text.info).value(), fields, score, pinned);
}

}  // namespace

void append_symbol(std::string& out, const Symbol& symbol, const RegistryInfo& registry,
                   std::optional<double> score, std::optional<std::string_view> pinned) {
  append_parsed(out, symbol, escaped_names(registry.fields), score, pinned);
}

// The escaped names of each registry's fields, read once.
class SymbolShapes::Fields {
 public:
  explicit Fields(const Cache& cache) : cache_(cache) {}
  const std::vector<std::string>& of(const std::string& registry);

 private:
  const Cache& cache_;
  std::map<std::string, std::vector<std::string>> known_;
};

const std::vector<std::string>& SymbolShapes::Fields::of(const std::string& registry) {
  const auto known = known_.find(registry);
  if (known != known_.end()) return known->second;
  const std::optional<RegistryInfo> info = cache_.registry(registry);
  return known_.emplace(registry, info ? escaped_names(info->fields) : std::vector<std::string>{})
      .first->second;
}

SymbolShapes::SymbolShapes(const Cache& cache) : fields_(std::make_unique<Fields>(cache)) {}
SymbolShapes::~SymbolShapes() = default;

void SymbolShapes::append(std::string& out, const Symbol& symbol, std::optional<double> score,
                          std::optional<std::string_view> pinned) {
  append_parsed(out, symbol, fields_->of(symbol.registry), score, pinned);
}

// What is more than plain text and scalars is parsed, so that nothing is copied that a cache must
// not have.
void SymbolShapes::append(std::string& out, const SymbolView& symbol) {
  const std::optional<LineText> text = split_line(InsideView::line(symbol));
  const auto info = text ? members_of(text->info) : std::nullopt;
  if (!info || !can_be_copied(*text, *info)) return append(out, symbol.symbol());
  append_shape(out, *text, *info, fields_->of(unescape(text->key.registry)), {}, {});
}

}  // namespace reg
