#include <registration/sorting.h>
#include <text/json_text.h>
#include <update/base_context.h>
#include <update/check_scans.h>
#include <update/define_facts.h>
#include <update/difference.h>
#include <update/outcome.h>
#include <update/placing.h>
#include <update/rebuild.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

// The symbols of what was read are its own; those of the others are still to be found.
std::vector<Source> views_of(const Gathered& gathered) {
  std::vector<Source> views;
  for (const GatheredSource& source : gathered) {
    Source view{source.path, source.declarations.get(), {}, Checked::Summed};
    if (source.is_read()) {
      view.symbols = source.declarations->symbols;
    } else {
      view.registries = source.known->registries;
      // Of what something was said, it is said again.
      const bool in_order = !source.known->failed() && source.known->findings.empty() &&
                            source.known->dropped.empty();
      view.checked = in_order ? Checked::Before : Checked::Never;
    }
    views.push_back(view);
  }
  return views;
}

// The registries in which these declarations act on what others declare.
std::vector<std::string> registries_acted_on(const Declarations& declared) {
  std::set<std::string> names;
  for (const SymbolRecord& record : declared.symbols) {
    if (record.acts) names.insert(unescape(record.registry));
  }
  for (const Unregistration& entry : declared.unregistrations) names.insert(entry.registry);
  for (const Merge& merge : declared.merges) {
    names.insert(merge.into);
    names.insert(merge.from.begin(), merge.from.end());
  }
  return {names.begin(), names.end()};
}

using PinsByOid = std::map<std::pair<std::string, std::string>, const Pin*>;

PinsByOid pins_of(const CacheHead& head) {
  PinsByOid pins;
  for (const RegistryInfo& registry : head.registries) {
    for (const Pin& pin : registry.pins) pins[{registry.name, pin.oid}] = &pin;
  }
  return pins;
}

// How many are new, gone or others.
std::size_t count_changed_pins(const CacheHead& before, const CacheHead& after) {
  const PinsByOid old = pins_of(before), now = pins_of(after);
  std::size_t changed = 0;
  for (const auto& [name, pin] : old) {
    const auto same = now.find(name);
    if (same == now.end() || *same->second != *pin) ++changed;
  }
  for (const auto& [name, pin] : now) {
    if (!old.contains(name)) ++changed;
  }
  return changed;
}

class OutcomeMaker {
 public:
  OutcomeMaker(const Inputs& inputs, const Plan& plan, const Gathered& gathered,
               const Request& request)
      : inputs_(inputs),
        plan_(plan),
        gathered_(gathered),
        request_(request),
        views_(views_of(gathered)),
        counter_(request.options.detail) {}

  Outcome run() {
    note_sources();
    if (is_up_to_date()) {
      outcome_.head = inputs_.old->head;
      outcome_.content = Unchanged{};
      outcome_.difference = Difference{};
    } else if (!splice()) {
      link();
    }
    if (inputs_.old && outcome_.difference)
      outcome_.difference->pins = count_changed_pins(inputs_.old->head, outcome_.head);
    outcome_.changes = counter_.take_changes();
    outcome_.changed = !std::holds_alternative<Unchanged>(outcome_.content);
    collect_diagnostics();
    return std::move(outcome_);
  }

 private:
  bool is_up_to_date() const {
    return inputs_.state() != nullptr && gathered_.size() == inputs_.state()->sources.size() &&
           std::none_of(gathered_.begin(), gathered_.end(),
                        [](const GatheredSource& source) { return source.is_read(); }) &&
           inputs_.state()->facts == inputs_.facts && inputs_.old->head.defines == inputs_.define;
  }

  // What the sidecar is to say of each source; what it declares does not say is added later.
  void note_sources() {
    for (const GatheredSource& source : gathered_) {
      KnownSource known;
      if (source.is_read()) {
        known.path = source.path;
        known.kind = source.kind;
        const std::set<std::string> names =
            registries_with_symbols({source.path, source.declarations.get(), {}});
        known.registries.assign(names.begin(), names.end());
        known.acts_on = registries_acted_on(*source.declarations);
        known.declarations = source.declarations;
      } else {
        known = *source.known;
      }
      known.stamp = source.stamp;
      known.hash = source.hash;
      known.declared = source.declared;
      outcome_.sources.push_back(std::move(known));
    }
  }

  bool splice() {
    if (!inputs_.old) return is_linked_for("there is no old cache to splice");
    if (has_errors(plan_.diagnostics)) return is_linked_for("a source cannot be looked at");
    auto tried = make_splice(*inputs_.old, gathered_, views_, inputs_.facts);
    if (const auto* failed = std::get_if<NotSpliced>(&tried)) return is_linked_for(failed->why);
    Splice* made = &std::get<Splice>(tried);
    outcome_.head = make_head(inputs_.settings, inputs_.define, made->catalog);
    for (std::size_t i = 0; i < gathered_.size(); ++i) {
      if (!gathered_[i].is_read()) continue;
      outcome_.sources[i].left_out = std::move(made->left_out[i]);
      outcome_.sources[i].dropped = std::move(made->dropped[i]);
    }
    take_findings(std::move(made->findings));
    for (const OidEdit& edit : made->edits) {
      const std::vector<std::string_view> before(edit.before.begin(), edit.before.end());
      const std::vector<std::string_view> after(edit.after.begin(), edit.after.end());
      counter_.compare(before, after);
    }
    outcome_.difference = counter_.difference();
    outcome_.made = std::move(made->made);
    if (!made->edits.empty() || !(outcome_.head == inputs_.old->head))
      outcome_.content = std::move(*made);
    return true;
  }

  bool is_linked_for(const char* why) {
    outcome_.why_linked = why;
    return false;
  }

