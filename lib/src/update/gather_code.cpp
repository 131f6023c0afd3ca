#include <resolve/declare.h>
#include <scan/scanner.h>
#include <text/hash.h>
#include <update/code_reading.h>
#include <update/declarations_json.h>
#include <update/gather_code.h>
#include <update/matched_objects.h>
#include <update/step_log.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

std::string numbered(const std::string& text) { return std::to_string(text.size()) + ':' + text; }

// What tells one source's part of the resolved code from another: declarations as a whole.
std::uint64_t hash_of_declarations(const Declarations& declared) {
  std::uint64_t hash = hash_of(to_text(declarations_to_json(declared)));
  for (const SymbolRecord& record : declared.symbols) hash = hash_of(record.line, hash);
  return hash;
}

bool declares_nothing(const Declarations& declared) {
  return declared.registries.empty() && declared.symbols.empty() && declared.predicates.empty() &&
         declared.merges.empty() && declared.unregistrations.empty() &&
         declared.diagnostics.empty() && declared.seen.empty();
}

class CodeGathering {
 public:
  CodeGathering(const Inputs& inputs, const Plan& plan, const Request& request, Gathered& gathered)
      : inputs_(inputs),
        plan_(plan),
        request_(request),
        gathered_(gathered),
        reading_(inputs.workspace, inputs.settings.scans, request.options.jobs,
                 request.options.observer),
        objects_(inputs.workspace) {
    if (inputs.state() == nullptr) return;
    for (const KnownSource& source : inputs.state()->sources) {
      if (is_code(source.kind)) known_.emplace(source.path, &source);
    }
  }

  void run() {
    gathered_.code.rules = rules();
    if (!request_.is_partial() || must_resolve() || asks_for_matches()) look_at_objects();
    if (!is_due() || is_as_it_was()) return keep_all();
    start();
    reading_.read_changed();
    gathered_.code.sum = sum(reading_.files(), [](const ReadCode& file) {
      return file.problem ? std::optional<std::uint64_t>() : file.kept.hash;
    });
    if (!must_resolve() && inputs_.state() != nullptr &&
        inputs_.state()->code == gathered_.code.sum) {
      keep_restamped();
    } else {
      resolve();
    }
    finish();
  }

 private:
  // A run that is limited to other sources leaves code as it is known, as long as what
  // registry.toml and manifests say of it is the same.
  bool is_due() const {
    const bool has_kept = !request_.is_partial() && !inputs_.accounts.stamps().empty();
    return plan_.code.is_aimed_at || has_kept || must_resolve() || has_other_rules() ||
           !objects_.all().empty();
  }

  bool asks_for_matches() const {
    for (std::size_t i = 0; i < plan_.sources.size(); ++i) {
      if (plan_.sources[i].asked_for && !gathered_[i].declarations->matches.empty()) return true;
    }
    return false;
  }

  void look_at_objects() {
    for (const GatheredSource& source : gathered_.sources) {
      for (const Match& match : source.declarations->matches) {
        if (names_object(match)) objects_.at(object_path(source.path, match));
      }
    }
  }

  bool has_other_rules() const {
    return inputs_.state() != nullptr && inputs_.state()->code_rules != gathered_.code.rules;
  }

  // What was read of a manifest is without what it matches in code; and what failed is tried again.
  bool must_resolve() const {
    const bool has_matches = std::any_of(
        gathered_.sources.begin(), gathered_.sources.end(), [](const GatheredSource& source) {
          return source.is_read() && !source.declarations->matches.empty();
        });
    return has_matches || std::any_of(known_.begin(), known_.end(), [](const auto& entry) {
             return entry.second->declarations->failed();
           });
  }

  std::vector<SourceStamp> objects_as_known() const {
    std::vector<SourceStamp> known;
    if (!inputs_.old || !inputs_.old->stamps) return known;
    for (const SourceStamp& each : inputs_.old->stamps->sources) {
      if (each.reads == Reads::ObjectExports) known.push_back(each);
    }
    return known;
  }

