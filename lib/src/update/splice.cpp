#include <cache/head_lines.h>
#include <manifest/line.h>
#include <registration/checks.h>
#include <registration/conditions.h>
#include <registration/names_near.h>
#include <registration/pins.h>
#include <registration/remote_checks.h>
#include <registration/rules.h>
#include <registration/sorting.h>
#include <registration/version_texts.h>
#include <registration/written_numbers.h>
#include <text/json_text.h>
#include <update/head.h>
#include <update/splice.h>
#include <update/splice_pins.h>
#include <algorithm>
#include <deque>
#include <map>

namespace reg {
namespace {

using OidKey = std::pair<std::string, std::string>;  // registry and oid, escaped
using Names = std::set<std::string, std::less<>>;

bool is_bare(const RegistryInfo& info) {
  return info.doc.empty() && info.fields.empty() && info.context.empty() && !info.select;
}

bool same_declaration(const RegistryInfo& a, const RegistryInfo& b) {
  return a.doc == b.doc && a.fields == b.fields && a.context == b.context && a.select == b.select;
}

// Whether symbols that were in order under the old catalog are so under the new one, and score as
// they did.
bool keeps_meaning(const CacheHead& old_head, const Catalog& catalog) {
  if (old_head.predicates.definitions() != catalog.predicates.definitions()) return false;
  return std::all_of(
      old_head.registries.begin(), old_head.registries.end(), [&](const RegistryInfo& old) {
        auto now = catalog.registries.find(old.name);
        return now == catalog.registries.end() ? is_bare(old) : same_declaration(old, now->second);
      });
}

bool keeps_meaning(const Catalog& before, const Catalog& now) {
  const auto same = [](const Catalog& a, const Catalog& b) {
    return std::all_of(a.registries.begin(), a.registries.end(), [&](const auto& entry) {
      const auto other = b.registries.find(entry.first);
      return other == b.registries.end() ? is_bare(entry.second)
                                         : same_declaration(entry.second, other->second);
    });
  };
  return before.predicates.definitions() == now.predicates.definitions() && same(before, now) &&
         same(now, before);
}

bool has_errors(const GatheredSource& source) {
  return source.known != nullptr ? source.known->failed() : source.declarations->failed();
}

bool acts(const Declarations& declarations) {
  return !declarations.merges.empty() || !declarations.unregistrations.empty() ||
         std::any_of(declarations.symbols.begin(), declarations.symbols.end(),
                     [](const SymbolRecord& record) { return record.acts; });
}

// The sources whose lines in the old cache are out of date, and what they touch.
struct Replaced {
  Names paths;       // escaped
  Names registries;  // that those lines are in
  bool acted = false;
};

Replaced replaced_by(const State& state, const Gathered& gathered) {
  Names kept;
  for (const GatheredSource& source : gathered) {
    if (!source.is_read()) kept.insert(source.path);
  }
  Replaced replaced;
  for (const KnownSource& source : state.sources) {
    if (kept.contains(source.path)) continue;
    replaced.paths.insert(escaped_text(source.path));
    replaced.registries.insert(source.registries.begin(), source.registries.end());
    replaced.acted |= !source.acts_on.empty() || source.failed();
  }
  return replaced;
}

class SpliceMaker {
 public:
  SpliceMaker(const OldCache& old, const Gathered& gathered, std::span<const Source> sources,
              const Json& facts)
      : old_(old),
        file_(old.file),
        gathered_(gathered),
        sources_(sources),
        facts_(facts),
        replaced_(replaced_by(*old.state, gathered)) {
    for (std::size_t i = 0; i < sources.size(); ++i)
      order_.emplace(escaped_text(sources[i].path), i);
    splice_.left_out.resize(sources.size());
    splice_.dropped.resize(sources.size());
  }

