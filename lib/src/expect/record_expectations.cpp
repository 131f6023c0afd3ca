#include <expect/expectation_text.h>
#include <expect/outcome_text.h>
#include <manifest/source_text.h>
#include <reg/expectations.h>
#include <text/diagnostic.h>
#include <algorithm>
#include <span>

namespace reg {
namespace {

// The bytes from `begin` to `end` are to be this.
struct Edit {
  std::size_t begin, end;
  std::string text;
};

Diagnostic refusal(const Place& place, const std::string& name, const std::string& why) {
  return error_at(place, name + "cannot be recorded in place: " + why,
                  "change it by hand, or lay it out in one line");
}

[[noreturn]] void cannot_edit(const std::string& path, const std::string& why) {
  throw InputError(std::vector{refusal({path}, {}, why)});
}

// Finds in a text what is to be exchanged.
class Editor {
 public:
  explicit Editor(const ExpectationText& text)
      : text_(text),
        bom_(text.text.starts_with("\xEF\xBB\xBF") ? 3 : 0),
        body_(std::string_view(text.text).substr(bom_)),
        lines_(body_) {}

  // Whether it can be.
  [[nodiscard]] bool exchange(const ExpectEntry& entry, const std::vector<std::string>& now) {
    const auto key = lines_.offset_of(entry.key_at), value = lines_.offset_of(entry.value_at);
    const auto key_end = key ? end_of_key(body_, *key) : std::nullopt;
    const auto value_end = value ? end_of_value(body_, *value, text_.format) : std::nullopt;
    if (!key_end || !value_end || *key_end > *value) return false;
    if (key_name(now) != entry.key)
      edits_.push_back({*key, *key_end, outcome_key(now, text_.format)});
    edits_.push_back({*value, *value_end, outcome_value(now)});
    return true;
  }

  std::string apply() {
    std::sort(edits_.begin(), edits_.end(),
              [](const Edit& a, const Edit& b) { return a.begin > b.begin; });
    std::string changed = text_.text;
    for (const Edit& edit : edits_)
      changed.replace(bom_ + edit.begin, edit.end - edit.begin, edit.text);
    return changed;
  }

 private:
  static std::string key_name(const std::vector<std::string>& targets) {
    return outcome_key(targets, ManifestFormat::TomlText);
  }

  const ExpectationText& text_;
  std::size_t bom_;
  std::string_view body_;
  Lines lines_;
  std::vector<Edit> edits_;
};

void require_same(const ExpectationFile& file, const std::vector<ExpectEntry>& entries) {
  const bool same = std::equal(
      entries.begin(), entries.end(), file.expectations.begin(), file.expectations.end(),
      [](const ExpectEntry& entry, const Expectation& read) { return entry.expectation == read; });
  if (!same)
    throw InputError(file.path + " is not as it was when its expectations were checked",
                     "nothing was written; ask again", {file.path});
}

// That the changed text says what it is to say: whatever a file is like, it is not damaged.
void require_written(const ExpectationText& changed, const std::vector<Expectation>& wanted) {
  std::vector<ExpectEntry> entries;
  try {
    entries = changed.entries();
  } catch (const InputError& error) {
    cannot_edit(changed.path, error.what());
  }
  const bool same = std::equal(entries.begin(), entries.end(), wanted.begin(), wanted.end(),
                               [](const ExpectEntry& entry, const Expectation& expectation) {
                                 return same_expectation(entry.expectation, expectation);
                               });
  if (!same) cannot_edit(changed.path, "it would come to say something else");
}

}  // namespace

bool is_recordable(const ExpectationResult& result) {
  return result.status == ExpectationStatus::Failed && result.got &&
         !(result.selection && is_decided_by_pin(*result.selection));
}

RecordReport record_expectations(const Workspace& workspace, const ExpectationFile& file,
                                 const std::vector<ExpectationResult>& results,
                                 const Observer& observer) {
  RecordReport report;
  if (std::none_of(results.begin(), results.end(), is_recordable)) return report;
  const WorkspaceLock lock = lock_for(file.file, workspace, observer);
  const ExpectationText text = read_expectation_text(file.file, file.path);
  const std::vector<ExpectEntry> entries = text.entries();
  require_same(file, entries);
  Editor editor(text);
  std::vector<Expectation> wanted = file.expectations;
  for (std::size_t i = 0; i < std::min(results.size(), entries.size()); ++i) {
    if (!is_recordable(results[i])) continue;
    const Expectation& asked = results[i].expectation;
    if (!editor.exchange(entries[i], *results[i].got)) {
      report.refused.push_back(
          refusal(asked.outcome, asked.registry + '/' + asked.oid + ": ",
                  "it has comments in it, or is laid out in a way that is not understood"));
      continue;
    }
    report.recorded.push_back({asked, *results[i].got});
    wanted[i].targets = *results[i].got;
  }
  if (report.recorded.empty()) return report;
  ExpectationText changed = text;
  changed.text = editor.apply();
  require_written(changed, wanted);
  write_expectation_text(lock, file.file, changed.text);
  return report;
}

}  // namespace reg
