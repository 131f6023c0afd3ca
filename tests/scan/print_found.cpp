// What is registered by the Python files in a folder, as one line of JSON for each file that has
// anything:
//
//     print_found PRESET FOLDER
//
// The folder is where module names begin.

#include <manifest/scan_presets.h>
#include <resolve/idioms.h>
#include <resolve/logilab_words.h>
#include <scan/languages.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

using reg::Json;

struct File {
  std::string path;
  reg::Account account;
};

std::vector<File> files_in(const std::filesystem::path& folder, const reg::Words& words) {
  std::vector<File> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".py") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    files.push_back({entry.path().lexically_relative(folder).generic_string(),
                     reg::scan_python(content, words)});
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

Json json_of(const reg::FoundSymbol& symbol) {
  return {{"registries", symbol.registries},
          {"oid", symbol.oid},
          {"target", symbol.target},
          {"select", symbol.select},
          {"clear", symbol.clear},
          {"replaces", symbol.replaces},
          {"doc", symbol.doc},
          {"line", symbol.at.line}};
}

Json json_of(const std::string& path, const reg::Found& found) {
  Json out = {{"path", path},           {"symbols", Json::array()},
              {"seen", Json::array()},  {"diagnostics", Json::array()},
              {"facts", Json::array()}, {"unregistered", Json::array()}};
  for (const reg::FoundSymbol& each : found.symbols) out["symbols"].push_back(json_of(each));
  for (const reg::Seen& each : found.seen) out["seen"].push_back({each.at.line, each.what});
  for (const reg::Diagnostic& each : found.diagnostics) {
    out["diagnostics"].push_back({each.place.line, each.message});
  }
  for (const reg::PredicateNamed& each : found.predicates) out["facts"].push_back(each.name);
  for (const reg::Unregistration& each : found.unregistrations) {
    out["unregistered"].push_back({each.registry, each.oid, each.target});
  }
  return out;
}

int print(const std::string& preset, const std::filesystem::path& folder) {
  const reg::ScanPreset* known = reg::preset_named(preset);
  if (known == nullptr) {
    std::cerr << "no such preset: " << preset << '\n';
    return 2;
  }
  std::vector<reg::Scan> scans(1);
  scans[0].preset = preset;
  scans[0].idioms = reg::idioms_of(*known);
  reg::Words words = reg::logilab_words();
  for (const reg::Idiom& idiom : scans[0].idioms) {
    for (const std::string& name : idiom.names) words.insert(name.substr(name.rfind('.') + 1));
  }
  const std::vector<File> files = files_in(folder, words);
  std::vector<reg::CodeFile> code;
  for (const File& file : files) {
    code.push_back({file.path, reg::Language::Python, &file.account, {0}});
  }
  reg::ResolveInput input;
  input.scans = scans;
  input.files = code;
  const reg::Program program(code, scans);
  std::vector<reg::Found> found(files.size());
  reg::find_logilab(input, program, found);
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::cout << json_of(files[i].path, found[i]).dump() << '\n';
  }
  return 0;
}

}  // namespace

int main(int count, char** given) {
  if (count != 3) {
    std::cerr << "usage: print_found PRESET FOLDER\n";
    return 2;
  }
  return print(given[1], given[2]);
}
