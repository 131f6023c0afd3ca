#include <resolve/idioms.h>
#include <resolve/packages.h>
#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace reg {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

std::string without_blanks(std::string_view text) {
  std::string rest;
  std::copy_if(text.begin(), text.end(), std::back_inserter(rest),
               [](char c) { return !is_blank(c); });
  return rest;
}

// The file that a plugin description names without prefix and suffix: `lib/foo` is `lib/libfoo.so`.
std::string library_file(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view name = path.substr(begin);
  std::string file(path.substr(0, begin));
  if (!name.starts_with("lib")) file += "lib";
  file += name;
  const bool whole = name.ends_with(".so") || name.ends_with(".dylib") || name.ends_with(".dll") ||
                     name.find(".so.") != std::string_view::npos;
  return whole ? file : file + ".so";
}

PluginClass described(const Packaged& packaged) {
  PluginClass plugin;
  plugin.type = compared_type(packaged.target);
  plugin.base = compared_type(packaged.group);
  FoundSymbol& symbol = plugin.symbol;
  symbol.registries = {plugin.base};
  symbol.oid = packaged.name.empty() ? plugin.type : packaged.name;
  symbol.target = library_file(packaged.library) + ":" + plugin.type;
  symbol.doc = packaged.doc;
  symbol.at = packaged.at;
  return plugin;
}

Diagnostic described_twice(const PluginClass& plugin, const std::string& first, Position at) {
  Diagnostic problem;
  problem.severity =
      plugin.scan->conflicts == Conflicts::Error ? Severity::Error : Severity::Warning;
  problem.place.line = plugin.symbol.at.line;
  problem.place.column = plugin.symbol.at.column;
  problem.message = "the plugin " + plugin.symbol.oid + " of " + plugin.base +
                    " is described otherwise in " + first + ":" + std::to_string(at.line) +
                    ", which counts";
  return problem;
}

void add_entry_point(const Packaged& entry, Found& found, std::set<std::string>& with_extras) {
  FoundSymbol symbol;
  symbol.registries = {registry_name_of(entry.group)};
  symbol.at = entry.at;
  if (std::any_of(entry.name.begin(), entry.name.end(), is_blank)) {
    found.seen.push_back({entry.at, "the entry point \"" + entry.name +
                                        "\" has white space in its name, which no oid can have"});
    return;
  }
  symbol.oid = entry.name;
  symbol.target = entry.target;
  if (!entry.extras.empty()) {
    symbol.info["extras"] = entry.extras;
    if (with_extras.insert(symbol.registries[0]).second)
      found.registries.push_back({symbol.registries[0], {"extras"}, "", entry.at});
  }
  found.symbols.push_back(std::move(symbol));
}

}  // namespace

std::string compared_type(std::string_view written) {
  std::string type = without_blanks(written);
  return type.starts_with("::") ? type.substr(2) : type;
}

const Scan* scan_with(const ResolveInput& input, const CodeFile& file, Idiom::Form form) {
  for (const std::size_t number : file.scans) {
    const Scan& scan = input.scans[number];
    if (std::any_of(scan.idioms.begin(), scan.idioms.end(),
                    [&](const Idiom& idiom) { return idiom.form == form; }))
      return &scan;
  }
  return nullptr;
}

std::vector<PluginClass> plugin_classes(const ResolveInput& input, std::vector<Found>& found) {
  std::vector<PluginClass> classes;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const CodeFile& file = input.files[i];
    if (file.language != Language::PluginXml || file.account == nullptr) continue;
    const Scan* scan = scan_with(input, file, Idiom::Form::PluginXml);
    if (scan == nullptr) continue;
    for (const Packaged& packaged : file.account->packaged) {
      PluginClass plugin = described(packaged);
      plugin.file = i;
      plugin.scan = scan;
      const auto [at, is_new] =
          known.emplace(std::pair(plugin.base, plugin.symbol.oid), classes.size());
      if (is_new) {
        classes.push_back(std::move(plugin));
        continue;
      }
      const PluginClass& first = classes[at->second];
      if (first.symbol.target != plugin.symbol.target)
        found[i].diagnostics.push_back(
            described_twice(plugin, input.files[first.file].path, first.symbol.at));
    }
  }
  return classes;
}

void find_entry_points(const ResolveInput& input, std::vector<Found>& found) {
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const CodeFile& file = input.files[i];
    if (file.language != Language::EntryPoints || file.account == nullptr) continue;
    const Scan* scan = scan_with(input, file, Idiom::Form::EntryPoints);
    if (scan == nullptr || file.account->packaged.empty()) continue;
    found[i].found_by(*scan);
    std::set<std::string> with_extras;
    for (const Packaged& entry : file.account->packaged)
      add_entry_point(entry, found[i], with_extras);
  }
}

}  // namespace reg