  std::variant<Splice, NotSpliced> run() {
    if (replaced_.acted) return NotSpliced{"what changed acted on what others declare"};
    if (!sources_allow_it())
      return NotSpliced{"a source has errors, or acts on what others declare"};
    if (!take_declarations())
      return NotSpliced{"what is declared of registries or predicates changed"};
    declared_here_ = registries_declared_here(sources_);
    if (declared_registries(sources_) != declared_before_this())
      return NotSpliced{"other registries are declared"};
    if (!take_new_symbols()) return NotSpliced{"there is something to say of a symbol"};
    if (acts_where_it_changed()) return NotSpliced{"a source acts on what changed"};
    for (const std::string& registry : replaced_.registries) find_old_lines(registry);
    if (touched_.size() > 1000 && touched_.size() > file_.symbol_count() / 8)
      return NotSpliced{"much has changed"};
    for (const RegistryInfo& info : old_.head.registries) counts_[info.name] = info.symbols;
    splice_.kept_hash = file_.header().sum.lines;
    for (const OidKey& key : touched_) {
      if (!edit(key)) return NotSpliced{"implementations of one oid exclude each other"};
    }
    if (!look_at_pins(file_, gathered_, sources_, splice_))
      return NotSpliced{"what is pinned came or went"};
    edit_oid_lines();
    count();
    add_pins(sources_, splice_.catalog);
    return std::move(splice_);
  }

 private:
  bool sources_allow_it() const {
    return std::none_of(gathered_.begin(), gathered_.end(), [](const GatheredSource& source) {
      return has_errors(source) || (source.is_read() && acts(*source.declarations));
    });
  }

  // False: something else is declared than before, or is said of it.
  bool take_declarations() {
    Catalogs now = build_catalogs(sources_, facts_, splice_.findings);
    bool same = keeps_meaning(old_.head, now.all);
    if (now.own || was_anything_remote() || !splice_.findings.empty()) {
      EarlierDeclarations before = earlier_declarations(*old_.state);
      same = same && keeps_meaning(before.catalogs.local(), now.local()) &&
             before.catalogs.all.foreign == now.all.foreign &&
             views_stay(before.catalogs.views, now.views) && says_the_same(before.findings);
    }
    splice_.catalog = std::move(now.all);
    local_ = std::move(now.own);
    views_ = std::move(now.views);
    return same;
  }

  bool was_anything_remote() const {
    return std::any_of(
        old_.state->sources.begin(), old_.state->sources.end(),
        [](const KnownSource& source) { return !origin_of_source(source.path).empty(); });
  }

  // Of publications that were not read.
  bool views_stay(const Catalogs::Views& before, const Catalogs::Views& now) const {
    return std::all_of(gathered_.begin(), gathered_.end(), [&](const GatheredSource& source) {
      const auto then = before.find(source.path), here = now.find(source.path);
      return source.is_read() || here == now.end() ||
             (then != before.end() && keeps_meaning(then->second, here->second));
    });
  }

  // Of sources that were not read; what is said of those that were is theirs.
  bool says_the_same(const std::vector<Finding>& before) {
    std::set<std::string_view> kept;
    for (const GatheredSource& source : gathered_) {
      if (!source.is_read()) kept.insert(source.path);
    }
    const auto is_of_kept = [&](const Finding& found) {
      return kept.contains(found.diagnostic.place.path);
    };
    const auto texts = [&](const std::vector<Finding>& findings) {
      std::multiset<std::string> all;
      for (const Finding& found : findings) {
        if (is_of_kept(found))
          all.insert(found.diagnostic.place.to_string() + found.diagnostic.message);
      }
      return all;
    };
    const bool same = texts(before) == texts(splice_.findings);
    std::erase_if(splice_.findings, is_of_kept);
    return same &&
           std::none_of(splice_.findings.begin(), splice_.findings.end(), [](const Finding& found) {
             return found.diagnostic.severity == Severity::Error;
           });
  }

  // The sidecar's sources declare what the old cache was made from.
  Names declared_before_this() const {
    Names names;
    for (const KnownSource& source : old_.state->sources) {
      for (const RegistryDeclaration& one : source.declarations->registries) names.insert(one.name);
    }
    return names;
  }

