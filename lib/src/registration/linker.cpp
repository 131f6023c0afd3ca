#include <manifest/line.h>
#include <registration/linker.h>
#include <registration/store_edits.h>
#include <registration/symbol_check.h>
#include <text/json_text.h>
#include <algorithm>
#include <map>
#include <unordered_map>

namespace reg {
namespace {

std::vector<SymbolRecord> collect(std::span<const Source> sources) {
  std::size_t total = 0;
  for (const Source& source : sources) total += source.symbols.size();
  std::vector<SymbolRecord> records;
  records.reserve(total);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (SymbolRecord record : sources[i].symbols) {
      record.source = static_cast<std::uint32_t>(i);
      records.push_back(record);
    }
  }
  return records;
}

// The registries of some records, by number.
struct Registries {
  std::vector<std::string_view> names;
  std::vector<std::uint32_t> of_record;  // indices into names
};

Registries registries_of(std::span<const SymbolRecord> records) {
  Registries registries;
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  registries.of_record.reserve(records.size());
  for (const SymbolRecord& record : records) {
    auto next = static_cast<std::uint32_t>(registries.names.size());
    auto [known, is_new] = numbers.try_emplace(record.registry, next);
    if (is_new) registries.names.push_back(record.registry);
    registries.of_record.push_back(known->second);
  }
  return registries;
}

std::string when_of(const SymbolRecord& record) {
  return line_directives(record.line).value_or(LineDirectives{}).when;
}

// Carries out a registration over the whole store.
class Linker {
 public:
  Linker(std::span<const Source> sources, const Json& facts) : sources_(sources), facts_(facts) {}

  Linked run(const Catalog& checked) {
    linked_.catalog = build_catalog(sources_, linked_.diagnostics);
    linked_.symbols = collect(sources_);
    for (const auto& [name, info] : linked_.catalog.registries) declared_.push_back(name);
    for (std::string_view name : registries_of(linked_.symbols).names)
      linked_.catalog.registry(name);
    check_symbols(checked);
    evaluate_conditions();
    sort_records(linked_.symbols);
    edit_store(sources_, linked_);
    leave_out_clashes();
    count();
    return std::move(linked_);
  }

 private:
  template <typename Keep>
  void keep_if(std::vector<SymbolRecord>& others, Keep keep) {
    auto gone = std::stable_partition(linked_.symbols.begin(), linked_.symbols.end(), keep);
    others.insert(others.end(), gone, linked_.symbols.end());
    linked_.symbols.erase(gone, linked_.symbols.end());
  }

  void check_symbols(const Catalog& checked) {
    std::vector<bool> suspect;
    for (const Source& source : sources_)
      suspect.push_back(!passes_quickly(source, linked_.catalog, checked));
    if (std::find(suspect.begin(), suspect.end(), true) == suspect.end()) return;
    keep_if(linked_.dropped, [&](const SymbolRecord& record) {
      if (!suspect[record.source]) return true;
      auto problems = check_symbol(sources_[record.source], record, linked_.catalog);
      linked_.diagnostics.insert(linked_.diagnostics.end(), problems.begin(), problems.end());
      return problems.empty();
    });
  }

  void evaluate_conditions() {
    auto has_when = [](const SymbolRecord& record) { return record.has_when; };
    if (std::none_of(linked_.symbols.begin(), linked_.symbols.end(), has_when)) return;
    keep_if(linked_.dropped,
            [this](const SymbolRecord& record) { return !record.has_when || is_callable(record); });
    keep_if(linked_.left_out, [this](const SymbolRecord& record) {
      return !record.has_when || holds_when(record, facts_, linked_.catalog.predicates);
    });
  }

  bool is_callable(const SymbolRecord& record) {
    const std::string when = when_of(record);
    for (const PredicateCall& call : Predicate::parse(when).calls()) {
      auto problem = linked_.catalog.predicates.problem(call);
      if (!problem) continue;
      Place place = place_in(sources_[record.source], record.at);
      linked_.diagnostics.push_back(error_in_predicate(place, *problem, when, call.offset));
      return false;
    }
    return true;
  }

