#include <scan/scanner.h>
#include <text/hash.h>
#include <update/plan.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

// What tells that the file is another one than was read; empty: nothing.
std::string difference(const Inputs& inputs, const CodeSource& file, const KeptStamp& kept,
                       SourceState& state) {
  if (is_unchanged(kept.stamp, file.stamp)) return {};
  state = SourceState::Changed;
  if (kept.stamp.size != file.stamp.size)
    return "size: " + std::to_string(kept.stamp.size) + " to " + std::to_string(file.stamp.size) +
           " bytes";
  try {
    const std::string text = read_file(inputs.workspace.root() / file.path).text;
    if (hash_of(text) != kept.hash) return "has another content";
    state = SourceState::Fresh;
    return {};
  } catch (const StorageError& error) {
    state = SourceState::Failed;
    return error.what();
  }
}

class CodeComparison {
 public:
  explicit CodeComparison(const Inputs& inputs) : inputs_(inputs) {
    for (KeptStamp& each : inputs.code_stamps()) kept_.emplace(each.path, std::move(each));
    if (inputs.state() == nullptr) return;
    for (const KnownSource& source : inputs.state()->sources) {
      if (is_code(source.kind)) known_.emplace(source.path, &source);
    }
  }

  std::vector<PlannedCode> run() {
    for (const CodeSource& file : inputs_.discovery.code) compare(file);
    for (const auto& [path, source] : known_) missing(*source);
    return std::move(found_);
  }

 private:
  void missing(const KnownSource& known) {
    PlannedCode code{known.path, known.kind, SourceState::Gone, "no longer among the sources",
                     true};
    for (const Unreadable& unreadable : inputs_.discovery.unreadable) {
      if (!is_under(known.path, unreadable.path)) continue;
      code.state = SourceState::Failed;
      code.why = unreadable.path + ' ' + unreadable.why;
    }
    found_.push_back(std::move(code));
  }

  void compare(const CodeSource& file) {
    PlannedCode code{
        file.path, std::string(scanner_of(file.language).name), SourceState::Fresh, {}, false};
    const auto known = known_.extract(file.path);
    code.declares = !known.empty();
    const auto kept = kept_.find(file.path);
    if (kept == kept_.end()) {
      code.state = code.declares ? SourceState::Fresh : SourceState::New;
      if (code.declares) look_at_known(file, *known.mapped(), code);
      if (!code.declares) code.why = "not read yet";
    } else {
      code.why = difference(inputs_, file, kept->second, code.state);
    }
    if (code.state == SourceState::Fresh && code.declares && known.mapped()->failed()) {
      code.state = SourceState::Failed;
      code.why = "had errors when it was read: " + known.mapped()->first_error();
    }
    found_.push_back(std::move(code));
  }

  // What could not be read has no account.
  void look_at_known(const CodeSource& file, const KnownSource& known, PlannedCode& code) {
    KeptStamp account;
    account.stamp = known.stamp;
    account.hash = known.hash;
    code.why = difference(inputs_, file, account, code.state);
  }

  const Inputs& inputs_;
  std::map<std::string, KeptStamp> kept_;
  std::map<std::string_view, const KnownSource*> known_;
  std::vector<PlannedCode> found_;
};

}  // namespace

std::vector<PlannedCode> compare_code(const Inputs& inputs) { return CodeComparison(inputs).run(); }

}  // namespace reg
