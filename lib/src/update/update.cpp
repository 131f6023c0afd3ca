#include <manifest/line.h>
#include <scan/scanner.h>
#include <text/json_text.h>
#include <update/dependencies.h>
#include <update/misnamed.h>
#include <update/publish.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

// Whether a line is of that symbol, as one of these publishes it.
bool is_of(std::string_view line, std::string_view target, Whose whose) {
  return line_key(line).value_or(LineKey{}).target == target &&
         (whose == Whose::Anybodys || origin_of_source(line_source_path(line)).empty());
}

// Sorted as a cache is.
bool has_record(const std::vector<SymbolRecord>& symbols, const LineKey& key, Whose whose) {
  auto before = [](const SymbolRecord& record, const LineKey& other) {
    return std::pair(record.registry, record.oid) < std::pair(other.registry, other.oid);
  };
  for (auto at = std::lower_bound(symbols.begin(), symbols.end(), key, before);
       at != symbols.end() && at->registry == key.registry && at->oid == key.oid; ++at) {
    if (is_of(at->line, key.target, whose)) return true;
  }
  return false;
}

bool has_line(const OidEdit& edit, const LineKey& key, Whose whose) {
  return std::any_of(edit.after.begin(), edit.after.end(),
                     [&](const std::string& line) { return is_of(line, key.target, whose); });
}

// The facts that a damaged cache was written with are gone with it, and nobody gave others.
Diagnostic lost_defines(const Inputs& inputs) {
  return warning_at(
      {}, inputs.old_problem + "; it is made anew, without any `--define`s it was written with",
      "if there were some, run `reg auto-register --define KEY=VALUE`");
}

std::string describe(const Inputs& inputs) {
  if (!inputs.old_problem.empty()) return "the old cache is not used: " + inputs.old_problem;
  if (!inputs.old) return "no old cache is used";
  return "the old cache has " + std::to_string(inputs.old->file.symbol_count()) + " symbols" +
         (inputs.old->is_noted ? "" : ", verified") +
         (inputs.old->state ? "" : "; nothing is known of its sources");
}

Inputs told_inputs(const Workspace& workspace, const Request& request) {
  StepLog log(request.options.observer);
  Inputs inputs = read_inputs(workspace, request);
  log.step([&] { return describe(inputs); });
  return inputs;
}

std::string describe(const Plan& plan) {
  return "compared the sources: " + std::to_string(plan.sources.size()) + " to be in the cache, " +
         std::to_string(plan.to_read) + " to be read, " + std::to_string(plan.gone) + " gone";
}

std::string reason_to_read(const PlannedSource& source) {
  return source.why.empty() ? "it is about to be written" : source.why;
}

std::string describe(const Outcome& outcome) {
  if (const auto* splice = std::get_if<Splice>(&outcome.content))
    return "spliced: oids exchanged in the old cache: " + std::to_string(splice->edits.size());
  if (outcome.why_linked.empty()) return "nothing to do";
  const auto* linked = std::get_if<Linked>(&outcome.content);
  return "linked anew, because " + outcome.why_linked + ": " +
         (linked ? std::to_string(linked->symbols.size()) + " symbols" : "nothing changed");
}

}  // namespace

bool has_symbol(const CacheFile& cache, const SymbolName& name, Whose whose) {
  bool found = false;
  const std::string target = escaped_text(name.target);
  cache.each_oid_line(escaped_text(name.registry), escaped_text(name.oid),
                      [&](std::string_view line) {
                        found |= cache.key_of(line).target == target && is_of(line, target, whose);
                      });
  return found;
}

// An old cache that turns out to be damaged is none.
Update::Update(const Workspace& workspace, Request request)
    : request_(std::move(request)), inputs_(told_inputs(workspace, request_)) {
  try {
    follow();
  } catch (const BrokenCache& error) {
    inputs_.old = nullptr;
    inputs_.old_problem = error.what();
    StepLog(request_.options.observer).say([this] { return describe(inputs_); });
    follow();
  }
}

void Update::follow() {
  StepLog log(request_.options.observer);
  plan_ = make_plan(inputs_, request_);
  tell_plan(log);
  log.step([this] { return describe(plan_); });
  gathered_ = gather(inputs_, plan_, request_);
  log.step([this] { return "sources read: " + std::to_string(read_count()); });
  outcome_ = make_outcome(inputs_, plan_, gathered_, request_);
  log.step([this] { return describe(outcome_); });
}

// What is done about each source, and why.
void Update::tell_plan(const StepLog& log) const {
  std::set<std::string_view> planned;
  for (const PlannedSource& source : plan_.sources) {
    planned.insert(source.file.path);
    if (source.read) {
      log.say([&] { return "to be read: " + source.file.path + ": " + reason_to_read(source); });
    } else {
      log.detail([&] {
        return "not read: " + source.file.path +
               (source.restamped ? ": has other times or another inode, and the same content" : "");
      });
    }
  }
  if (inputs_.state() == nullptr) return;
  for (const KnownSource& known : inputs_.state()->sources) {
    if (is_code(known.kind)) continue;
    if (!planned.contains(known.path)) log.say([&] { return "gone: " + known.path; });
  }
}

std::size_t Update::read_count() const {
  return gathered_.code.read +
         static_cast<std::size_t>(
             std::count_if(gathered_.begin(), gathered_.end(), [](const GatheredSource& source) {
               return source.is_read() && !is_code(source.kind);
             }));
}