  void keep_all() {
    for (const auto& [path, source] : known_) gathered_.sources.push_back(kept(*source));
    gathered_.code.stamps = inputs_.code_stamps();
    if (inputs_.state() == nullptr) return;
    for (const auto& [path, object] : objects_.all())
      gathered_.code.objects.push_back(object.stamp);
    if (objects_.all().empty()) gathered_.code.objects = objects_as_known();
    gathered_.code.sum = inputs_.state()->code;
    gathered_.code.idle = inputs_.state()->idle_scans;
  }

  // By the stamps alone.
  bool is_as_it_was() {
    const std::vector<KeptStamp>& stamps = inputs_.accounts.stamps();
    const std::vector<CodeSource>& there = inputs_.discovery.code;
    const bool all_same = std::equal(there.begin(), there.end(), stamps.begin(), stamps.end(),
                                     [](const CodeSource& file, const KeptStamp& kept) {
                                       return file.path == kept.path &&
                                              file.language == kept.language &&
                                              is_unchanged(kept.stamp, file.stamp);
                                     });
    if (!all_same || must_resolve() || inputs_.state() == nullptr) return false;
    std::size_t i = 0;
    return sum(there, [&](const CodeSource&) { return std::optional(stamps[i++].hash); }) ==
           inputs_.state()->code;
  }

  static const CodeSource& source_of(const ReadCode& file) { return file.source; }
  static const CodeSource& source_of(const CodeSource& file) { return file; }

  static GatheredSource kept(const KnownSource& known) {
    return {known.path,         known.kind, known.stamp,   known.hash,
            known.declarations, &known,     known.declared};
  }

  // What is new and was not asked for is not there yet; where nothing is kept, nobody knows what is
  // new.
  void start() {
    const std::vector<KeptAccount> accounts = inputs_.accounts.load();
    for (std::size_t i = 0; i < inputs_.discovery.code.size(); ++i) {
      const CodeSource& source = inputs_.discovery.code[i];
      const KeptAccount* kept = find_account(accounts, source.path, source.language);
      const bool is_aimed_at = plan_.code.aims_at[i];
      if (!is_aimed_at) is_whole_ &= kept != nullptr && is_unchanged(kept->stamp, source.stamp);
      if (kept == nullptr && !is_aimed_at && !accounts.empty()) continue;
      reading_.add(source, kept,
                   is_aimed_at ? CodeReading::Take::AsItIs : CodeReading::Take::AsKept);
    }
  }

  // What all that code declares follows from. `hash` tells that of a file's content; nothing: it
  // could not be read.
  template <typename Files, typename Hash>
  std::uint64_t sum(const Files& files, Hash hash) const {
    std::string text;
    for (const auto& file : files) {
      const CodeSource& source = source_of(file);
      text += numbered(source.path) + std::to_string(static_cast<int>(source.language));
      for (const std::size_t scan : source.scans) text += ' ' + std::to_string(scan);
      const std::optional<std::uint64_t> content = hash(file);
      text += content ? hex_of(*content) : std::string("!");
    }
    for (const auto& [path, object] : objects_.all())
      text += numbered(path) + hex_of(object.stamp.hash) + (object.failed() ? '!' : '.');
    return hash_of(text, gathered_.code.rules);
  }

  // What it follows from besides the files: this program, the scans, and what manifests say.
  std::uint64_t rules() const {
    std::string text = to_text(inputs_.settings.scans);
    const ManifestNames names = names_of_manifests();
    for (const auto& [registry, fields] : names.fields) {
      text += numbered(registry);
      for (const std::string& field : fields) text += numbered(field);
      text += '.';
    }
    for (const std::string& predicate : names.predicates) text += numbered(predicate);
    for (const GatheredSource& source : gathered_.sources) {
      for (const Match& match : source.declarations->matches) {
        text += numbered(source.path) + numbered(match.registry) + numbered(match.from);
        for (const std::string& glob : match.include) text += numbered(glob);
        text += '.';
        for (const std::string& glob : match.exclude) text += numbered(glob);
        text += std::to_string(match.at.line) + ':' + std::to_string(match.at.column);
      }
    }
    return hash_of(text, accounts_format());
  }