  // False: there are errors, or something may be to be said of what was not read.
  bool take_new_symbols() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!gathered_[i].is_read()) continue;
      for (const SymbolRecord& record : sources_[i].symbols) declare(record.registry);
    }
    const Catalog nothing;
    SymbolChecks checks(local(), nothing);
    OriginFindings of_origins;
    const Catalogs::Views none;
    RemoteChecks remote_checks(views_, none, of_origins);
    Conditions conditions(facts_, local());
    NamesNear names(declared_here_);
    const WrittenNumbers numbers(sources_, local());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!gathered_[i].is_read()) {
        // What was said of its numbers may not be true any more.
        const bool had = !sources_[i].is_remote() && !sources_[i].declarations->written.empty() &&
                         !gathered_[i].known->findings.empty();
        if (had || numbers.may_have(sources_[i])) return false;
        continue;
      }
      numbers.look_at(sources_[i], splice_.findings);
      if (sources_[i].is_remote()) {
        take_remote_symbols(i, remote_checks);
      } else if (!take_symbols(i, checks, conditions, names)) {
        return false;
      }
    }
    for (Finding& found : of_origins.take()) splice_.findings.push_back(std::move(found));
    return true;
  }

  void take_remote_symbols(std::size_t number, RemoteChecks& checks) {
    const Source& source = sources_[number];
    const bool suspect = !checks.pass(source);
    for (SymbolRecord record : source.symbols) {
      record.source = static_cast<std::uint32_t>(number);
      if (suspect && !checks.of(source, record)) {
        splice_.dropped[number].push_back(record);
      } else {
        take(record);
      }
    }
  }

  void take(const SymbolRecord& record) {
    OidKey key{record.registry, record.oid};
    fresh_[key].push_back(record);
    touched_.insert(std::move(key));
  }

  bool take_symbols(std::size_t number, SymbolChecks& checks, Conditions& conditions,
                    NamesNear& names) {
    const Source& source = sources_[number];
    const bool suspect = !checks.pass(source);
    const VersionTexts texts(source);
    for (SymbolRecord record : source.symbols) {
      record.source = static_cast<std::uint32_t>(number);
      if (suspect) write_texts(record, texts);
      names.look_at(source, record, splice_.findings);
      if (suspect) {
        Verdict verdict = checks.of(source, record);
        if (!verdict.in_order) return false;
        for (Finding& found : verdict.findings) splice_.findings.push_back(std::move(found));
      }
      using Result = Conditions::Result;
      Result result = Result::Holds;
      if (record.has_when) result = conditions.of(source, record, splice_.findings);
      if (result == Result::Wrong) return false;
      if (result == Result::LeftOut) {
        splice_.left_out[number].push_back(record);
        continue;
      }
      take(record);
    }
    return true;
  }

  void write_texts(SymbolRecord& record, const VersionTexts& texts) {
    const RegistryInfo& registry = local().registry(record.registry);
    if (!has_versions(registry)) return;
    auto line = texts.line_with_texts(record.line, registry);
    if (!line) return;
    const std::uint32_t source = record.source;
    record = record_from_line(splice_.made.emplace_back(std::move(*line))).value();
    record.source = source;
  }

  void declare(std::string_view registry) {
    if (declared_.contains(registry)) return;
    declared_.emplace(registry);
    splice_.catalog.registry(registry);
    local().registry(registry);
  }

  // Where a source that stays as it is acts on what others declare, the lines of an oid do not
  // follow from its own declarations alone.
  bool acts_where_it_changed() const {
    return std::any_of(gathered_.begin(), gathered_.end(), [&](const GatheredSource& source) {
      return source.known != nullptr &&
             (std::any_of(
                  source.known->acts_on.begin(), source.known->acts_on.end(),
                  [&](const std::string& name) { return is_touched(escaped_text(name)); }) ||
              (origin_of_source(source.path).empty() && dropped_where_it_changed(*source.known)));
    });
  }

  // What others publish is dropped on account of its own file, of what is declared, or by who acts
  // on it.
  bool dropped_where_it_changed(const KnownSource& known) const {
    return std::any_of(known.dropped.begin(), known.dropped.end(),
                       [&](const SymbolRecord& record) { return is_touched(record.registry); });
  }

  // What was dropped on account of another's symbol may come back.
  bool is_touched(std::string_view registry) const {
    return declared_.contains(registry) || replaced_.registries.contains(unescape(registry));
  }

  void find_old_lines(const std::string& registry) {
    std::string last;
    bool last_replaced = false;
    CacheSection lines = file_.registry_lines(escaped_text(registry));
    file_.each_line(lines, [&](std::string_view line, std::uint64_t) {
      const std::string_view path = line_source_path(line);
      if (path.empty()) file_.broken("has a line that is not laid out as written");
      if (path != last) {
        last = path;
        last_replaced = replaced_.paths.contains(last);
      }
      if (last_replaced) {
        LineKey key = file_.key_of(line);
        touched_.emplace(key.registry, key.oid);
      }
      return true;
    });
  }

  // False: the lines of this oid cannot stand together.
  bool edit(const OidKey& key) {
    OidEdit edit{key.first, key.second, {}, {}, {}};
    std::deque<std::string> kept;
    std::vector<SymbolRecord> records;
    edit.place = file_.each_oid_line(key.first, key.second, [&](std::string_view line) {
      edit.before.emplace_back(line);
      take_kept(line, kept, records);
    });
    if (auto fresh = fresh_.find(key); fresh != fresh_.end()) {
      records.insert(records.end(), fresh->second.begin(), fresh->second.end());
    }
    std::stable_sort(records.begin(), records.end(), declared_before);
    if (!obeys_rules(records)) return false;
    for (const SymbolRecord& record : records) edit.after.emplace_back(record.line);
    counts_[key.first] += edit.after.size() - edit.before.size();
    if (edit.after == edit.before) return true;
    for (std::size_t i = 0; i < edit.before.size(); ++i)
      splice_.kept_hash -= symbol_line_hash(edit.before[i], i);
    splice_.edits.push_back(std::move(edit));
    return true;
  }

  void take_kept(std::string_view line, std::deque<std::string>& kept,
                 std::vector<SymbolRecord>& records) {
    std::string path(line_source(line).value_or(LineSource{}).path);
    if (replaced_.paths.contains(path)) return;
    auto source = order_.find(path);
    kept.emplace_back(line);
    auto record = record_from_line(kept.back());
    if (!record || source == order_.end())
      file_.broken("has a line of a source that it does not know");
    record->source = static_cast<std::uint32_t>(source->second);
    records.push_back(*record);
  }

  bool obeys_rules(const std::vector<SymbolRecord>& records) {
    OidRules rules;
    std::string_view owner;
    for (const SymbolRecord& record : records) {
      if (const std::string_view own = sources_[record.source].origin(); own != owner) {
        rules.reset();
        owner = own;
      }
      bool conditional =
          record.conditional || splice_.catalog.registry(record.registry).select.has_value();
      if (rules.admit({record.target, conditional})) return false;
    }
    return true;
  }

  // For each oid that a registry gained or lost: the registries that have it now.
  std::map<std::string, std::map<std::string, bool>> oid_changes() const {
    std::map<std::string, std::map<std::string, bool>> changes;
    for (const OidEdit& edit : splice_.edits) {
      const bool had = !edit.before.empty(), has = !edit.after.empty();
      if (had != has) changes[edit.oid][edit.registry] = has;
    }
    return changes;
  }

  void edit_oid_lines() {
    for (const auto& [oid, changes] : oid_changes()) {
      OidLineEdit edit;
      std::set<std::string> registries = find_oid_line(oid, edit.place);
      for (const auto& [registry, has] : changes) {
        if (has) {
          registries.insert(registry);
        } else {
          registries.erase(registry);
        }
      }
      const std::vector<std::string_view> names(registries.begin(), registries.end());
      if (!names.empty()) edit.line = oid_line(oid, names);
      splice_.oid_edits.push_back(std::move(edit));
    }
  }

  // Where the oid's line stands, or would stand, and the registries in it, escaped; what it adds to
  // the sum is taken away.
  std::set<std::string> find_oid_line(const std::string& oid, CacheSection& place) {
    const CacheSection all = file_.oids();
    const std::uint64_t at = file_.lower_bound(
        all, [&](std::string_view line) { return file_.member_of(line).key < oid; });
    place = {at, at};
    std::set<std::string> registries;
    file_.each_line({at, all.end}, [&](std::string_view line, std::uint64_t) {
      const MemberLine member = file_.member_of(line);
      if (member.key != oid) return false;
      for (const Json& name : file_.parsed(member.value))
        registries.insert(name.get<std::string>());
      const std::uint64_t separator = at + line.size() + 1 == all.end ? 1 : 2;
      place.end = at + line.size() + separator;
      splice_.kept_hash -= oid_line_hash(line);
      return false;
    });
    return registries;
  }

  // Undeclared registries exist as long as they have symbols.
  void count() {
    std::set<std::string, std::less<>> declared;
    for (const Source& source : sources_) {
      for (const RegistryDeclaration& registry : source.declarations->registries)
        declared.insert(registry.name);
    }
    for (const auto& [name, symbols] : counts_) splice_.catalog.registry(name).symbols = symbols;
    std::erase_if(splice_.catalog.registries, [&](const auto& entry) {
      return entry.second.symbols == 0 && !declared.contains(entry.first);
    });
  }

  Catalog& local() { return local_ ? *local_ : splice_.catalog; }

  const OldCache& old_;
  const CacheFile& file_;
  const Gathered& gathered_;
  std::span<const Source> sources_;
  const Json& facts_;
  const Replaced replaced_;
  std::map<std::string, std::size_t> order_;  // path, escaped, to index in sources_
  Names declared_;                            // registries with symbols that were read, escaped
  Names declared_here_;                       // registries that a local source declares
  Catalogs::Views views_;                     // of publications
  std::optional<Catalog> local_;              // what local sources declare; not set: it is all
  std::set<OidKey> touched_;
  std::map<OidKey, std::vector<SymbolRecord>> fresh_;
  std::map<std::string, std::size_t> counts_;  // symbols by registry
  Splice splice_;
};

}  // namespace

