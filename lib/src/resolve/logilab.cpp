#include <resolve/idioms.h>
#include <resolve/logilab_module.h>
#include <resolve/logilab_words.h>
#include <algorithm>

namespace reg {
namespace {

bool is_looked_at(const ResolveInput& input, const CodeFile& file) {
  if (file.language != Language::Python || file.account == nullptr) return false;
  return std::any_of(file.scans.begin(), file.scans.end(),
                     [&](std::size_t number) { return reads_logilab(input.scans[number]); });
}

}  // namespace

bool reads_logilab(const Scan& scan) {
  return std::any_of(scan.idioms.begin(), scan.idioms.end(),
                     [](const Idiom& idiom) { return idiom.form == Idiom::Form::Logilab; });
}

void find_logilab(const ResolveInput& input, const Program& program, std::vector<Found>& found) {
  PythonClasses classes(program);
  for (std::size_t file = 0; file < input.files.size(); ++file) {
    if (is_looked_at(input, input.files[file])) {
      LogilabModule(classes, file, input, found[file]).load();
    }
  }
}

const Words& logilab_words() {
  static const Words words{"__regid__", "__registries__", "__registry__", "__select__",
                           "registration_callback"};
  return words;
}

}  // namespace reg
