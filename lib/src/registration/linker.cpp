#include <manifest/line.h>
#include <registration/linker.h>
#include <registration/merge_plan.h>
#include <registration/merging.h>
#include <registration/rules.h>
#include <registration/settling.h>
#include <registration/sorting.h>
#include <registration/symbol_check.h>
#include <text/json_text.h>
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace reg {
namespace {

using Records = std::vector<RecordRef>;

std::string when_of(const SymbolRecord& record) {
  return line_directives(record.line).value_or(LineDirectives{}).when;
}

// Carries out a registration over the whole store.
class Linker {
 public:
  Linker(std::span<const Source> sources, const Json& facts) : sources_(sources), facts_(facts) {}

  Linked run(const Catalog& checked) {
    linked_.catalog = build_catalog(sources_, facts_, linked_.diagnostics);
    for (const Source& source : sources_) {
      for (const RegistryDeclaration& one : source.declarations->registries)
        declared_.insert(one.name);
    }
    collect(checked);
    plan();
    for (const std::string& name : merges_.order) settle_registry(name);
    for (auto& [name, records] : by_registry_) settle_registry(std::string(name));
    finish();
    return std::move(linked_);
  }

 private:
  struct Bucket {
    Records records;  // as declared; once it is settled, sorted and in order
    std::size_t expected = 0;
    bool settled = false;
    bool acts = false;  // some of them act on others
  };

  // The symbols that are in order, by the registry that they are declared in.
  void collect(const Catalog& checked) {
    std::vector<Bucket*> buckets;  // of all symbols, one after the other
    for (const Source& source : sources_) {
      for (const SymbolRecord& record : source.symbols) {
        buckets.push_back(&bucket_of(record.registry));
        ++buckets.back()->expected;
      }
      for (const std::string& name : source.declarations->mentioned) linked_.catalog.registry(name);
    }
    for (auto& [name, bucket] : by_registry_) {
      linked_.catalog.registry(name);
      bucket.records.reserve(bucket.expected);
    }
    auto bucket = buckets.begin();
    for (std::uint32_t i = 0; i < sources_.size(); ++i) {
      const bool suspect = !passes_quickly(sources_[i], linked_.catalog, checked);
      for (const SymbolRecord& record : sources_[i].symbols) {
        Bucket& own = **bucket++;
        RecordRef ref(record);
        ref.source = i;
        if (suspect && !passes(ref)) {
          drop(ref);
        } else if (!record.has_when || holds(ref)) {
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

  bool passes(const RecordRef& ref) {
    auto problems = check_symbol(sources_[ref.source], *ref.record, linked_.catalog);
    linked_.diagnostics.insert(linked_.diagnostics.end(), problems.begin(), problems.end());
    return problems.empty();
  }

  // False: it goes to those that are left out or dropped.
  bool holds(const RecordRef& ref) {
    const std::string when = when_of(*ref.record);
    for (const PredicateCall& call : Predicate::parse(when).calls()) {
      auto problem = linked_.catalog.predicates.problem(call);
      if (!problem) continue;
      linked_.diagnostics.push_back(error_in_predicate(place_of(ref), *problem, when, call.offset));
      drop(ref);
      return false;
    }
    if (holds_when(*ref.record, facts_, linked_.catalog.predicates)) return true;
    linked_.left_out.push_back(with_source(ref));
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
    merges_ = plan_merges(sources_, linked_.catalog, linked_.diagnostics);
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
    sort_by_oid(bucket.records);
    leave_out_clashes(name, bucket.records);
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
    entrant.force = forced_.contains(&record);
    if (!record.acts) return entrant;
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
      linked_.diagnostics.push_back(warning_at(
          entry.place, "nothing to unregister: \"" + entry.plain_target +
                           "\" is not registered as " + registry + "/" + unescape(entry.oid)));
      return;
    }
    const RecordRef& ref = records[note.index];
    const std::string target = '"' + unescape(ref.record->target) + '"';
    const std::string replaced =
        '"' + line_directives(ref.record->line).value_or(LineDirectives{}).replaces + '"';
    Diagnostic found =
        note.kind == Kind::NothingToReplace
            ? warning_at(place_of(ref), "nothing to replace: " + replaced +
                                            " is not registered in \"" + registry + "\"")
        : note.kind == Kind::ReplacesItself
            ? error_at(place_of(ref), target + " replaces itself",
                       "`force` takes the place of an earlier registration of the same target")
            : error_at(place_of(ref),
                       target + " replaces " + replaced + ", which replaces it in turn",
                       "one of them has to stay");
    linked_.diagnostics.push_back(std::move(found));
  }

  void copy_symbols(const std::string& into, const PlannedMerge& merge, Bucket& bucket) {
    auto from = by_registry_.find(merge.from);
    if (from == by_registry_.end()) return;
    for (const RecordRef& original : from->second.records) {
      try {
        RecordRef copy(copies_.emplace_back(copy_of(*original.record, merge.from, into)));
        copy.source = original.source;
        if (merge.force) forced_.insert(copy.record);
        bucket.records.push_back(copy);
      } catch (const InputError& error) {
        linked_.diagnostics.push_back(error_at(
            merge.place, "\"" + unescape(original.record->target) + "\" cannot be merged into \"" +
                             into + "\": " + error.what()));
      }
    }
  }

  SymbolRecord copy_of(const SymbolRecord& original, const std::string& from,
                       const std::string& into) {
    const LineText text = split_line(original.line).value();
    const MergedCopy merged =
        merged_copy(text.info.empty() ? Json::object() : Json::parse(text.info),
                    predicate_of(text, from), linked_.catalog.registry(into));
    const std::string oid = unescape(text.key.oid), target = unescape(text.key.target),
                      doc = unescape(text.doc), path = unescape(text.source.path);
    const std::string info = to_text(merged.info);
    const std::string select = merged.predicate ? merged.predicate->to_string() : std::string();
    LineParts parts{into, oid, target, select, info, doc};
    parts.merged = from;
    parts.path = path;
    parts.at = text.source.at;
    append_line(linked_.made.emplace_back(), parts);
    return record_from_line(linked_.made.back()).value();
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
      if (kept == 0 || !same_oid(ref, all[kept - 1])) {
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
    std::string message = conflict_message(clash.conflict, unescape(record.registry),
                                           unescape(record.oid), unescape(record.target));
    auto words = line_directives(record.line);
    if (words && !words->merged.empty())
      message += ", where it is merged from \"" + words->merged + "\"";
    message += "; the first is at " + place_of(rival).to_string();
    linked_.diagnostics.push_back(
        error_at(place_of(newcomer), message, conflict_hint(clash.conflict)));
  }

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
  }

  std::span<const Source> sources_;
  const Json& facts_;
  Linked linked_;
  std::set<std::string, std::less<>> declared_;
  std::map<std::string_view, Bucket> by_registry_;  // the names are the records' and the catalog's
  std::unordered_map<std::string_view, Bucket*> buckets_;  // the same, to be found fast
  std::deque<SymbolRecord> copies_;
  MergePlan merges_;
  std::map<std::string, std::vector<UnwantedText>, std::less<>> unwanted_;
  std::unordered_set<const SymbolRecord*> forced_;  // copies that may displace others
};

}  // namespace

bool holds_when(const SymbolRecord& record, const Json& facts, const PredicateSet& predicates) {
  return Predicate::parse(when_of(record)).score(facts, Json::object(), predicates) > 0;
}

Linked link(std::span<const Source> sources, const Json& facts, const Catalog& checked) {
  return Linker(sources, facts).run(checked);
}

}  // namespace reg