  void link() {
    if (request_.options.observer.progress)
      request_.options.observer.progress(Phase::Linking, 0, 0);
    if (inputs_.old) recover();
    Linked linked = reg::link(
        views_, inputs_.facts,
        inputs_.state() == nullptr ? Catalogs{} : earlier_declarations(*inputs_.state()).catalogs);
    outcome_.head = make_head(inputs_.settings, inputs_.define, linked.catalog);
    take_from(linked);
    if (inputs_.old) compare_all(inputs_.old->file, linked.symbols, counter_);
    if (inputs_.old) outcome_.difference = counter_.difference();
    outcome_.made = std::move(linked.made);
    if (!inputs_.old || counter_.any() || !(outcome_.head == inputs_.old->head))
      outcome_.content = std::move(linked);
  }

  // The lines of sources that were not read, with what had been left out of them.
  void recover() {
    const bool any_kept = std::any_of(gathered_.begin(), gathered_.end(),
                                      [](const GatheredSource& s) { return !s.is_read(); });
    if (!any_kept) return;
    std::vector<std::string_view> paths;
    for (const Source& view : views_) paths.push_back(view.path);
    old_records_ = recover_symbols(inputs_.old->file, paths, *outcome_.old_text);
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const KnownSource* known = gathered_[i].known;
      if (known == nullptr) continue;
      std::vector<SymbolRecord>& records = old_records_[i];
      records.insert(records.end(), known->left_out.begin(), known->left_out.end());
      records.insert(records.end(), known->dropped.begin(), known->dropped.end());
      std::stable_sort(records.begin(), records.end(), declared_before);
      views_[i].symbols = records;
    }
  }

  void take_from(Linked& linked) {
    for (KnownSource& source : outcome_.sources) {
      source.left_out.clear();
      source.dropped.clear();
      source.findings.clear();
      source.found_of.clear();
    }
    for (const SymbolRecord& record : linked.left_out)
      outcome_.sources[record.source].left_out.push_back(record);
    for (const SymbolRecord& record : linked.dropped)
      outcome_.sources[record.source].dropped.push_back(record);
    take_findings(std::move(linked.findings));
  }

  void take_findings(std::vector<Finding> findings) {
    std::map<std::string_view, std::size_t> by_path;
    for (std::size_t i = 0; i < gathered_.size(); ++i) by_path.emplace(gathered_[i].path, i);
    std::vector<Position> declarations;
    for (const Finding& found : findings) {
      const Place& place = found.diagnostic.place;
      declarations.push_back({place.line, place.column});
    }
    std::vector<Diagnostic> all = placed(std::move(findings), inputs_, gathered_, request_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      KnownSource& source = outcome_.sources[by_path.at(all[i].place.path)];
      source.findings.push_back(std::move(all[i]));
      source.found_of.push_back(declarations[i]);
    }
  }

  // A run without targets has all that is known to be said once more, so that what it says does not
  // depend on what it happened to read; one with targets only what it is about, or what is new.
  void collect_diagnostics() {
    std::vector<Diagnostic>& all = outcome_.diagnostics;
    all = plan_.diagnostics;
    for (std::size_t i = 0; i < gathered_.size(); ++i) {
      const GatheredSource& source = gathered_[i];
      const std::vector<Diagnostic>& findings = outcome_.sources[i].findings;
      if (source.is_read() || !request_.is_partial()) {
        all.insert(all.end(), source.declarations->diagnostics.begin(),
                   source.declarations->diagnostics.end());
        all.insert(all.end(), findings.begin(), findings.end());
      } else {
        add_news(*source.known, outcome_.sources[i]);
      }
    }
    check_given(all);
    std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
      if (a.place.path != b.place.path) return source_before(a.place.path, b.place.path);
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    outcome_.failed = has_errors(all);
  }

  void check_given(std::vector<Diagnostic>& all) const {
    if (request_.is_partial()) return;
    for (Diagnostic& found : check_scans(inputs_, gathered_.code.idle))
      all.push_back(std::move(found));
    std::vector<Finding> findings =
        check_base_context(inputs_.settings.context, outcome_.head.registries);
    for (Finding& found : check_define(inputs_, gathered_, outcome_.head.predicates))
      findings.push_back(std::move(found));
    if (findings.empty()) return;
    for (Diagnostic& found : placed(std::move(findings), inputs_, gathered_, request_))
      all.push_back(std::move(found));
  }

  void add_news(const KnownSource& known, const KnownSource& now) {
    for (const Diagnostic& found : now.findings) {
      if (!is_known(known, found)) outcome_.diagnostics.push_back(found);
    }
    if (!known.failed() || !now.failed()) return;
    outcome_.diagnostics.push_back(
        warning_at({known.path}, "has errors since it was read, and what is wrong is left out",
                   "`reg auto-register` tries it again"));
  }

  // An error at a known one's place is no news, even if its words name another rival by now.
  static bool is_known(const KnownSource& known, const Diagnostic& found) {
    return std::any_of(known.findings.begin(), known.findings.end(), [&](const Diagnostic& other) {
      return other.severity == found.severity && other.place == found.place;
    });
  }

  const Inputs& inputs_;
  const Plan& plan_;
  const Gathered& gathered_;
  const Request& request_;
  std::vector<Source> views_;
  std::vector<std::vector<SymbolRecord>> old_records_;  // of each source that was not read
  DifferenceCounter counter_;
  Outcome outcome_;
};

}  // namespace

Outcome make_outcome(const Inputs& inputs, const Plan& plan, const Gathered& gathered,
                     const Request& request) {
  return OutcomeMaker(inputs, plan, gathered, request).run();
}

}  // namespace reg