  ManifestNames names_of_manifests() const {
    ManifestNames names;
    for (const GatheredSource& source : gathered_.sources) {
      // What others publish says nothing of what code means here.
      if (origin_of_source(source.path).empty()) names.add(*source.declarations);
    }
    return names;
  }

  void keep_restamped() {
    gathered_.code.idle = inputs_.state()->idle_scans;
    for (const auto& [path, source] : known_) gathered_.sources.push_back(kept(*source));
    std::map<std::string_view, const ReadCode*> files;
    for (const ReadCode& file : reading_.files()) files.emplace(file.source.path, &file);
    for (GatheredSource& source : gathered_.sources) {
      const auto file = files.find(source.path);
      if (file == files.end()) continue;
      source.stamp = file->second->kept.stamp;
      source.hash = file->second->kept.hash;
    }
  }

  void resolve() {
    std::vector<WantedMatch> matches;
    std::vector<std::size_t> of_source;  // the number of the gathered source of each match
    for (std::size_t i = 0; i < gathered_.sources.size(); ++i) {
      for (const Match& match : gathered_.sources[i].declarations->matches) {
        const std::string& path = gathered_.sources[i].path;
        const ObjectExports* object =
            names_object(match) ? &objects_.at(object_path(path, match)).exports : nullptr;
        matches.push_back({path, &match, object});
        of_source.push_back(i);
      }
    }
    Resolved resolved = reading_.resolve(matches, names_of_manifests());
    gathered_.code.idle = std::move(resolved.idle);
    take_matches(std::move(resolved.matches), of_source);
    for (std::size_t i = 0; i < reading_.files().size(); ++i)
      take(reading_.files()[i], resolved.files[i]);
    keep_what_was_not_asked_for();
    // Where only a part was taken, the next run has to look at the rest.
    if (!is_whole_) gathered_.code.sum = 0;
  }

  void take(const ReadCode& file, const Found& found) {
    const auto known = known_.find(file.source.path);
    Declarations declared = declarations_of(file, found);
    seen_.insert(file.source.path);
    const bool is_empty = declares_nothing(declared);
    const std::string kind(scanner_of(file.source.language).name);
    const std::uint64_t hash = hash_of_declarations(declared);
    const bool is_known = known != known_.end() && known->second->kind == kind &&
                          known->second->declared == hash && !known->second->failed();
    if (!asked_for(file.source.path)) {
      is_whole_ &= is_empty ? known == known_.end() : is_known;
      return;
    }
    taken_.insert(file.source.path);
    if (is_empty) return;
    if (is_known) {
      GatheredSource source = kept(*known->second);
      source.stamp = file.kept.stamp;
      source.hash = file.kept.hash;
      gathered_.sources.push_back(std::move(source));
      return;
    }
    gathered_.sources.push_back({file.source.path, kind, file.kept.stamp, file.kept.hash,
                                 std::make_shared<const Declarations>(std::move(declared)), nullptr,
                                 hash});
  }

  // registry.toml counts for the whole store.
  bool asked_for(const std::string& path) const {
    return !request_.is_partial() || inputs_.state() == nullptr || has_other_rules() ||
           plan_.code.paths.contains(path);
  }

  void keep_what_was_not_asked_for() {
    for (const auto& [path, source] : known_) {
      if (taken_.contains(path) || asked_for(std::string(path))) continue;
      gathered_.sources.push_back(kept(*source));
      is_whole_ &= seen_.contains(path);  // else it is gone
    }
  }

