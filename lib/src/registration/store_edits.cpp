#include <manifest/line.h>
#include <registration/store_edits.h>
#include <registration/symbol_check.h>
#include <text/json_text.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

class StoreEditor {
 public:
  StoreEditor(std::span<const Source> sources, Linked& linked)
      : sources_(sources), linked_(linked), all_(linked.symbols) {}

  void run() {
    gone_.assign(all_.size(), false);
    bool any_acts =
        std::any_of(all_.begin(), all_.end(), [](const SymbolRecord& r) { return r.acts; });
    if (any_acts) force_and_clear();
    sweep();
    each_declared(&Declarations::merges,
                  [this](const Source& source, const Merge& merge) { carry_out(source, merge); });
    if (any_acts) replace();
    each_declared(
        &Declarations::unregistrations,
        [this](const Source& source, const Unregistration& entry) { carry_out(source, entry); });
    sweep();
  }

 private:
  template <typename Entry, typename Do>
  void each_declared(std::vector<Entry> Declarations::*list, Do carry_it_out) {
    for (const Source& source : sources_) {
      for (const Entry& entry : source.declarations->*list) carry_it_out(source, entry);
    }
  }

  // Removes what is marked as gone.
  void sweep() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!gone_[i]) {
        all_[kept++] = all_[i];
      } else if (all_[i].phase != 2) {
        linked_.dropped.push_back(all_[i]);
      }
    }
    all_.resize(kept);
    gone_.assign(kept, false);
  }

  bool same_oid(std::size_t a, std::size_t b) const {
    return all_[a].oid == all_[b].oid && all_[a].registry == all_[b].registry;
  }

  void force_and_clear() {
    for (std::size_t i = 0, group = 0; i < all_.size(); ++i) {
      if (!same_oid(group, i)) group = i;
      if (!all_[i].acts) continue;
      LineDirectives words = line_directives(all_[i].line).value_or(LineDirectives{});
      for (std::size_t k = group; k < i; ++k) {
        if (words.clear || (words.force && conflict_between(claim(all_[k]), claim(all_[i]))))
          gone_[k] = true;
      }
    }
  }

  Claim claim(const SymbolRecord& record) const {
    bool by_registry = linked_.catalog.registries.find(record.registry)->second.select.has_value();
    return {record.target, record.conditional || by_registry};
  }

  struct Range {
    std::size_t begin, end;
  };
  Range registry_range(std::string_view registry) const {
    auto before = [](const SymbolRecord& r, std::string_view name) { return r.registry < name; };
    auto begin = std::lower_bound(all_.begin(), all_.end(), registry, before);
    auto end = std::find_if(begin, all_.end(),
                            [&](const SymbolRecord& r) { return r.registry != registry; });
    return {static_cast<std::size_t>(begin - all_.begin()),
            static_cast<std::size_t>(end - all_.begin())};
  }

  void carry_out(const Source& source, const Merge& merge) {
    linked_.catalog.registry(merge.into);
    for (const std::string& from : merge.from) {
      if (!is_known(from)) {
        linked_.diagnostics.push_back(error_at(place_in(source, merge.at),
                                               "no registry is named \"" + from + "\"",
                                               did_you_mean(from, registry_names())));
      } else if (from != merge.into) {
        copy_symbols(from, merge);
      }
    }
  }

  bool is_known(const std::string& registry) const {
    return linked_.catalog.registries.contains(registry);
  }

  std::vector<std::string> registry_names() const {
    std::vector<std::string> names;
    for (const auto& [name, info] : linked_.catalog.registries) names.push_back(name);
    return names;
  }

  void copy_symbols(const std::string& from, const Merge& merge) {
    Range range = registry_range(from), into = registry_range(merge.into);
    std::vector<SymbolRecord> copies;
    for (std::size_t i = range.begin; i < range.end; ++i) {
      copies.push_back(make_copy(all_[i], from, merge.into));
      if (merge.force) displace(into, copies.back());
    }
    all_.insert(all_.end(), copies.begin(), copies.end());
    gone_.resize(all_.size(), false);
    sweep();
    sort_records(all_);
  }

  void displace(Range registry, const SymbolRecord& copy) {
    for (std::size_t k = registry.begin; k < registry.end; ++k) {
      if (all_[k].oid == copy.oid && conflict_between(claim(all_[k]), claim(copy))) gone_[k] = true;
    }
  }

  SymbolRecord make_copy(const SymbolRecord& original, const std::string& from,
                         const std::string& into) {
    LineText text = split_line(original.line).value();
    std::string oid = unescape(text.key.oid), target = unescape(text.key.target),
                doc = unescape(text.doc);
    std::string select = unescape(text.select), path = unescape(text.source.path);
    if (select.empty()) select = linked_.catalog.registry(from).select.value_or("");
    std::string info;
    if (!text.info.empty())
      info = to_text(shared_info(Json::parse(text.info), linked_.catalog.registry(into)));
    LineParts parts;
    parts.registry = into;
    parts.oid = oid;
    parts.target = target;
    parts.select = select;
    parts.info_text = info;
    parts.doc = doc;
    parts.merged = from;
    parts.path = path;
    parts.at = text.source.at;
    append_line(linked_.made.emplace_back(), parts);
    SymbolRecord copy = record_from_line(linked_.made.back()).value();
    copy.source = original.source;
    return copy;
  }

  // logilab's register_and_replace: those that replace others act in registration order.
  void replace() {
    std::vector<std::size_t> replacing;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].acts) replacing.push_back(i);
    }
    std::stable_sort(replacing.begin(), replacing.end(), [this](std::size_t a, std::size_t b) {
      return registered_before(all_[a], all_[b]);
    });
    for (std::size_t i : replacing) replace_for(i);
  }

  void replace_for(std::size_t replacing) {
    const SymbolRecord& record = all_[replacing];
    std::string replaced = line_directives(record.line).value_or(LineDirectives{}).replaces;
    if (replaced.empty() || gone_[replacing]) return;
    bool found = remove_if(record.registry, [&, target = escaped_text(replaced)](std::size_t i) {
      return i != replacing && all_[i].target == target;
    });
    if (found) return;
    linked_.diagnostics.push_back(warning_at(place_in(sources_[record.source], record.at),
                                             "nothing to replace: \"" + replaced +
                                                 "\" is not registered in \"" +
                                                 std::string(record.registry) + "\""));
  }

  void carry_out(const Source& source, const Unregistration& entry) {
    bool found = remove_if(entry.registry, [&, oid = escaped_text(entry.oid),
                                            target = escaped_text(entry.target)](std::size_t i) {
      return all_[i].oid == oid && all_[i].target == target;
    });
    if (found) return;
    linked_.diagnostics.push_back(
        warning_at(place_in(source, entry.at), "nothing to unregister: \"" + entry.target +
                                                   "\" is not registered as " + entry.registry +
                                                   "/" + entry.oid));
  }

  template <typename Matches>
  bool remove_if(std::string_view registry, Matches matches) {
    bool found = false;
    Range range = registry_range(registry);
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (gone_[i] || !matches(i)) continue;
      gone_[i] = true;
      found = true;
    }
    return found;
  }

  std::span<const Source> sources_;
  Linked& linked_;
  std::vector<SymbolRecord>& all_;
  std::vector<bool> gone_;
};

}  // namespace

void edit_store(std::span<const Source> sources, Linked& linked) {
  StoreEditor(sources, linked).run();
}

}  // namespace reg
