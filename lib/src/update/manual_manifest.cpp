#include <manifest/locate.h>
#include <manifest/manifest.h>
#include <manifest/source_text.h>
#include <text/excerpt.h>
#include <text/json_text.h>
#include <update/manual_manifest.h>
#include <workspace/files.h>
#include <algorithm>

namespace reg {
namespace {

static_assert(manual_path == Workspace::manual_name);

// Empty if it is not a text: whoever reads the manifest as a source tells what is wrong with it.
std::string text_member(const Json& entry, const char* name) {
  auto member = entry.find(name);
  return member != entry.end() && member->is_string() ? member->get<std::string>() : "";
}

bool has_name(const Json& entry, const SymbolName& name) {
  if (text_member(entry, "target") != name.target) return false;
  if (text_member(entry, "registry") != name.registry) return false;
  return (entry.contains("oid") ? text_member(entry, "oid") : default_oid(name.target)) == name.oid;
}

void append_entries(std::string& text, const Json& entries) {
  if (!entries.is_array()) {
    text += to_text(entries);
    return;
  }
  text += '[';
  const char* separator = "\n  ";
  for (const Json& entry : entries) {
    text += separator + to_text(entry);
    separator = ",\n  ";
  }
  text += "\n]";
}

// The option that a member of an entry came by.
std::string option_of(const std::string& member) {
  if (member == "registry" || member == "target") return member == "target" ? "TARGET" : "REGISTRY";
  return "--" + member;
}

// A string, with a caret below the byte of it that its JSON text has in that column, from 1.
std::string excerpt_of(const std::string& value, std::size_t column) {
  constexpr std::size_t longest = 2000;
  const std::string json = to_text(Json(value));
  for (std::size_t offset = 0; offset <= std::min(value.size(), longest); ++offset) {
    const auto at = position_in_string(json, {1, 1}, offset);
    if (at && at->column >= column) return excerpt(value, offset);
  }
  return {};
}

// Walks along an entry's text as `to_text` lays it out, counting columns.
class OptionFinder {
 public:
  explicit OptionFinder(std::size_t column) : column_(column) {}

  OptionPart find(const Json& entry) {
    for (const auto& [name, value] : entry.items()) {
      OptionPart part = name == "info" ? in_info(value) : in_member(name, value);
      if (!part.option.empty()) return part;
    }
    return {};
  }

 private:
  // Whether the column lies in this text.
  bool pass(const std::string& text) {
    at_ += count_code_points(text);
    return column_ < at_;
  }

  OptionPart in_info(const Json& info) {
    if (pass("\"info\":{")) return {"--info", {}};
    for (const auto& [field, given] : info.items()) {
      if (pass(in_quotes(field) + ':' + to_text(given) + ',')) return {"--info " + field, {}};
    }
    return {};
  }

  OptionPart in_member(const std::string& name, const Json& value) {
    pass(in_quotes(name) + ':');
    const std::size_t begin = at_;
    if (!pass(to_text(value) + ',')) return {};
    const bool inside = value.is_string() && column_ > begin;
    return {option_of(name),
            inside ? excerpt_of(value.get<std::string>(), column_ - begin + 1) : ""};
  }

