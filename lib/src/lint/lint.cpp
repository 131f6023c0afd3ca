#include <cache/head_lines.h>
#include <lint/given_facts.h>
#include <lint/placing.h>
#include <lint/reasoned_findings.h>
#include <lint/registry_findings.h>
#include <lint/workspace_findings.h>
#include <manifest/manifest.h>
#include <predicate/origin.h>
#include <reg/text.h>
#include <reg/workspace.h>
#include <select/inside_view.h>
#include <text/hash.h>
#include <text/json_text.h>
#include <workspace/files.h>
#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <tuple>

namespace reg {
namespace linting {
namespace {

constexpr const char* reasoned_codes[] = {"never-applies", "shadowed", "always-ties",
                                          "always-holds"};

void check(const LintSettings& levels) {
  for (const auto* list : {&levels.allow, &levels.warn, &levels.deny}) {
    for (const std::string& code : *list) {
      if (auto unknown = lint_code_problem(code, LintCodesOf::Settings))
        throw UsageError(unknown->message, std::move(unknown->hint));
    }
  }
  if (const auto twice = set_twice(levels))
    throw UsageError(in_quotes(*twice) + " is given two levels", "give it one");
}

std::string fingerprint_of(const LintFinding& finding) {
  std::string text;
  for (const std::string* part :
       {&finding.code, &finding.registry, &finding.oid, &finding.target, &finding.subject}) {
    text += *part;
    text += '\n';
  }
  return hex_of(hash_of(text));
}

// What makes two findings the same remark on one declaration: what a merge copied, or what several
// registries have of one.
auto remark(const LintFinding& finding) {
  std::vector<std::tuple<std::string, std::uint32_t, std::uint32_t>> others;
  for (const RelatedPlace& each : finding.related)
    others.emplace_back(each.place.path, each.place.line, each.place.column);
  return std::tuple(finding.place.path, finding.place.line, finding.place.column, finding.code,
                    finding.oid, finding.target, finding.subject, std::move(others));
}

// What a remark on a copy would repeat of its original, whoever else is named with either. Nothing,
// where these are what it is about.
std::optional<std::string> repeatable(const LintFinding& finding) {
  if (finding.code == "always-ties") return std::nullopt;
  std::string text = finding.place.to_string();
  for (const std::string* part : {&finding.code, &finding.oid, &finding.target, &finding.subject})
    text += '\n' + *part;
  return text;
}

// One run over a cache.
class Run {
 public:
  Run(const Cache& cache, const LintOptions& options)
      : cache_(cache),
        options_(options),
        settings_(lint_settings(cache)),
        file_(InsideView::file(cache)),
        declared_(Declared::of(cache)),
        named_(cache.predicates()),
        base_(cache.base_context()),
        readings_(named_) {
    check(options.levels);
  }

  LintReport report() {
    const std::vector<RegistryInfo> all = cache_.registries();
    note_known_facts(all);
    for (const RegistryInfo& registry : chosen(all)) look_at(registry);
    if (declared_ && options_.registries.empty())
      find_in_workspace({all, named_, base_, *declared_}, found_);
    if (declared_) place(found_, *declared_, file_.root());
    return finished();
  }

 private:
  LintLevel level_of(std::string_view code) const {
    const auto given = lint_level(options_.levels, code);
    return given ? *given : lint_level(settings_, code).value_or(LintLevel::Warn);
  }

  std::vector<RegistryInfo> chosen(const std::vector<RegistryInfo>& all) const {
    if (options_.registries.empty()) return all;
    std::vector<RegistryInfo> some;
    for (const std::string& name :
         std::set<std::string>(options_.registries.begin(), options_.registries.end()))
      some.push_back(cache_.require_registry(name));
    return some;
  }

  void note_known_facts(const std::vector<RegistryInfo>& all) {
    known_facts_ = paths_in(base_);
    for (const RegistryInfo& registry : all) {
      for (const Fact& fact : registry.context) known_facts_.insert(fact.path);
    }
  }

  bool reasons() const {
    return std::any_of(std::begin(reasoned_codes), std::end(reasoned_codes),
                       [&](const char* code) { return level_of(code) != LintLevel::Allow; });
  }

  void look_at(const RegistryInfo& registry) {
    Usage usage(file_, registry, readings_);
    ReasonedFindings reasoned(registry, {named_, base_, options_.reasoning}, readings_, found_);
    each_oid(registry, usage, reasoned);
    const RegistryPlaces* places = declared_ ? declared_->registry(registry.name) : nullptr;
    reasoned.finish(places);
    undecided_ += reasoned.undecided();
    if (!declared_) return;
    declared_->each_left_out(escaped_text(registry.name), [&](std::string_view line) {
      if (const auto text = split_line(line)) usage.add(*text, line);
    });
    find_in_registry({file_, registry, usage, *declared_, known_facts_}, found_);
  }

