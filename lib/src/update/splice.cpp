#include <manifest/line.h>
#include <registration/symbol_check.h>
#include <text/json_text.h>
#include <update/head.h>
#include <update/splice.h>
#include <algorithm>
#include <deque>
#include <map>

namespace reg {
namespace {

using OidKey = std::pair<std::string, std::string>;  // registry and oid, escaped

bool is_bare(const RegistryInfo& info) {
  return info.doc.empty() && info.fields.empty() && !info.select;
}

bool same_declaration(const RegistryInfo& a, const RegistryInfo& b) {
  return a.doc == b.doc && a.fields == b.fields && a.select == b.select;
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

// The path of a line's source, escaped. All lines of a registry are looked at, so the usual case is
// found from the end.
std::string_view source_path(std::string_view line) {
  constexpr std::string_view before = ",\"source\":[\"";
  const std::size_t start = line.rfind('[') + 2;
  if (start < line.size() && line.substr(0, start).ends_with(before)) {
    const std::string_view rest = line.substr(start);
    const std::string_view path = rest.substr(0, rest.find('"'));
    if (path.size() < rest.size() && path.find('\\') == std::string_view::npos) return path;
  }
  return line_source(line).value_or(LineSource{}).path;
}

class SpliceMaker {
 public:
  SpliceMaker(const CacheFile& old, std::span<const Source> sources, const Replaced& replaced)
      : old_(old), sources_(sources), old_registries_(replaced.registries) {
    for (const std::string& path : replaced.paths) replaced_.insert(escaped_text(path));
    for (std::size_t i = 0; i < sources.size(); ++i)
      order_.emplace(escaped_text(sources[i].path), i);
  }

  std::optional<Splice> run(const CacheHead& old_head, const std::vector<bool>& read) {
    std::vector<Diagnostic> problems;
    splice_.catalog = build_catalog(sources_, problems);
    if (!problems.empty() || !keeps_meaning(old_head, splice_.catalog)) return std::nullopt;
    if (!take_new_symbols(read)) return std::nullopt;
    for (const std::string& registry : old_registries_) find_old_lines(registry);
    if (touched_.size() > 1000 && touched_.size() > old_.symbol_count() / 8) return std::nullopt;
    for (const RegistryInfo& info : old_head.registries) counts_[info.name] = info.symbols;
    for (const OidKey& key : touched_) {
      if (!edit(key)) return std::nullopt;
    }
    count();
    return std::move(splice_);
  }

 private:
  bool take_new_symbols(const std::vector<bool>& read) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!read[i]) continue;
      const Declarations& declared = sources_[i].declarations;
      if (declared.failed() || !declared.diagnostics.empty()) return false;
      for (SymbolRecord record : declared.symbols) {
        if (!declared_.contains(record.registry)) declare(record.registry);
        record.source = static_cast<std::uint32_t>(i);
        OidKey key{record.registry, record.oid};
        fresh_[key].push_back(record);
        touched_.insert(std::move(key));
      }
      if (!passes_quickly(sources_[i], splice_.catalog, {})) return false;
    }
    return true;
  }

  void declare(std::string_view registry) {
    declared_.emplace(registry);
    splice_.catalog.registry(registry);
  }

  void find_old_lines(const std::string& registry) {
    std::string last;
    bool last_replaced = false;
    CacheSection lines = old_.registry_lines(escaped_text(registry));
    old_.each_line(lines, [&](std::string_view line, std::uint64_t) {
      const std::string_view path = source_path(line);
      if (path.empty()) old_.broken("has a line that is not laid out as written");
      if (path != last) {
        last = path;
        last_replaced = replaced_.contains(last);
      }
      if (last_replaced) {
        LineKey key = old_.key_of(line);
        touched_.emplace(key.registry, key.oid);
      }
      return true;
    });
  }

  // False: the lines of this oid cannot stand together.
  bool edit(const OidKey& key) {
    OidEdit edit{key.first, key.second, {}, 0, {}};
    std::deque<std::string> kept;
    std::vector<std::string> before;
    std::vector<SymbolRecord> records;
    edit.old_lines = old_.each_oid_line(key.first, key.second, [&](std::string_view line) {
      before.emplace_back(line);
      take_kept(line, kept, records);
    });
    if (auto fresh = fresh_.find(key); fresh != fresh_.end()) {
      records.insert(records.end(), fresh->second.begin(), fresh->second.end());
    }
    std::stable_sort(records.begin(), records.end(), registered_before);
    if (!obeys_rules(records)) return false;
    for (const SymbolRecord& record : records) edit.lines.emplace_back(record.line);
    edit.old_count = before.size();
    counts_[key.first] += records.size() - before.size();
    if (edit.lines == before) return true;
    count_difference(before, edit.lines);
    splice_.edits.push_back(std::move(edit));
    return true;
  }

  void take_kept(std::string_view line, std::deque<std::string>& kept,
                 std::vector<SymbolRecord>& records) {
    std::string path(line_source(line).value_or(LineSource{}).path);
    if (replaced_.contains(path)) return;
    auto source = order_.find(path);
    kept.emplace_back(line);
    auto record = record_from_line(kept.back());
    if (!record || source == order_.end())
      old_.broken("has a line of a source that it does not know");
    record->source = static_cast<std::uint32_t>(source->second);
    records.push_back(*record);
  }