  void leave_out_clashes() {
    std::vector<SymbolRecord>& all = linked_.symbols;
    OidRules rules;
    std::size_t kept = 0, group = 0;
    bool conditional_registry = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      SymbolRecord record = all[i];
      bool first = kept == 0, other_registry = first || record.registry != all[kept - 1].registry;
      if (other_registry)
        conditional_registry = linked_.catalog.registry(record.registry).select.has_value();
      if (other_registry || record.oid != all[kept - 1].oid) {
        rules.reset();
        group = kept;
      }
      if (auto clash = rules.admit({record.target, record.conditional || conditional_registry})) {
        report(*clash, record, all[group + clash->rival]);
        linked_.dropped.push_back(record);
      } else {
        all[kept++] = record;
      }
    }
    all.resize(kept);
  }

  void report(const OidRules::Clash& clash, const SymbolRecord& newcomer,
              const SymbolRecord& rival) {
    std::string message = conflict_message(clash.conflict, unescape(newcomer.registry),
                                           unescape(newcomer.oid), unescape(newcomer.target));
    auto words = line_directives(newcomer.line);
    if (words && !words->merged.empty())
      message += ", where it is merged from \"" + words->merged + "\"";
    message += "; the first is at " + place_in(sources_[rival.source], rival.at).to_string();
    linked_.diagnostics.push_back(error_at(place_in(sources_[newcomer.source], newcomer.at),
                                           message, conflict_hint(clash.conflict)));
  }

  void count() {
    std::map<std::string, RegistryInfo, std::less<>>& registries = linked_.catalog.registries;
    for (auto& [name, info] : registries) info.symbols = 0;
    RegistryInfo* info = nullptr;
    for (const SymbolRecord& record : linked_.symbols) {
      if (info == nullptr || info->name != record.registry)
        info = &linked_.catalog.registry(record.registry);
      ++info->symbols;
    }
    std::erase_if(registries, [this](const auto& entry) {
      return entry.second.symbols == 0 &&
             !std::binary_search(declared_.begin(), declared_.end(), entry.first);
    });
  }

  std::span<const Source> sources_;
  const Json& facts_;
  Linked linked_;
  std::vector<std::string> declared_;  // names of registries, sorted
};

struct SortKey {
  SortPrefix oid_prefix;
  std::uint32_t record;
};

std::map<std::string_view, std::vector<SortKey>> keys_by_registry(
    std::span<const SymbolRecord> records) {
  const Registries registries = registries_of(records);
  std::vector<std::vector<SortKey>> keys(registries.names.size());
  for (std::uint32_t i = 0; i < records.size(); ++i)
    keys[registries.of_record[i]].push_back({sort_prefix(records[i].oid), i});
  std::map<std::string_view, std::vector<SortKey>> by_name;
  for (std::size_t i = 0; i < keys.size(); ++i)
    by_name.emplace(registries.names[i], std::move(keys[i]));
  return by_name;
}

}  // namespace

SortPrefix sort_prefix(std::string_view text) {
  SortPrefix prefix{};
  const std::size_t length = std::min(text.size(), sizeof prefix);
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint64_t byte = static_cast<unsigned char>(text[i]);
    prefix[i / 8] |= byte << (56 - i % 8 * 8);
  }
  return prefix;
}

bool registered_before(const SymbolRecord& a, const SymbolRecord& b) {
  bool a_copy = a.phase == 2, b_copy = b.phase == 2;
  if (a_copy || b_copy) return a_copy < b_copy;  // copies stay in the order in which they were made
  return std::tie(a.source, a.phase, a.at) < std::tie(b.source, b.phase, b.at);
}

void sort_records(std::vector<SymbolRecord>& records) {
  auto before = [&](const SortKey& a, const SortKey& b) {
    if (a.oid_prefix != b.oid_prefix) return a.oid_prefix < b.oid_prefix;
    const SymbolRecord &x = records[a.record], &y = records[b.record];
    if (int order = x.oid.compare(y.oid); order != 0) return order < 0;
    if (registered_before(x, y)) return true;
    return !registered_before(y, x) && a.record < b.record;
  };
  std::vector<SymbolRecord> sorted;
  sorted.reserve(records.size());
  for (auto& [registry, keys] : keys_by_registry(records)) {
    std::sort(keys.begin(), keys.end(), before);
    for (const SortKey& key : keys) sorted.push_back(records[key.record]);
  }
  records = std::move(sorted);
}

bool holds_when(const SymbolRecord& record, const Json& facts, const PredicateSet& predicates) {
  return Predicate::parse(when_of(record)).score(facts, Json::object(), predicates) > 0;
}

Linked link(std::span<const Source> sources, const Json& facts, const Catalog& checked) {
  return Linker(sources, facts).run(checked);
}

}  // namespace reg
