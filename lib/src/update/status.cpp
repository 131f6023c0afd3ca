#include <cache/load_failures.h>
#include <reg/status.h>
#include <update/matched_objects.h>
#include <update/plan.h>
#include <update/update.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool remove_file(const fs::path& file) {
  std::error_code error;
  bool removed = fs::remove(file, error);
  if (error)
    throw StorageError(ErrorKind::Io, "cannot remove " + file.string() + ": " + error.message());
  return removed;
}

// Held as by those who write the cache.
CacheLock lock_of(const Workspace& workspace, const Observer& observer) {
  return {workspace.cache(), lock_wait(workspace, observer)};
}

// The marker is an empty file; anything else of its name is not ours.
bool remove_marker(const fs::path& marker) {
  std::error_code error;
  if (fs::is_regular_file(fs::symlink_status(marker, error)) && fs::file_size(marker, error) != 0) {
    throw StorageError(ErrorKind::Io,
                       "the file " + marker.string() + " is not what `reg lock` makes",
                       "move it away, or keep the cache under another name");
  }
  return remove_file(marker);
}

void describe_cache(const Inputs& inputs, Status& status) {
  status.frozen = is_frozen(inputs.workspace.cache());
  status.why = inputs.old_problem;
  if (!inputs.old_problem.empty()) status.cache = CacheState::Broken;
  if (!inputs.old) return;
  status.cache = CacheState::Well;
  status.symbols = inputs.old->file.symbol_count();
  status.define = inputs.old->head.defines;
}

// Of what is still declared.
std::vector<FailedLibrary> failures_of(const Inputs& inputs) {
  std::vector<FailedLibrary> failures;
  for (LoadFailure& failure : known_failures(inputs.workspace.cache())) {
    if (inputs.old &&
        !has_symbol(inputs.old->file, {failure.registry, failure.oid, failure.target}))
      continue;
    failures.push_back({std::move(failure.library), std::move(failure.target),
                        std::move(failure.declared), std::move(failure.failure),
                        std::move(failure.reason), std::move(failure.noticed)});
  }
  return failures;
}

// A registry that is not there any more is in the sidecar only.
std::vector<PinStatus> pins_of(const Inputs& inputs) {
  if (!inputs.old) return {};
  std::map<std::pair<std::string, std::string>, Pin> pins;  // by registry and oid
  for (const RegistryInfo& info : inputs.old->head.registries) {
    for (const Pin& pin : info.pins) pins[{info.name, pin.oid}] = pin;
  }
  if (inputs.state() != nullptr) {
    for (const KnownSource& source : inputs.state()->sources) {
      for (const PinDeclaration& one : source.declarations->pins)
        pins[{one.registry, one.pin.oid}] = one.pin;
    }
  }
  std::vector<PinStatus> all;
  for (auto& [name, pin] : pins) {
    const bool registered = has_symbol(inputs.old->file, {name.first, pin.oid, pin.target});
    all.push_back({name.first, std::move(pin), registered});
  }
  return all;
}

// What an origin publishes and cannot be used counts as empty, and is known as that: no run has to
// look at it again.
SourceStatus status_of(const PlannedSource& source) {
  SourceStatus status{source.file.path, kind_of(source), source.state, source.why};
  if (source.state != SourceState::Fresh || origin_of_source(status.path).empty()) return status;
  const std::vector<Diagnostic>& found = source.known->declarations->diagnostics;
  if (found.empty()) return status;
  status.state = SourceState::Failed;
  status.why = "had errors when it was read: " + found.front().message;
  return status;
}

// Files that declare nothing and are as they were are too many to be named.
void add_code(std::vector<PlannedCode> code, Status& status) {
  for (PlannedCode& file : code) {
    if (file.state == SourceState::Fresh && !file.declares) {
      ++status.code;
    } else {
      status.sources.push_back(
          {std::move(file.path), std::move(file.kind), file.state, std::move(file.why)});
    }
  }
}

// Libraries that are matched are named only where they are not as they were.
void add_matched(const Inputs& inputs, std::vector<SourceStatus>& sources) {
  if (!inputs.old || !inputs.old->stamps) return;
  MatchedObjects objects(inputs.workspace);
  for (const SourceStamp& known : inputs.old->stamps->sources) {
    if (known.reads != Reads::ObjectExports) continue;
    const MatchedObject& now = objects.at(known.path);
    if (now.failed()) {
      const std::string why = now.exports.problem->message.substr(known.path.size() + 2);
      sources.push_back(
          {known.path, "matched object", SourceState::Failed, "is matched, and " + why});
    } else if (now.stamp.hash != known.hash) {
      const char* why = is_of_nothing(now.stamp) ? "is matched, and not there any more"
                        : is_of_nothing(known)   ? "is matched, and was not there"
                                                 : "is matched, and exports other functions";
      sources.push_back({known.path, "matched object", SourceState::Changed, why});
    }
  }
}