  bool obeys_rules(const std::vector<SymbolRecord>& records) {
    OidRules rules;
    for (const SymbolRecord& record : records) {
      bool conditional =
          record.conditional || splice_.catalog.registry(record.registry).select.has_value();
      if (rules.admit({record.target, conditional})) return false;
    }
    return true;
  }

  void count_difference(std::vector<std::string> before, std::vector<std::string> after) {
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::vector<std::string> gone, come;
    std::set_difference(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(gone));
    std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                        std::back_inserter(come));
    splice_.added += come.size();
    splice_.removed += gone.size();
  }

  // Undeclared registries exist as long as they have symbols.
  void count() {
    std::set<std::string, std::less<>> declared;
    for (const Source& source : sources_) {
      for (const RegistryDeclaration& registry : source.declarations.registries)
        declared.insert(registry.name);
    }
    for (const auto& [name, symbols] : counts_) splice_.catalog.registry(name).symbols = symbols;
    std::erase_if(splice_.catalog.registries, [&](const auto& entry) {
      return entry.second.symbols == 0 && !declared.contains(entry.first);
    });
  }

  const CacheFile& old_;
  std::span<const Source> sources_;
  const std::set<std::string>& old_registries_;  // that have lines of replaced sources
  std::set<std::string> replaced_;               // paths, escaped
  std::map<std::string, std::size_t> order_;     // path, escaped, to index in sources_
  std::set<std::string, std::less<>> declared_;
  std::set<OidKey> touched_;
  std::map<OidKey, std::vector<SymbolRecord>> fresh_;
  std::map<std::string, std::size_t> counts_;  // symbols by registry
  Splice splice_;
};

void write_symbols(CacheWriter& writer, const CacheFile& old, const Splice& splice) {
  std::uint64_t copied = old.symbols().begin;
  for (const OidEdit& edit : splice.edits) {
    writer.symbols(old, {copied, edit.old_lines.begin});
    for (const std::string& line : edit.lines) writer.symbol(line);
    copied = edit.old_lines.end;
  }
  writer.symbols(old, {copied, old.symbols().end});
}

// For each oid that a registry gained or lost: the registries that have it now.
std::map<std::string, std::map<std::string, bool>> oid_changes(const Splice& splice) {
  std::map<std::string, std::map<std::string, bool>> changes;
  for (const OidEdit& edit : splice.edits) {
    bool had = edit.old_count != 0, has = !edit.lines.empty();
    if (had != has) changes[edit.oid][edit.registry] = has;
  }
  return changes;
}

class OidLineFinder {
 public:
  explicit OidLineFinder(const CacheFile& cache) : cache_(cache) {}

  // Where the oid's line stands, or would stand, and the registries in it, escaped.
  std::pair<CacheSection, std::set<std::string>> find(const std::string& oid) const {
    CacheSection all = cache_.oids();
    std::uint64_t at = cache_.lower_bound(
        all, [&](std::string_view line) { return cache_.member_of(line).key < oid; });
    std::pair<CacheSection, std::set<std::string>> found{{at, at}, {}};
    cache_.each_line({at, all.end}, [&](std::string_view line, std::uint64_t) {
      MemberLine member = cache_.member_of(line);
      if (member.key != oid) return false;
      for (const Json& name : cache_.parsed(member.value))
        found.second.insert(name.get<std::string>());
      std::uint64_t separator = at + line.size() + 1 == all.end ? 1 : 2;
      found.first.end = at + line.size() + separator;
      return false;
    });
    return found;
  }

 private:
  const CacheFile& cache_;
};

void write_oids(CacheWriter& writer, const CacheFile& old, const Splice& splice) {
  OidLineFinder finder(old);
  std::uint64_t copied = old.oids().begin;
  for (const auto& [oid, changes] : oid_changes(splice)) {
    auto [line, registries] = finder.find(oid);
    for (const auto& [registry, has] : changes) {
      if (has) {
        registries.insert(registry);
      } else {
        registries.erase(registry);
      }
    }
    writer.oids(old, {copied, line.begin});
    std::vector<std::string_view> names(registries.begin(), registries.end());
    if (!names.empty()) writer.oid(oid, names);
    copied = line.end;
  }
  writer.oids(old, {copied, old.oids().end});
}

}  // namespace

std::optional<Splice> make_splice(const CacheFile& old, const CacheHead& old_head,
                                  std::span<const Source> sources, const std::vector<bool>& read,
                                  const Replaced& replaced) {
  return SpliceMaker(old, sources, replaced).run(old_head, read);
}

void write_splice(const CacheLock& lock, const CacheFile& old, const CacheHead& head,
                  const Splice& splice, const std::function<void()>& before_publish) {
  CacheWriter writer(lock, head);
  write_symbols(writer, old, splice);
  writer.begin_oids();
  write_oids(writer, old, splice);
  writer.commit(before_publish);
}

}  // namespace reg
