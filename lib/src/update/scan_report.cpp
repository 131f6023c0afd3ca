#include <manifest/line.h>
#include <reg/scan.h>
#include <text/json_text.h>
#include <update/code_reading.h>
#include <update/inputs.h>
#include <update/targets.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

namespace fs = std::filesystem;

ScannedSymbol symbol_of(const SymbolRecord& record) {
  const LineText text = split_line(record.line).value();
  ScannedSymbol symbol;
  symbol.registry = unescape(text.key.registry);
  symbol.oid = unescape(text.key.oid);
  symbol.target = unescape(text.key.target);
  if (!text.info.empty()) symbol.info = Json::parse(text.info);
  if (!text.select.empty()) symbol.select = unescape(text.select);
  symbol.doc = unescape(text.doc);
  symbol.source = {unescape(text.source.path), text.source.at.line, text.source.at.column};
  symbol.declared = declared_place(text);
  const LineDirectives directives = line_directives(record.line).value_or(LineDirectives{});
  symbol.when = directives.when;
  symbol.replaces = directives.replaces;
  symbol.force = directives.force;
  symbol.clear = directives.clear;
  return symbol;
}

// All files of code that the scans name, and those below paths that they do not name, which are
// taken for all scans of their languages.
class FilesToScan {
 public:
  FilesToScan(const Inputs& inputs, const std::vector<fs::path>& paths)
      : inputs_(inputs), asked_for_(inputs.workspace, paths), files_(inputs.discovery.code) {
    for (const fs::path& path : paths) {
      if (!is_scanned(path)) add_all_below(path);
    }
    std::sort(files_.begin(), files_.end(),
              [](const CodeSource& a, const CodeSource& b) { return a.path < b.path; });
  }

  std::vector<CodeSource>& files() { return files_; }
  bool is_asked_for(const std::string& path) {
    return asked_for_.empty() || asked_for_.contain(path) || added_.contains(path);
  }

 private:
  bool is_scanned(const fs::path& path) const {
    Targets one(inputs_.workspace, {path});
    return std::any_of(inputs_.discovery.code.begin(), inputs_.discovery.code.end(),
                       [&](const CodeSource& file) { return one.contain(file.path); });
  }

  void add_all_below(const fs::path& path) {
    std::error_code error;
    const fs::path place = fs::absolute(path).lexically_normal();
    if (!fs::exists(place, error))
      throw StorageError(ErrorKind::Workspace, "there is no " + path.string());
    const fs::path inside = place.lexically_relative(inputs_.workspace.root());
    const bool is_inside = !inside.empty() && *inside.begin() != "..";
    SourceSet set{
        {{(is_inside ? inside : place).string(), {}}}, inputs_.settings.exclude, false, {}};
    for (std::size_t i = 0; i < inputs_.settings.scans.size(); ++i) {
      for (const Idiom& idiom : inputs_.settings.scans[i].idioms)
        add_reader(set, idiom.language, i);
    }
    for (CodeSource& file : discover(inputs_.workspace, {&set, 1}).code) {
      if (added_.insert(file.path).second) files_.push_back(std::move(file));
    }
  }

  const Inputs& inputs_;
  Targets asked_for_;
  std::vector<CodeSource> files_;
  std::set<std::string> added_;
};

ManifestNames names_of(const Inputs& inputs) {
  ManifestNames names;
  for (const SourceFile& file : inputs.discovery.sources) {
    if (file.extractor != nullptr) names.add(read_source(inputs.workspace, file).declarations);
  }
  names.add(inputs.config->declarations);
  return names;
}

// Object files that were asked for: those named, and those in folders.
std::vector<SourceFile> objects_to_scan(const Inputs& inputs, const std::vector<fs::path>& paths) {
  std::vector<SourceFile> objects;
  std::set<std::string> known;
  for (const fs::path& path : paths) {
    const fs::path place = fs::absolute(path).lexically_normal();
    const fs::path inside = place.lexically_relative(inputs.workspace.root());
    const bool is_inside = !inside.empty() && *inside.begin() != "..";
    const SourceSet set{
        {{(is_inside ? inside : place).string(), {}}}, inputs.settings.exclude, true, {}};
    for (SourceFile& file : discover(inputs.workspace, {&set, 1}).sources) {
      const bool is_object = file.extractor == &object_extractor();
      if (is_object && known.insert(file.path).second) objects.push_back(std::move(file));
    }
  }
  return objects;
}

class Reporting {
 public:
  // What is said of registries counts wherever it stands.
  void know(const Declarations& declared) {
    for (const RegistryDeclaration& registry : declared.registries) {
      RegistryInfo& info = registry_named(registry.name);
      if (info.doc.empty()) info.doc = registry.doc;
      for (const DeclaredField& field : registry.fields) {
        if (info.field(field.field.name) == nullptr) info.fields.push_back(field.field);
      }
    }
  }

  void take(const Declarations& declared) {
    for (const RegistryDeclaration& registry : declared.registries) named_.insert(registry.name);
    for (const SymbolRecord& record : declared.symbols) {
      report_.symbols.push_back(symbol_of(record));
      ++registry_named(report_.symbols.back().registry).symbols;
      named_.insert(report_.symbols.back().registry);
    }
    for (const Diagnostic& each : declared.seen) report_.seen.push_back({each.place, each.message});
    report_.diagnostics.insert(report_.diagnostics.end(), declared.diagnostics.begin(),
                               declared.diagnostics.end());
  }

  ScanReport& report() { return report_; }
  ScanReport finish() {
    for (auto& [name, info] : registries_) {
      if (named_.contains(name)) report_.registries.push_back(std::move(info));
    }
    return std::move(report_);
  }

 private:
  RegistryInfo& registry_named(const std::string& name) {
    RegistryInfo& info = registries_[name];
    info.name = name;
    return info;
  }

  ScanReport report_;
  std::map<std::string, RegistryInfo> registries_;
  std::set<std::string> named_;  // by what was asked for
};

}  // namespace

ScanReport scan(const Workspace& workspace, const ScanOptions& options) {
  const Inputs inputs = read_inputs(workspace, {});
  FilesToScan files(inputs, options.paths);
  const Observer nobody;
  CodeReading reading(workspace, inputs.settings.scans, 0, nobody);
  const std::vector<KeptAccount> accounts = inputs.accounts.load();
  for (CodeSource& file : files.files()) {
    const KeptAccount* kept = find_account(accounts, file.path, file.language);
    reading.add(std::move(file), kept, CodeReading::Take::AsItIs);
  }
  reading.read_changed();
  const Resolved resolved = reading.resolve({}, names_of(inputs));
  Reporting reporting;
  for (std::size_t i = 0; i < reading.files().size(); ++i) {
    const ReadCode& file = reading.files()[i];
    const Declarations declared = declarations_of(file, resolved.files[i]);
    reporting.know(declared);
    if (!files.is_asked_for(file.source.path)) continue;
    reporting.take(declared);
    ++reporting.report().files;
  }
  reporting.report().read = reading.read_count();
  for (const SourceFile& file : objects_to_scan(inputs, options.paths)) {
    const ReadSource object = read_source(workspace, file);
    if (object.declarations.symbols.empty() && object.declarations.diagnostics.empty()) continue;
    reporting.take(object.declarations);
    ++reporting.report().files;
    ++reporting.report().read;
  }
  return reporting.finish();
}

}  // namespace reg