  std::size_t column_;
  std::size_t at_ = std::string_view("  {").size() + 1;  // columns count from 1
};

}  // namespace

ManualManifest::ManualManifest(const Workspace& workspace) {
  if (!is_there(workspace.manual())) return;
  const std::string text = read_file(workspace.manual()).text;
  Declarations read = read_manifest(text, Workspace::manual_name, ManifestFormat::JsonText);
  if (read.failed()) throw InputError(std::move(read.diagnostics));
  json_ = parse_context(text, Workspace::manual_name);
}

Json& ManualManifest::list(const char* name) {
  Json& entries = json_[name];
  if (entries.is_null()) entries = Json::array();
  return entries;
}

bool ManualManifest::remove_named(const char* name_of_list, const SymbolName& name) {
  Json& entries = list(name_of_list);
  auto gone = std::remove_if(entries.begin(), entries.end(),
                             [&](const Json& entry) { return has_name(entry, name); });
  const bool found = gone != entries.end();
  entries.erase(gone, entries.end());
  return found;
}

void ManualManifest::add_symbol(const ManualSymbol& manual) {
  const Symbol& symbol = manual.symbol;
  Json entry = {{"registry", symbol.registry}, {"target", symbol.target}};
  if (!symbol.oid.empty()) entry["oid"] = symbol.oid;
  if (!symbol.info.empty()) entry["info"] = symbol.info;
  if (symbol.select) entry["select"] = *symbol.select;
  if (!symbol.doc.empty()) entry["doc"] = symbol.doc;
  if (!manual.replaces.empty()) entry["replaces"] = manual.replaces;
  if (manual.force) entry["force"] = true;
  if (manual.clear) entry["clear"] = true;
  list("symbols").push_back(std::move(entry));
}

bool ManualManifest::remove_symbols(const SymbolName& name) {
  return remove_named("symbols", name);
}

bool ManualManifest::remove_unregistrations(const SymbolName& name) {
  return remove_named("unregister", name);
}

void ManualManifest::add_unregistration(const SymbolName& name) {
  const Json entry = {{"registry", name.registry}, {"oid", name.oid}, {"target", name.target}};
  Json& entries = list("unregister");
  if (std::find(entries.begin(), entries.end(), entry) == entries.end()) entries.push_back(entry);
}

void ManualManifest::add_merge(const std::string& into, const std::vector<std::string>& from,
                               Force force) {
  Json entry = {{"into", into}, {"from", from}};
  if (force == Force::Yes) entry["force"] = true;
  Json& entries = list("merge");
  if (entries.empty() || entries.back() != entry) entries.push_back(std::move(entry));
}

std::optional<Pin> ManualManifest::add_pin(const std::string& registry, const Pin& pin) {
  std::optional<Pin> before = remove_pin(registry, pin.oid);
  list("pins").push_back(Json{
      {"registry", registry}, {"oid", pin.oid}, {"target", pin.target}, {"reason", pin.reason}});
  return before;
}

std::optional<Pin> ManualManifest::remove_pin(const std::string& registry, const std::string& oid) {
  Json& entries = list("pins");
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Json& entry) {
    return text_member(entry, "registry") == registry && text_member(entry, "oid") == oid;
  });
  if (found == entries.end()) return std::nullopt;
  Pin pin{oid, text_member(*found, "target"), text_member(*found, "reason")};
  entries.erase(found);
  return pin;
}

std::vector<std::string> ManualManifest::pinned() const {
  std::vector<std::string> names;
  for (const Json& entry : json_.value("pins", Json::array()))
    names.push_back(text_member(entry, "registry") + '/' + text_member(entry, "oid"));
  return names;
}

std::string ManualManifest::text() const {
  std::string text = "{";
  const char* separator = "\n";
  for (const auto& [name, entries] : json_.items()) {
    if (entries.empty()) continue;
    text += separator + to_text(Json(name)) + ": ";
    append_entries(text, entries);
    separator = ",\n";
  }
  return text + "\n}\n";
}

std::size_t ManualManifest::line_of_last(std::string_view list) const {
  std::size_t line = 1;
  for (const auto& [name, entries] : json_.items()) {
    if (entries.empty()) continue;
    if (name == list) return line + 1 + entries.size();
    line += entries.is_array() ? entries.size() + 2 : 1;
  }
  return 0;
}

OptionPart ManualManifest::option_at(std::size_t column) const {
  const std::size_t begin = std::string_view("  {").size() + 1;
  return column < begin ? OptionPart{} : OptionFinder(column).find(json_.at("symbols").back());
}

}  // namespace reg