  // Reads every line once, and has the implementations of one oid in memory.
  void each_oid(const RegistryInfo& registry, Usage& usage, ReasonedFindings& reasoned) {
    const bool reasons_too = reasons();
    std::vector<Entrant> entrants;
    const auto end_oid = [&] {
      if (!entrants.empty()) reasoned.look_at(std::exchange(entrants, {}));
    };
    std::string oid;
    cache_.each_symbol(registry.name, [&](const SymbolView& symbol) {
      const std::string_view line = InsideView::line(symbol);
      const auto text = split_line(line);
      if (!text) file_.broken("a symbol is not laid out as it must be");
      usage.add(*text, line);
      // What others publish is not reported on, and comes and goes.
      if (!reasons_too || !origin_of_source(text->source.path).empty()) return true;
      if (text->key.oid != oid) end_oid();
      oid = text->key.oid;
      Entrant entrant{symbol.symbol(), !text->merged.empty()};
      note_allowed(entrant.symbol);
      if (!reads_origin(*text, registry)) entrants.push_back(std::move(entrant));
      return true;
    });
    end_oid();
  }

  // Whether it is scored by whose publication it is from. Here it is from none, and with others
  // from this workspace's: nothing that holds of it for all contexts here holds there, nor of what
  // it beats.
  bool reads_origin(const LineText& text, const RegistryInfo& registry) {
    if (registry.field(origin_field) != nullptr) return false;
    if (text.select.empty() && !registry.select) return false;
    const Reading& reading =
        text.select.empty() ? readings_.of(*registry.select) : readings_.of_escaped(text.select);
    return reading.fields.contains(std::string(origin_field));
  }

  void note_allowed(const Symbol& symbol) {
    for (const std::string& code : symbol.allow)
      allowed_.emplace(symbol.registry, symbol.oid, symbol.target, code);
  }

  bool is_allowed(const LintFinding& finding) const {
    if (level_of(finding.code) == LintLevel::Allow) return true;
    return allowed_.contains({finding.registry, finding.oid, finding.target, finding.code});
  }

  // Originals before copies, so that these are the ones that are left out.
  void leave_out_repeated() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Found& a, const Found& b) { return a.copied < b.copied; });
    std::set<decltype(remark(LintFinding{}))> seen;
    std::set<std::string> of_originals;
    std::erase_if(found_, [&](const Found& found) {
      const bool is_own = origin_of_source(found.finding.place.path).empty();
      if (!is_own || is_allowed(found.finding) || !seen.insert(remark(found.finding)).second)
        return true;
      const std::optional<std::string> text = repeatable(found.finding);
      if (!text) return false;
      if (found.copied) return of_originals.contains(*text);
      of_originals.insert(*text);
      return false;
    });
  }

  LintReport finished() {
    leave_out_repeated();
    LintReport report;
    report.undecided = undecided_;
    report.declarations_known = declared_.has_value();
    for (Found& found : found_) {
      LintFinding& finding = report.findings.emplace_back(std::move(found.finding));
      finding.level = level_of(finding.code);
      finding.fingerprint = fingerprint_of(finding);
      if (finding.level == LintLevel::Deny) ++report.denied;
    }
    std::sort(report.findings.begin(), report.findings.end(),
              [](const LintFinding& a, const LintFinding& b) {
                return std::tie(a.place.path, a.place.line, a.place.column, a.code, a.registry,
                                a.oid, a.target, a.subject) <
                       std::tie(b.place.path, b.place.line, b.place.column, b.code, b.registry,
                                b.oid, b.target, b.subject);
              });
    return report;
  }

  const Cache& cache_;
  const LintOptions& options_;
  const LintSettings settings_;
  const CacheFile& file_;
  const std::optional<Declared> declared_;
  const PredicateSet named_;
  const Context base_;
  Readings readings_;
  std::set<std::string> known_facts_;
  std::set<std::tuple<std::string, std::string, std::string, std::string>> allowed_;
  AllFound found_;
  std::size_t undecided_ = 0;
};

// What `[lint]` said when the cache was written.
LintSettings noted_settings(const CacheFile& file) {
  std::optional<WorkspaceText> workspace;
  file.each_line(file.workspace(), [&](std::string_view line, std::uint64_t) {
    workspace = workspace_from(file.parsed_context(file.member_of(line).value));
    return true;
  });
  if (!workspace) file.broken("does not say what its workspace is");
  return std::move(workspace->lint);
}

}  // namespace
}  // namespace linting

LintSettings lint_settings(const Cache& cache) {
  const CacheFile& file = InsideView::file(cache);
  if (file.root().empty()) return linting::noted_settings(file);
  const std::filesystem::path path = file.root() / Workspace::config_name;
  ConfigFile config = read_config(read_file(path).text, Workspace::config_name);
  if (config.state != SettingsState::Good)
    throw InputError(std::move(config.declarations.diagnostics));
  return std::move(config.settings.lint);
}

LintReport lint(const Cache& cache, const LintOptions& options) {
  return linting::Run(cache, options).report();
}

}  // namespace reg