EarlierDeclarations earlier_declarations(const State& state) {
  std::vector<Source> sources;
  for (const KnownSource& known : state.sources)
    sources.push_back(
        {known.path, known.declarations.get(), {}, Checked::Before, known.registries});
  EarlierDeclarations before;
  before.catalogs = build_catalogs(sources, state.facts, before.findings);
  return before;
}

std::variant<Splice, NotSpliced> make_splice(const OldCache& old, const Gathered& gathered,
                                             std::span<const Source> sources, const Json& facts) {
  if (!old.state) return NotSpliced{"nothing is known of the sources"};
  if (old.state->facts != facts) return NotSpliced{"the facts for `when` changed"};
  return SpliceMaker(old, gathered, sources, facts).run();
}

void write_splice(const CacheLock& lock, const CacheFile& old, const CacheHead& head,
                  const Splice& splice, const std::function<void()>& before_publish) {
  CacheWriter writer(lock, head);
  std::uint64_t copied = old.symbols().begin;
  for (const OidEdit& edit : splice.edits) {
    writer.symbols(old, {copied, edit.place.begin});
    for (std::size_t i = 0; i < edit.after.size(); ++i) writer.symbol(edit.after[i], i);
    copied = edit.place.end;
  }
  writer.symbols(old, {copied, old.symbols().end});
  writer.begin_oids();
  copied = old.oids().begin;
  for (const OidLineEdit& edit : splice.oid_edits) {
    writer.oids(old, {copied, edit.place.begin});
    if (!edit.line.empty()) writer.oid(edit.line);
    copied = edit.place.end;
  }
  writer.oids(old, {copied, old.oids().end});
  writer.copied(splice.kept_hash);
  writer.commit(before_publish);
}

}  // namespace reg