std::optional<FieldType> Update::type_elsewhere(const std::string& registry,
                                                const std::string& field) const {
  std::optional<FieldType> elsewhere;
  for (const GatheredSource& source : gathered_) {
    for (const RegistryDeclaration& declared : source.declarations->registries) {
      if (declared.name != registry) continue;
      for (const DeclaredField& one : declared.fields) {
        if (one.field.name != field) continue;
        if (origin_of_source(source.path).empty()) return std::nullopt;
        if (!elsewhere) elsewhere = one.field.type;
      }
    }
  }
  return elsewhere;
}

bool Update::has(const SymbolName& name, Whose whose) const {
  const std::string registry = escaped_text(name.registry), oid = escaped_text(name.oid),
                    target = escaped_text(name.target);
  const LineKey key{registry, oid, target};
  if (const auto* linked = std::get_if<Linked>(&outcome_.content))
    return has_record(linked->symbols, key, whose);
  if (const auto* splice = std::get_if<Splice>(&outcome_.content)) {
    for (const OidEdit& edit : splice->edits) {
      if (edit.registry == registry && edit.oid == oid) return has_line(edit, key, whose);
    }
  }
  return has_symbol(inputs_.old->file, name, whose);
}

// A rehearsal that asks whether the cache is up to date wants to know of every source that is not
// as it was read, even if it comes to the same; without a sidecar, the content tells.
bool Update::is_changed() const {
  if (outcome_.changed || request_.options.mode != WriteMode::Check) return outcome_.changed;
  if (inputs_.state() == nullptr) return false;
  return plan_.to_read + plan_.gone > bare_objects_changed() ||
         gathered_.code.sum != inputs_.state()->code;
}

// Object files that come and go, or are read anew, and declare nothing all the while.
std::size_t Update::bare_objects_changed() const {
  if (plan_.to_read + plan_.gone == 0) return 0;
  std::set<std::string_view> bare, planned;
  for (const KnownSource& source : outcome_.sources) {
    if (source.is_bare_object()) bare.insert(source.path);
  }
  std::size_t count = 0;
  for (const PlannedSource& source : plan_.sources) {
    planned.insert(source.file.path);
    const bool was_bare = source.known == nullptr || source.known->is_bare_object();
    count += source.read && was_bare && bare.contains(source.file.path) ? 1 : 0;
  }
  for (const KnownSource& source : inputs_.state()->sources)
    count += source.is_bare_object() && !planned.contains(source.path) ? 1 : 0;
  return count;
}

AutoRegisterReport Update::report() const {
  AutoRegisterReport report;
  report.diagnostics = outcome_.diagnostics;
  if (request_.keeps_define() && request_.options.mode == WriteMode::Write &&
      !inputs_.old_problem.empty()) {
    report.diagnostics.push_back(lost_defines(inputs_));
  }
  if (!request_.is_partial() && request_.defines == Defines::None) {
    for (Diagnostic& warning : misnamed_manifests(inputs_))
      report.diagnostics.push_back(std::move(warning));
  }
  report.objects = static_cast<std::size_t>(std::count_if(
      outcome_.sources.begin(), outcome_.sources.end(), std::mem_fn(&KnownSource::is_bare_object)));
  report.sources = plan_.sources.size() - report.objects;
  report.code = gathered_.code.stamps.size();
  report.read = read_count();
  for (const KnownSource& source : outcome_.sources) {
    report.seen += source.declarations->seen.size();
    if (request_.options.detail == Detail::Counts) continue;
    const auto& seen = source.declarations->seen;
    report.seen_in_code.insert(report.seen_in_code.end(), seen.begin(), seen.end());
  }
  for (const RegistryInfo& info : outcome_.head.registries) report.symbols += info.symbols;
  report.registries = outcome_.head.registries.size();
  report.difference = outcome_.difference;
  report.old_problem = inputs_.old_problem;
  report.changes = outcome_.changes;
  for (const KnownSource& source : outcome_.sources) {
    report.left_out += source.left_out.size();
    if (request_.options.detail == Detail::Counts) continue;
    for (const SymbolRecord& record : source.left_out)
      report.left_out_symbols.push_back(left_out_symbol(record, source.path));
  }
  report.changed = is_changed();
  report.failed = outcome_.failed;
  if (request_.options.list_dependencies)
    report.dependencies = dependencies(inputs_, gathered_.code);
  return report;
}

AutoRegisterReport Update::publish(const CacheLock& lock,
                                   const std::function<void()>& before_publish) const {
  AutoRegisterReport report = this->report();
  if (report.failed && request_.options.keep_going == KeepGoing::No) return report;
  StepLog log(request_.options.observer);
  for (Diagnostic& warning : reg::publish(lock, inputs_, plan_, gathered_.code, outcome_,
                                          request_.options.observer, before_publish)) {
    report.diagnostics.push_back(std::move(warning));
  }
  log.step([&] {
    return std::string(outcome_.changed ? "wrote the cache" : "the cache was left as it is");
  });
  return report;
}

LockWait lock_wait(const Workspace& workspace, const Observer& observer) {
  auto timeout = [&workspace] {
    double seconds = Settings{}.lock_timeout;
    try {
      const std::string text = read_file(workspace.config()).text;
      seconds = read_config(text, Workspace::config_name).settings.lock_timeout;
    } catch (const StorageError&) {  // whoever holds the lock next will say what is wrong with it
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  };
  return {timeout, observer.waiting};
}

LeftOut left_out_symbol(const SymbolRecord& record, const std::string& path) {
  const std::string when = line_directives(record.line).value_or(LineDirectives{}).when;
  return {unescape(record.registry),
          unescape(record.oid),
          unescape(record.target),
          {path, record.at.line, record.at.column},
          when};
}

}  // namespace reg
