#include <resolve/declare.h>
#include <scan/account_bytes.h>
#include <scan/scanner.h>
#include <scan/trim.h>
#include <text/diagnostic.h>
#include <text/hash.h>
#include <update/code_reading.h>
#include <update/read_sources.h>
#include <algorithm>
#include <new>

namespace reg {
namespace {

// Files of these languages are few, and all of them are what they are looked for.
bool needs_no_words(Language language) {
  return language == Language::EntryPoints || language == Language::PluginXml;
}

// What stands for a file that could not be read: nothing is in it.
void leave_empty(ReadCode& file, std::string why, std::string hint) {
  file.problem = error_at({file.source.path}, std::move(why), std::move(hint));
  file.problem->kind = ErrorKind::Io;
  file.account = Account{};
  file.kept.bytes.clear();
  file.kept.words = nullptr;
  file.kept.hash = 0;
  file.kept.stamp = {};
}

}  // namespace

void ManifestNames::add(const Declarations& declared) {
  for (const RegistryDeclaration& registry : declared.registries) {
    for (const DeclaredField& field : registry.fields)
      fields[registry.name].insert(field.field.name);
  }
  for (const PredicateNamed& predicate : declared.predicates) predicates.insert(predicate.name);
  predicates.insert(declared.failed_predicates.begin(), declared.failed_predicates.end());
}

Declarations declarations_of(const ReadCode& file, const Found& found) {
  Declarations declared = declare(found, file.source.path);
  if (file.account) {
    for (Diagnostic problem : file.account->problems) {
      problem.place.path = file.source.path;
      declared.diagnostics.push_back(std::move(problem));
    }
  }
  if (file.problem) declared.diagnostics.push_back(*file.problem);
  return declared;
}

void CodeReading::add(CodeSource source, const KeptAccount* kept, Take take) {
  ReadCode file{std::move(source), {}, {}, kept == nullptr, false, false, {}};
  if (kept != nullptr) file.kept = *kept;
  file.kept.path = file.source.path;
  file.kept.language = file.source.language;
  const bool as_it_is =
      kept == nullptr || (take == Take::AsItIs && !is_unchanged(kept->stamp, file.source.stamp));
  if (as_it_is) changed_.push_back(files_.size());
  files_.push_back(std::move(file));
}

std::size_t CodeReading::read_count() const {
  return static_cast<std::size_t>(
      std::count_if(files_.begin(), files_.end(), [](const ReadCode& file) { return file.read; }));
}

bool CodeReading::is_wanted(const ReadCode& file, const Words& words) const {
  if (file.problem) return false;
  if (needs_no_words(file.kept.language)) return !file.kept.words;
  const Words* known = file.kept.words.get();
  if (known == &words) return false;
  const auto lacks = [&](const Words& some, const Words* others) {
    return std::any_of(some.begin(), some.end(), [&](const std::string& word) {
      return (others == nullptr || !others->contains(word)) && file.kept.filter.may_have(word);
    });
  };
  // Also for words that count no more: an account depends on those that its file has.
  return lacks(words, known) || (known != nullptr && lacks(*known, &words));
}

CodeReading::Numbers CodeReading::not_scanned_for(const Words& words) const {
  Numbers found;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (is_wanted(files_[i], words)) found.push_back(i);
  }
  return found;
}

// It is called on threads, which must not end with an exception.
void CodeReading::read(ReadCode& file, const std::shared_ptr<const Words>& words, bool scan) {
  try {
    const FileContent content = read_settled_file(workspace_.root() / file.source.path);
    const std::uint64_t hash = hash_of(content.text);
    const bool is_same = !file.is_new && hash == file.kept.hash;
    file.kept.stamp = content.stamp;
    if (is_same && !scan) {
      file.restamped = true;
      return;
    }
    file.read = true;
    if (!is_same) {
      file.kept.hash = hash;
      file.kept.filter = WordFilter(content.text);
      file.kept.words = nullptr;
      file.kept.bytes.clear();
      file.account.reset();
      file.is_new = false;
    }
    if (!scan && !is_wanted(file, *words)) return;
    // That is said once, of the scan.
    const Scanner& scanner = scanner_of(file.kept.language);
    file.account =
        !scanner.is_built ? Account{} : trimmed(scanner.scan(content.text, *words), *words);
    file.kept.bytes = to_bytes(*file.account);
    file.kept.words = words;
  } catch (const StorageError& error) {
    leave_empty(file, error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    leave_empty(file, "cannot be read: it needs more memory than there is", "");
  } catch (const std::exception& error) {
    leave_empty(file, "cannot be read: " + std::string(error.what()), "");
  }
}

void CodeReading::read_all(const Numbers& numbers, const std::shared_ptr<const Words>& words,
                           bool scan) {
  for_each_number(
      numbers.size(), jobs_, [&](std::size_t i) { read(files_[numbers[i]], words, scan); },
      [&](std::size_t done) {
        if (observer_.progress) observer_.progress(Phase::Reading, done, numbers.size());
      });
}

// What is kept is right, unless another program wrote it: then it is read again.
void CodeReading::decode_all() {
  for_each_number(files_.size(), jobs_, [this](std::size_t i) {
    ReadCode& file = files_[i];
    if (file.account || !file.kept.words) return;
    try {
      file.account = account_from(file.kept.bytes);
    } catch (const std::bad_alloc&) {  // to read it needs as much, and will say so
    }
    if (!file.account) file.kept.words = nullptr;
  });
}

// Where anything changed, all of it is needed; what is kept tells what else to look for.
void CodeReading::read_changed() {
  if (changed_.empty()) return;
  decode_all();
  const auto words = std::make_shared<const Words>(words_for(scans_, views()));
  read_all(changed_, words, false);
  changed_.clear();
}

std::vector<CodeFile> CodeReading::views() const {
  std::vector<CodeFile> views;
  views.reserve(files_.size());
  for (const ReadCode& file : files_) {
    views.push_back({file.source.path, file.source.language,
                     file.account ? &*file.account : nullptr, file.source.scans});
  }
  return views;
}

Resolved CodeReading::resolve(std::span<const WantedMatch> matches, const ManifestNames& names) {
  decode_all();
  while (true) {
    auto words = std::make_shared<const Words>(words_for(scans_, views()));
    if (const Numbers more = not_scanned_for(*words); !more.empty()) {
      read_all(more, words, true);
      continue;
    }
    const std::vector<CodeFile> files = views();
    Resolved resolved = reg::resolve({scans_, files, matches, &names.fields, &names.predicates});
    if (resolved.wanted.empty()) return resolved;
    read_all({resolved.wanted.begin(), resolved.wanted.end()}, words, true);
  }
}

}  // namespace reg
