#include <manifest/line.h>
#include <reg/remote.h>
#include <reg/text.h>
#include <registration/origins.h>
#include <remote/published_names.h>
#include <remote/published_select.h>
#include <select/inside_view.h>
#include <text/json_text.h>

namespace reg {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view escaped) {
  if (!escaped.empty()) out.append(",\"").append(key).append("\":\"").append(escaped) += '"';
}

Json type_of(const Fact& fact) {
  if (fact.values.empty() && fact.doc.empty()) return to_string(fact.type);
  Json described = {{"type", to_string(fact.type)}};
  if (!fact.values.empty()) described["values"] = fact.values;
  if (!fact.doc.empty()) described["doc"] = fact.doc;
  return described;
}

// Fields and facts stay in their order, which a `Json` object would not keep.
template <typename T, typename Describe>
void append_types(std::string& out, std::string_view key, const std::vector<T>& all,
                  Describe describe) {
  if (all.empty()) return;
  if (!out.ends_with('{')) out += ',';
  out.append(1, '"').append(key).append("\":");
  char before = '{';
  for (const T& each : all) {
    const auto [name, type] = describe(each);
    out += before;
    append_quoted(out, name);
    out.append(1, ':').append(to_text(type));
    before = ',';
  }
  out += '}';
}

std::string described(const RegistryInfo& registry) {
  std::string out = "{";
  if (!registry.doc.empty()) {
    out += "\"doc\":";
    append_quoted(out, registry.doc);
  }
  append_types(out, "fields", registry.fields, [](const Field& field) {
    return std::pair(std::string_view(field.name), Json(to_string(field.type)));
  });
  append_types(out, "context", registry.context, [](const Fact& fact) {
    return std::pair(std::string_view(fact.path), type_of(fact));
  });
  return out + '}';
}

class PublicationWriter {
 public:
  PublicationWriter(const Cache& cache, const RemoteSettings& remote)
      : cache_(cache), remote_(remote), names_(remote.publish), selects_(cache.predicates()) {}

  Publication write() {
    for (RegistryInfo& registry : cache_.registries()) add(declared_here(std::move(registry)));
    Json published = {
        {"format", 1}, {"origin", remote_.origin}, {"workspace", cache_.workspace_name()}};
    if (!remote_.facts.empty()) published["facts"] = plain_numbers(remote_.facts);
    out_.text = "{\n\"published\":" + to_text(published) + ",\n\"registries\":{" + registries_ +
                "\n},\n\"symbols\":[" + symbols_ + "\n]\n}\n";
    return std::move(out_);
  }

 private:
  void add(const RegistryInfo& registry) {
    const std::size_t before = out_.symbols;
    cache_.each_symbol(registry.name, [&](const SymbolView& symbol) {
      const auto text = split_line(InsideView::line(symbol));
      if (!text) InsideView::file(symbol).broken("a symbol is not laid out as one");
      if (names_.have(unescape(text->source.path))) add(*text, registry);
      return true;
    });
    if (out_.symbols == before) return;
    registries_ += out_.registries++ == 0 ? "\n" : ",\n";
    append_quoted(registries_, registry.name);
    registries_.append(1, ':').append(described(registry));
  }

  void add(const LineText& text, const RegistryInfo& registry) {
    const std::string own = unescape(text.select);
    const std::string& select = own.empty() && registry.select ? *registry.select : own;
    std::string written;
    try {
      if (!select.empty()) written = escaped_text(selects_.of(select, text.info, registry));
    } catch (const InputError& error) {
      return leave_out(text, error);
    }
    symbols_ += out_.symbols++ == 0 ? "\n" : ",\n";
    symbols_.append("{\"registry\":\"").append(text.key.registry) += '"';
    append_member(symbols_, "oid", text.key.oid);
    append_member(symbols_, "target", text.key.target);
    append_member(symbols_, "select", written);
    if (!text.info.empty()) symbols_.append(",\"info\":").append(text.info);
    append_member(symbols_, "doc", text.doc);
    const bool in_code = text.declared.has_value();
    symbols_.append(",\"declared\":{\"path\":\"")
        .append(in_code ? text.declared->path : text.source.path)
        .append("\",\"line\":")
        .append(std::to_string(in_code ? text.declared->line : text.source.at.line))
        .append("}}");
  }

  void leave_out(const LineText& text, const InputError& error) {
    const Place place{unescape(text.source.path), text.source.at.line, text.source.at.column};
    const std::string name = unescape(text.key.registry) + '/' + unescape(text.key.oid);
    out_.warnings.push_back({Severity::Warning, place,
                             in_quotes(unescape(text.key.target)) + " of " + name +
                                 " is not published: " + error.what(),
                             error.hint(), "", ErrorKind::Input});
  }

  const Cache& cache_;
  const RemoteSettings& remote_;
  PublishedNames names_;
  PublishedSelects selects_;
  std::string registries_, symbols_;
  Publication out_;
};

}  // namespace

Publication publication_of(const Cache& cache, const RemoteSettings& remote) {
  return PublicationWriter(cache, remote).write();
}

}  // namespace reg
