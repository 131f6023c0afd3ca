#include <manifest/line.h>
#include <registration/checks.h>
#include <registration/conditions.h>
#include <registration/linker.h>
#include <registration/merge_plan.h>
#include <registration/merging.h>
#include <registration/names_near.h>
#include <registration/pins.h>
#include <registration/remote_checks.h>
#include <registration/rules.h>
#include <registration/settling.h>
#include <registration/sorting.h>
#include <registration/version_texts.h>
#include <registration/written_numbers.h>
#include <text/json_text.h>
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace reg {
namespace {

using Records = std::vector<RecordRef>;

// Carries out a registration over the whole store.
class Linker {
 public:
  Linker(std::span<const Source> sources, const Json& facts) : sources_(sources), facts_(facts) {}

  Linked run(const Catalogs& checked) {
    for (const Source& source : sources_) is_remote_.push_back(source.is_remote());
    Catalogs catalogs = build_catalogs(sources_, facts_, linked_.findings);
    linked_.catalog = std::move(catalogs.all);
    local_ = std::move(catalogs.own);
    views_ = std::move(catalogs.views);
    declared_ = declared_registries(sources_);
    declared_here_ = registries_declared_here(sources_);
    collect(checked);
    plan();
    for (const std::string& name : merges_.order) settle_registry(name);
    for (auto& [name, records] : by_registry_) settle_registry(std::string(name));
    finish();
    for (Finding& found : of_origins_.take()) linked_.findings.push_back(std::move(found));
    return std::move(linked_);
  }

 private:
  // What local sources declare.
  Catalog& local() { return local_ ? *local_ : linked_.catalog; }
  const Catalog& local() const { return local_ ? *local_ : linked_.catalog; }
  bool is_remote(const RecordRef& ref) const { return is_remote_[ref.source]; }
  // As it was declared when the symbol's source joined: what others add later changes no copies.
  const RegistryInfo& registry_for(const RecordRef& ref, const std::string& name) {
    if (const auto view = views_.find(sources_[ref.source].path); view != views_.end()) {
      const auto found = view->second.registries.find(name);
      if (found != view->second.registries.end()) return found->second;
    }
    return local().registry(name);
  }
  // The same for all whose symbols exclude each other: 0 for local ones, then by origin.
  std::uint32_t owner_of(const RecordRef& ref) const { return is_remote(ref) ? ref.source + 1 : 0; }

  struct Bucket {
    Records records;  // as declared; once it is settled, sorted and in order
    std::size_t expected = 0;
    bool settled = false;
    bool acts = false;      // some of them act on others
    bool is_local = false;  // local sources declare some of them
  };

  // The symbols that are in order, by the registry that they are declared in.
  void collect(const Catalogs& checked) {
    std::vector<Bucket*> buckets;  // of all symbols, one after the other
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const Source& source = sources_[i];
      for (const SymbolRecord& record : source.symbols) {
        Bucket& bucket = bucket_of(record.registry);
        buckets.push_back(&bucket);
        ++bucket.expected;
        if (local_ && !is_remote_[i] && !bucket.is_local) {
          bucket.is_local = true;
          local_->registry(record.registry);
        }
      }
      for (const std::string& name : source.declarations->mentioned) {
        linked_.catalog.registry(name);
        local().registry(name);
      }
    }
    for (auto& [name, bucket] : by_registry_) {
      linked_.catalog.registry(name);
      bucket.records.reserve(bucket.expected);
    }
    SymbolChecks checks(local(), checked.local());
    RemoteChecks remote_checks(views_, checked.views, of_origins_);
    Conditions conditions(facts_, local());
    NamesNear names(declared_here_);
    const WrittenNumbers numbers(sources_, local());
    auto bucket = buckets.begin();
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
      const bool remote = is_remote_[i];
      const bool suspect = remote ? !remote_checks.pass(sources_[i]) : !checks.pass(sources_[i]);
      const VersionTexts texts(sources_[i]);
      numbers.look_at(sources_[i], linked_.findings);
      for (const SymbolRecord& declared : sources_[i].symbols) {
        Bucket& own = **bucket++;
        const SymbolRecord& record = suspect && !remote ? with_texts(declared, texts) : declared;
        RecordRef ref(record);
        ref.source = i;
        if (!remote) names.look_at(sources_[i], record, linked_.findings);
        const bool in_order =
            !suspect || (remote ? remote_checks.of(sources_[i], record) : passes(ref, checks));
        if (holds(ref, in_order, conditions)) {
          own.records.push_back(ref);
          own.acts |= record.acts;
        }
      }
    }
  }

  Bucket& bucket_of(std::string_view registry) {
    auto known = buckets_.find(registry);
    if (known == buckets_.end()) known = buckets_.emplace(registry, &by_registry_[registry]).first;
    return *known->second;
  }

  // The record, or one that has versions as texts.
  const SymbolRecord& with_texts(const SymbolRecord& record, const VersionTexts& texts) {
    const RegistryInfo& registry = local().registry(record.registry);
    if (!has_versions(registry)) return record;
    auto line = texts.line_with_texts(record.line, registry);
    if (!line) return record;
    SymbolRecord changed = record_from_line(linked_.made.emplace_back(std::move(*line))).value();
    return made_records_.emplace_back(changed);
  }

  bool passes(const RecordRef& ref, SymbolChecks& checks) {
    Verdict verdict = checks.of(sources_[ref.source], *ref.record);
    for (Finding& found : verdict.findings) linked_.findings.push_back(std::move(found));
    return verdict.in_order;
  }

  // Whether it is registered. If not, it goes to those that are left out or dropped.
  bool holds(const RecordRef& ref, bool in_order, Conditions& conditions) {
    using Result = Conditions::Result;
    Result result = Result::Holds;
    if (ref.record->has_when)
      result = conditions.of(sources_[ref.source], *ref.record, linked_.findings);
    if (in_order && result == Result::Holds) return true;
    if (in_order && result == Result::LeftOut) {
      linked_.left_out.push_back(with_source(ref));
    } else {
      drop(ref);
    }
    return false;
  }

  static SymbolRecord with_source(const RecordRef& ref) {
    SymbolRecord record = *ref.record;
    record.source = ref.source;
    return record;
  }

  Place place_of(const RecordRef& ref) const {
    return place_in(sources_[ref.source], ref.record->at);
  }

  void plan() {
    std::vector<Diagnostic> diagnostics;
    merges_ = plan_merges(sources_, local(), diagnostics);
    for (const auto& [name, merges] : merges_.into) linked_.catalog.registry(name);
    linked_.findings.reserve(linked_.findings.size() + diagnostics.size());
    for (Diagnostic& found : diagnostics) linked_.findings.push_back({std::move(found)});
    for (const Source& source : sources_) {
      for (const Unregistration& entry : source.declarations->unregistrations)
        unwanted_[entry.registry].push_back({escaped_text(entry.oid), escaped_text(entry.target),
                                             entry.target, place_in(source, entry.at)});
    }
    for (const auto& [name, entries] : unwanted_) linked_.catalog.registry(name);
    for (const auto& [name, info] : linked_.catalog.registries) by_registry_[info.name];
  }

  void settle_registry(const std::string& name) {
    Bucket& bucket = by_registry_.at(name);
    if (bucket.settled) return;
    bucket.settled = true;
    const auto merges = merges_.into.find(name);
    const auto unwanted = unwanted_.find(name);
    if (merges != merges_.into.end()) {
      for (const PlannedMerge& merge : merges->second) copy_symbols(name, merge, bucket);
    }
    if (bucket.acts || merges != merges_.into.end() || unwanted != unwanted_.end())
      settle_acting(name, bucket);
    put_local_first(bucket.records);
    sort_by_oid(bucket.records);
    leave_out_clashes(name, bucket.records);
  }

  // Copies came after all that is declared in the registry.
  void put_local_first(Records& records) const {
    const auto before = [this](const RecordRef& a, const RecordRef& b) {
      return owner_of(a) < owner_of(b);
    };
    if (local_ && !std::is_sorted(records.begin(), records.end(), before))
      std::stable_sort(records.begin(), records.end(), before);
  }

  // A symbol of a registry in which some act on others; the texts that a directive names are kept.
  struct Acting {
    std::vector<Entrant> entrants;
    std::deque<std::string> replaced;
  };

  Entrant entrant_of(const RecordRef& ref, bool by_registry, Acting& acting) const {
    const SymbolRecord& record = *ref.record;
    Entrant entrant{record.oid, record.target};
    entrant.declaration = {ref.source, record.at};
    entrant.conditional = record.conditional || by_registry;
    entrant.copied = record.copied;
    entrant.foreign = is_remote(ref);
    entrant.force = forced_.contains(&record);
    if (!record.acts || entrant.foreign) return entrant;
    const LineDirectives words = line_directives(record.line).value_or(LineDirectives{});
    entrant.force = words.force;
    entrant.clear = words.clear;
    if (!words.replaces.empty())
      entrant.replaces = acting.replaced.emplace_back(escaped_text(words.replaces));
    return entrant;
  }

  void settle_acting(const std::string& name, Bucket& bucket) {
    const bool by_registry = linked_.catalog.registry(name).select.has_value();
    Acting acting;
    for (const RecordRef& ref : bucket.records)
      acting.entrants.push_back(entrant_of(ref, by_registry, acting));
    const std::vector<UnwantedText>& texts = unwanted_[name];
    std::vector<Unwanted> unwanted;
    unwanted.reserve(texts.size());
    for (const UnwantedText& text : texts) unwanted.push_back({text.oid, text.target});
    const Settled settled = settle(acting.entrants, unwanted);
    for (const SettlingNote& note : settled.notes) report(note, name, bucket.records, texts);
    keep(settled.present, bucket.records);
  }

  void keep(const std::vector<std::size_t>& present, Records& records) {
    std::vector<bool> stays(records.size());
    Records kept;
    for (std::size_t index : present) {
      stays[index] = true;
      kept.push_back(records[index]);
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (!stays[i]) drop(records[i]);
    }
    records = std::move(kept);
  }

  // A copy is made again by its merge.
  void drop(const RecordRef& ref) {
    if (!ref.record->copied) linked_.dropped.push_back(with_source(ref));
  }

  struct UnwantedText {
    std::string oid, target;  // escaped
    std::string plain_target;
    Place place;
  };

  void report(const SettlingNote& note, const std::string& registry, const Records& records,
              const std::vector<UnwantedText>& unwanted) {
    using Kind = SettlingNote::Kind;
    if (note.kind == Kind::NothingToUnregister) {
      const UnwantedText& entry = unwanted[note.index];
      Diagnostic found =
          described(note.kind, registry, unescape(entry.oid), entry.plain_target, {});
      found.place = entry.place;
      linked_.findings.push_back({std::move(found)});
      return;
    }
    const RecordRef& ref = records[note.index];
    const LineDirectives words = line_directives(ref.record->line).value_or(LineDirectives{});
    Diagnostic found = described(note.kind, registry, unescape(ref.record->oid),
                                 unescape(ref.record->target), words.replaces);
    found.place = place_of(ref);
    linked_.findings.push_back(
        {std::move(found), DeclarationPart{ref.record->at, {"replaces"}, false, {}}});
  }

  void copy_symbols(const std::string& into, const PlannedMerge& merge, Bucket& bucket) {
    auto from = by_registry_.find(merge.from);
    if (from == by_registry_.end()) return;
    Arrived arrived;
    for (const RecordRef& original : from->second.records) {
      try {
        RecordRef copy(made_records_.emplace_back(copy_of(original, merge.from, into)));
        copy.source = original.source;
        if (merge.force) forced_.insert(copy.record);
        bucket.records.push_back(copy);
      } catch (const InputError& error) {
        if (arrived.has(original, bucket)) continue;
        if (is_remote(original)) {
          of_origins_.add(sources_[original.source], "merge of " + merge.from + " into " + into,
                          *original.record,
                          "it cannot be merged into \"" + into + "\" at " +
                              merge.place.to_string() + ": " + error.what(),
                          error.hint());
          continue;
        }
        linked_.findings.push_back(
            {error_at(merge.place,
                      "\"" + unescape(original.record->target) + "\" cannot be merged into \"" +
                          into + "\": " + error.what(),
                      error.hint())});
      }
    }
  }

  // Which declarations are in a bucket that only grows, looked at when that is asked first.
  class Arrived {
   public:
    // Whether the same declaration came by another way.
    bool has(const RecordRef& original, const Bucket& bucket) {
      for (; seen_ < bucket.records.size(); ++seen_) known_.insert(key_of(bucket.records[seen_]));
      return known_.contains(key_of(original));
    }

   private:
    using Key = std::tuple<std::uint32_t, Position, std::string_view, std::string_view>;
    static Key key_of(const RecordRef& ref) {
      return {ref.source, ref.record->at, ref.record->oid, ref.record->target};
    }
    std::set<Key> known_;
    std::size_t seen_ = 0;
  };

  SymbolRecord copy_of(const RecordRef& original, const std::string& from,
                       const std::string& into) {
    const LineText text = split_line(original.record->line).value();
    const MergeEnds ends{registry_for(original, from), registry_for(original, into)};
    MergedCopy merged = merged_copy(text.info.empty() ? Json::object() : Json::parse(text.info),
                                    predicate_of(text, from), ends, linked_.catalog.predicates);
    write_versions(original, text, ends.into, merged.info);
    const std::string oid = unescape(text.key.oid), target = unescape(text.key.target),
                      doc = unescape(text.doc), path = unescape(text.source.path);
    const std::string info = to_text(merged.info);
    const std::string select = merged.predicate ? merged.predicate->to_string() : std::string();
    LineParts parts{into, oid, target, select, info, doc};
    parts.merged = from;
    parts.path = path;
    parts.at = text.source.at;
    const Place declared = declared_place(text);
    if (text.declared) parts.declared = DeclaredPlace{declared.path, declared.line};
    parts.allow = text.allow;
    append_line(linked_.made.emplace_back(), parts);
    return record_from_line(linked_.made.back()).value();
  }

  // Versions are what was written, and not what a number of it comes to.
  void write_versions(const RecordRef& original, const LineText& text, const RegistryInfo& into,
                      Json& info) {
    const Source& source = sources_[original.source];
    if (is_remote(original)) return;
    if (source.declarations->written.empty() || text.info.empty() || !has_versions(into)) return;
    auto known = texts_.find(original.source);
    if (known == texts_.end()) known = texts_.emplace(original.source, source).first;
    const auto written =
        known->second.info_with_texts(original.record->at, Json::parse(text.info), into);
    if (!written) return;
    for (auto& [name, value] : info.items()) value = written->at(name);
  }

  // What scores it where it is.
  std::optional<Predicate> predicate_of(const LineText& text, const std::string& registry) {
    if (!text.select.empty()) return Predicate::parse(unescape(text.select));
    const std::optional<std::string>& select = linked_.catalog.registry(registry).select;
    return select ? std::optional(Predicate::parse(*select)) : std::nullopt;
  }

  void leave_out_clashes(const std::string& name, Records& all) {
    const bool by_registry = linked_.catalog.registry(name).select.has_value();
    OidRules rules;
    std::size_t kept = 0, group = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i + ahead < all.size()) prefetch(all[i + ahead].record->target);
      const RecordRef ref = all[i];
      if (kept == 0 || !same_oid(ref, all[kept - 1]) || owner_of(ref) != owner_of(all[kept - 1])) {
        rules.reset();
        group = kept;
      }
      if (auto clash = rules.admit({ref.record->target, ref.record->conditional || by_registry})) {
        report(*clash, ref, all[group + clash->rival]);
        drop(ref);
      } else {
        all[kept++] = ref;
      }
    }
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
  }

  void report(const OidRules::Clash& clash, const RecordRef& newcomer, const RecordRef& rival) {
    const SymbolRecord& record = *newcomer.record;
    if (is_remote(newcomer)) {
      const bool same = clash.conflict == Conflict::SameTarget;
      of_origins_.add(sources_[newcomer.source], std::string("clash ") + (same ? "1" : "2"), record,
                      std::string("it is ") + (same ? "there twice" : "unconditional, as another") +
                          "; the first is at " + place_of(rival).to_string());
      return;
    }
    std::string message = conflict_message(clash.conflict, unescape(record.registry),
                                           unescape(record.oid), unescape(record.target));
    auto words = line_directives(record.line);
    if (words && !words->merged.empty())
      message += ", where it is merged from \"" + words->merged + "\"";
    message += "; the first is at " + place_of(rival).to_string();
    if (const Place declared = declared_place(split_line(rival.record->line).value_or(LineText{}));
        !declared.path.empty())
      message += ", declared at " + declared.to_string();
    Diagnostic found = error_at(place_of(newcomer), message, conflict_hint(clash.conflict));
    if (is_lenient(newcomer) && is_lenient(rival)) {
      found.severity = Severity::Warning;
      found.hint = "the first stays; `conflicts = \"error\"` in the [[scan]] makes this an error";
    }
    linked_.findings.push_back({std::move(found)});
  }

  bool is_lenient(const RecordRef& ref) const { return sources_[ref.source].declarations->lenient; }

  // Undeclared registries exist as long as they have symbols.
  void finish() {
    std::size_t total = 0;
    for (const auto& [name, bucket] : by_registry_) total += bucket.records.size();
    linked_.symbols.reserve(total);
    for (auto& [name, bucket] : by_registry_) {
      linked_.catalog.registry(name).symbols = bucket.records.size();
      for (const RecordRef& ref : bucket.records) linked_.symbols.push_back(with_source(ref));
      bucket.records = {};
    }
    std::erase_if(linked_.catalog.registries, [this](const auto& entry) {
      return entry.second.symbols == 0 && !declared_.contains(entry.first);
    });
    add_pins(sources_, linked_.catalog);
    for (Finding& found : pins_without_effect(sources_, linked_.symbols))
      linked_.findings.push_back(std::move(found));
  }

  std::span<const Source> sources_;
  const Json& facts_;
  Linked linked_;
  std::vector<bool> is_remote_;   // each source
  std::optional<Catalog> local_;  // not set: there is nothing else
  Catalogs::Views views_;         // of publications
  OriginFindings of_origins_;
  std::set<std::string, std::less<>> declared_, declared_here_;
  std::map<std::string_view, Bucket> by_registry_;  // the names are the records' and the catalog's
  std::unordered_map<std::string_view, Bucket*> buckets_;  // the same, to be found fast
  std::deque<SymbolRecord> made_records_;        // copies, and those whose versions became texts
  std::map<std::uint32_t, VersionTexts> texts_;  // by source
  MergePlan merges_;
  std::map<std::string, std::vector<UnwantedText>, std::less<>> unwanted_;
  std::unordered_set<const SymbolRecord*> forced_;  // copies that may displace others
};

}  // namespace

Linked link(std::span<const Source> sources, const Json& facts, const Catalogs& checked) {
  return Linker(sources, facts).run(checked);
}

}  // namespace reg