// Of what is no source for all that is known.
void add_unreadable(const Discovery& discovery, std::vector<SourceStatus>& sources) {
  for (const Unreadable& unreadable : discovery.unreadable) {
    auto is_it = [&](const SourceStatus& source) { return source.path == unreadable.path; };
    if (std::any_of(sources.begin(), sources.end(), is_it)) continue;
    sources.push_back({unreadable.path.empty() ? "." : unreadable.path, "unknown",
                       SourceState::Failed, unreadable.why});
  }
}

// Without a sidecar nothing is known of the sources but what they declare: where it comes to what
// the cache has, they are as they were when it was written.
void compare_contents(const Workspace& workspace, std::vector<SourceStatus>& sources) {
  Request request;
  request.options.mode = WriteMode::Check;
  const AutoRegisterReport report = Update(workspace, request).report();
  std::set<std::string> failed;
  for (const Diagnostic& each : report.diagnostics) {
    if (each.severity == Severity::Error) failed.insert(each.place.path);
  }
  for (SourceStatus& source : sources) {
    if (failed.contains(source.path)) {
      source.state = SourceState::Failed;
      source.why = "has errors";
    } else if (!report.changed) {
      source.state = SourceState::Fresh;
      source.why.clear();
    }
  }
}

}  // namespace

const char* to_string(CacheState state) {
  switch (state) {
    case CacheState::Well:
      return "well";
    case CacheState::Missing:
      return "missing";
    case CacheState::Broken:
      return "broken";
  }
  return "unknown";
}

const char* to_string(SourceState state) {
  switch (state) {
    case SourceState::Fresh:
      return "fresh";
    case SourceState::Changed:
      return "changed";
    case SourceState::New:
      return "new";
    case SourceState::Gone:
      return "gone";
    case SourceState::Failed:
      return "failed";
  }
  return "unknown";
}

Status status(const Workspace& workspace) {
  const Inputs inputs = read_inputs(workspace, {});
  Status status;
  describe_cache(inputs, status);
  status.failures = failures_of(inputs);
  status.pins = pins_of(inputs);
  for (const PlannedSource& source : compare_sources(inputs)) {
    if (source.state == SourceState::Fresh && source.known->is_bare_object())
      ++status.objects;
    else
      status.sources.push_back(status_of(source));
  }
  add_code(compare_code(inputs), status);
  add_matched(inputs, status.sources);
  std::sort(
      status.sources.begin(), status.sources.end(),
      [](const SourceStatus& a, const SourceStatus& b) { return source_before(a.path, b.path); });
  add_unreadable(inputs.discovery, status.sources);
  if (inputs.old && inputs.state() == nullptr) compare_contents(workspace, status.sources);
  if (inputs.state() == nullptr) return status;
  for (const KnownSource& source : inputs.state()->sources) {
    for (const SymbolRecord& record : source.left_out)
      status.left_out.push_back(left_out_symbol(record, source.path));
    const auto& seen = source.declarations->seen;
    status.seen.insert(status.seen.end(), seen.begin(), seen.end());
  }
  return status;
}

bool freeze_cache(const Workspace& workspace, const Observer& observer) {
  const CacheLock lock = lock_of(workspace, observer);
  if (is_frozen(lock.cache())) return false;
  AtomicFile(frozen_marker(lock.cache())).commit();
  return true;
}

bool thaw_cache(const Workspace& workspace, const Observer& observer) {
  const CacheLock lock = lock_of(workspace, observer);
  return remove_marker(frozen_marker(lock.cache()));
}

bool cache_frozen(const Workspace& workspace) { return is_frozen(workspace.cache()); }

bool clear_cache(const Workspace& workspace, const Observer& observer) {
  const CacheLock lock = lock_of(workspace, observer);
  refuse_if_frozen(lock.cache());
  bool removed = false;
  for (const auto& file : {lock.cache(), state_path(lock.cache()), stamps_path(lock.cache()),
                           accounts_path(lock.cache())})
    removed |= remove_file(file);
  return remove_failures(lock.cache()) || removed;
}

}  // namespace reg
