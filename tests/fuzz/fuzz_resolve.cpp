// Programs of several Python modules, with a line `%%` between them, under all presets: whatever
// the texts, all files have a result that can be laid out, the same one each time.

#include <manifest/scan_presets.h>
#include <resolve/declare.h>
#include <resolve/resolve.h>
#include <scan/languages.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

const std::vector<reg::Scan>& scans() {
  static const std::vector<reg::Scan> all = [] {
    std::vector<reg::Scan> scans;
    for (const reg::ScanPreset& preset : reg::presets()) {
      reg::Scan& scan = scans.emplace_back();
      scan.preset = preset.name;
      scan.idioms = reg::idioms_of(preset);
    }
    return scans;
  }();
  return all;
}

struct Program {
  std::vector<std::string_view> texts;
  std::deque<reg::Account> accounts;
  std::vector<reg::CodeFile> files;
};

std::vector<std::string_view> texts_of(std::string_view input) {
  constexpr std::string_view mark = "%%\n";
  std::vector<std::string_view> texts;
  for (std::size_t end = 0; end != std::string_view::npos && texts.size() < 6;) {
    end = input.find(mark);
    texts.push_back(input.substr(0, end));
    if (end != std::string_view::npos) input.remove_prefix(end + mark.size());
  }
  return texts;
}

void add_files(Program& program) {
  // by path
  constexpr const char* paths[] = {"main.py",  "pkg/__init__.py",     "pkg/a.py",
                                   "pkg/b.py", "pkg/sub/__init__.py", "pkg/sub/c.py"};
  for (std::size_t i = 0; i < program.texts.size(); ++i) {
    reg::CodeFile& file = program.files.emplace_back();
    file.path = paths[i];
    for (std::size_t scan = 0; scan < scans().size(); ++scan) file.scans.push_back(scan);
  }
}

void read(Program& program, const reg::Words& words) {
  program.accounts.clear();
  for (std::size_t i = 0; i < program.files.size(); ++i) {
    program.accounts.push_back(reg::scan_python(program.texts[i], words));
    program.files[i].account = &program.accounts.back();
  }
}

// The words only ever grow.
void read_all(Program& program) {
  reg::Words words = reg::words_for(scans(), program.files);
  for (;;) {
    read(program, words);
    reg::Words next = reg::words_for(scans(), program.files);
    if (next == words) return;
    require(std::includes(next.begin(), next.end(), words.begin(), words.end()));
    words = std::move(next);
  }
}

std::string shown(const reg::Found& found) {
  std::string text;
  for (const reg::FoundSymbol& each : found.symbols) {
    for (const std::string& registry : each.registries) text += registry + ' ';
    text += each.oid + ' ' + each.target + ' ' + std::to_string(each.at.line) + '\n';
  }
  for (const reg::FoundRegistry& each : found.registries) text += each.name + '\n';
  for (const reg::Seen& each : found.seen) text += each.what + '\n';
  return text;
}

std::vector<std::string> resolved(const Program& program) {
  reg::ResolveInput input;
  input.scans = scans();
  input.files = program.files;
  const reg::Resolved result = reg::resolve(input);
  require(result.files.size() == program.files.size() && result.wanted.empty());
  std::vector<std::string> all;
  for (std::size_t i = 0; i < result.files.size(); ++i) {
    static_cast<void>(reg::declare(result.files[i], program.files[i].path));
    all.push_back(shown(result.files[i]));
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Program program;
  program.texts = texts_of({reinterpret_cast<const char*>(data), size});
  add_files(program);
  read_all(program);
  require(resolved(program) == resolved(program));
  return 0;
}
