#include <reg/text.h>
#include <scan/scanner.h>
#include <text/diagnostic.h>
#include <update/check_scans.h>
#include <algorithm>

namespace reg {
namespace {

std::string what_it_looks_for(const Scan& scan) {
  if (!scan.preset.empty()) return "the preset " + in_quotes(scan.preset);
  for (const Idiom& idiom : scan.idioms) {
    if (!idiom.names.empty()) return in_quotes(idiom.names.front());
  }
  return "the [[scan]]";
}

// Null: it is built with all that it needs.
const Scanner* missing_scanner(const Scan& scan) {
  for (const Idiom& idiom : scan.idioms) {
    if (const Scanner& scanner = scanner_of(idiom.language); !scanner.is_built) return &scanner;
  }
  return nullptr;
}

bool has_files(const Inputs& inputs, std::size_t scan) {
  return std::any_of(
      inputs.discovery.code.begin(), inputs.discovery.code.end(), [&](const CodeSource& file) {
        return std::find(file.scans.begin(), file.scans.end(), scan) != file.scans.end();
      });
}

Place place_of(const Scan& scan) { return {Workspace::config_name, scan.at.line, scan.at.column}; }

}  // namespace

std::vector<Diagnostic> check_scans(const Inputs& inputs, const std::vector<std::size_t>& idle) {
  std::vector<Diagnostic> found;
  for (const Scan& scan : inputs.settings.scans) {
    if (const Scanner* missing = missing_scanner(scan))
      found.push_back(error_at(
          place_of(scan), "this reg was built without what reads " + std::string(missing->name),
          "build it where scripts/setup has been run"));
  }
  // A name that is written otherwise than it resolves finds nothing, and nobody would notice.
  for (const std::size_t number : idle) {
    const Scan& scan = inputs.settings.scans[number];
    if (missing_scanner(scan) != nullptr) continue;
    if (!has_files(inputs, number)) {
      found.push_back(warning_at(place_of(scan), "no code is among the sources of this [[scan]]",
                                 "`sources`, here or in [workspace], says where it is"));
    } else {
      found.push_back(
          warning_at(place_of(scan), what_it_looks_for(scan) + " finds nothing",
                     "a dotted name is where something is defined, or begins with a package of "
                     "that; `reg scan --presets` shows how they are written"));
    }
  }
  return found;
}

}  // namespace reg