  void take_matches(std::vector<MatchResult> results, const std::vector<std::size_t>& of_source) {
    for (std::size_t i = 0; i < results.size();) {
      const std::size_t number = of_source[i];
      MatchResult all;
      for (; i < results.size() && of_source[i] == number; ++i) {
        for (FoundSymbol& each : results[i].symbols) all.symbols.push_back(std::move(each));
        for (Diagnostic& each : results[i].diagnostics) all.diagnostics.push_back(std::move(each));
      }
      const bool asked_for = !request_.is_partial() || plan_.sources[number].asked_for;
      take_matched(gathered_.sources[number], std::move(all), asked_for);
    }
  }

  void take_matched(GatheredSource& source, MatchResult matched, bool asked_for) {
    Declarations alone;
    declare_more(matched.symbols, source.path, alone);
    for (Diagnostic& each : matched.diagnostics) {
      each.place.path = source.path;
      alone.diagnostics.push_back(each);
    }
    const std::uint64_t hash = hash_of_declarations(alone);
    if (!source.is_read() && source.known->declared == hash) return;
    if (!source.is_read() && !asked_for) {
      is_whole_ = false;
      for (const Match& match : source.declarations->matches) {
        if (names_object(match)) not_taken_.insert(object_path(source.path, match));
      }
      return;
    }
    ReadSource fresh = read_again(source);
    source.stamp = fresh.stamp;
    source.hash = fresh.hash;
    source.declared = hash;
    source.known = nullptr;
    declare_more(matched.symbols, source.path, fresh.declarations);
    for (Diagnostic& each : alone.diagnostics) fresh.declarations.diagnostics.push_back(each);
    source.declarations = std::make_shared<const Declarations>(std::move(fresh.declarations));
  }

  ReadSource read_again(const GatheredSource& source) const {
    if (source.path == Workspace::config_name) return read_config_again(inputs_);
    if (request_.pending && source.path == request_.pending->path)
      return read_source({source.path, extractor_for(source.path), source.stamp},
                         request_.pending->content);
    return read_source(inputs_.workspace, {source.path, extractor_for(source.path), source.stamp});
  }

  // What was read of an object and not taken must not seem to be in the cache.
  void take_object_stamps() {
    const std::vector<SourceStamp> known = objects_as_known();
    for (const auto& [path, object] : objects_.all()) {
      SourceStamp stamp = object.stamp;
      if (not_taken_.contains(path)) {
        stamp = {path, {}, 0, Reads::ObjectExports};
        for (const SourceStamp& each : known) {
          if (each.path == path) stamp = each;
        }
      }
      gathered_.code.objects.push_back(std::move(stamp));
    }
  }

  void finish() {
    take_object_stamps();
    GatheredCode& code = gathered_.code;
    code.read = reading_.read_count();
    code.changed = reading_.files().size() != inputs_.accounts.stamps().size();
    for (ReadCode& file : reading_.files()) {
      code.changed |= file.read || file.restamped;
      if (file.problem) continue;
      code.stamps.push_back(file.kept);
      code.accounts.push_back(std::move(file.kept));
    }
    if (reading_.files().empty()) return;
    StepLog(request_.options.observer).say([&] {
      return "looked at files of code: " + std::to_string(reading_.files().size()) + ", read " +
             std::to_string(code.read);
    });
  }

  const Inputs& inputs_;
  const Plan& plan_;
  const Request& request_;
  Gathered& gathered_;
  CodeReading reading_;
  std::map<std::string_view, const KnownSource*> known_;  // of code
  std::set<std::string, std::less<>> taken_, seen_;
  MatchedObjects objects_;
  std::set<std::string> not_taken_;  // objects
  bool is_whole_ = true;             // what was not asked for is as it is known, too
};

}  // namespace

void gather_code(const Inputs& inputs, const Plan& plan, const Request& request,
                 Gathered& gathered) {
  CodeGathering(inputs, plan, request, gathered).run();
  std::sort(gathered.sources.begin(), gathered.sources.end(),
            [](const GatheredSource& a, const GatheredSource& b) {
              return source_before(a.path, b.path);
            });
}

}  // namespace reg
