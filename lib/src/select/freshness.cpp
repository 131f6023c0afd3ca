#include <cache/cache_file.h>
#include <cache/head_lines.h>
#include <reg/open_cache.h>
#include <reg/text.h>
#include <text/json_text.h>
#include <update/look.h>
#include <update/step_log.h>
#include <workspace/files.h>
#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace reg {

// What knows of a cache which one it is.
class Freshening {
 public:
  static std::optional<StampFile> stamps_of(const Workspace& workspace, const Cache& cache) {
    return StampFile::open(workspace.cache(), cache.file_->header().sum);
  }
  static LookAround around(const Workspace& workspace, const Cache& cache) {
    return {workspace, stamp_of(cache.file_->descriptor(), cache.path()).modified};
  }
  static Json defines_of(const CacheFile& file) {
    Json defines = Json::object();
    file.each_line(file.workspace(), [&](std::string_view line, std::uint64_t) {
      const auto text = workspace_from(file.parsed_context(file.member_of(line).value));
      if (text) defines = text->defines;
      return true;
    });
    return defines;
  }
  static Json defines_of(const Cache& cache) { return defines_of(*cache.file_); }
};

namespace {

// With more sources and folders than this, a query that only warns does not look at all of them.
constexpr std::size_t few = 64;

Freshness look_at_all(const Workspace& workspace, const Cache& cache, const StampFile& stamps) {
  const auto table = stamps.whole();
  if (!table) return {};
  return look_at_all(Freshening::around(workspace, cache), *table);
}

Freshness look(const Workspace& workspace, const Cache& cache) {
  const auto stamps = Freshening::stamps_of(workspace, cache);
  return stamps ? look_at_all(workspace, cache, *stamps) : Freshness{};
}

// The words for a report: those of its first error.
std::string first_error(const AutoRegisterReport& report) {
  std::size_t errors = 0;
  std::string first;
  for (const Diagnostic& each : report.diagnostics) {
    if (each.severity != Severity::Error || errors++ != 0) continue;
    first = each.place.to_string() + ": " + each.message;
  }
  return errors > 1 ? first + " (and " + std::to_string(errors - 1) + " more)" : first;
}

// Why the cache could not be brought up to date; empty: it was.
struct Problem {
  std::string text, hint;
};

Problem try_refresh(const Workspace& workspace, const Observer& observer) {
  try {
    const AutoRegisterReport report = refresh_cache(workspace, observer);
    return {report.failed ? first_error(report) : std::string(), {}};
  } catch (const InputError& error) {
    if (error.diagnostics().empty()) return {error.what(), error.hint()};
    AutoRegisterReport report;
    report.diagnostics = error.diagnostics();
    return {first_error(report), {}};
  } catch (const RegistryError& error) {
    return {error.what(), error.hint()};
  }
}

std::int64_t now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

// What is older than a run that looked into all sources is as that run found it, even where its
// stamp could not be noted.
Freshness look_since(std::int64_t run_began, const Workspace& workspace, const Cache& cache) {
  const auto stamps = Freshening::stamps_of(workspace, cache);
  const auto table = stamps ? stamps->whole() : std::nullopt;
  if (!table) return {};
  LookAround around = Freshening::around(workspace, cache);
  around.cache_time = std::max(around.cache_time, run_began);
  Freshness found = look_at_all(around, *table);
  found.unread.clear();
  return found;
}

std::string what_was_found(const Freshness& found, const StampFile& stamps) {
  const std::string changes = describe(found);
  return "looked at " + std::to_string(stamps.size()) +
         " sources and folders: " + (changes.empty() ? "nothing changed" : changes);
}

void tell_unread(const StepLog& log, const Freshness& found) {
  for (const std::string& path : found.unread) {
    log.detail([&] { return "too large to be read now: " + path + ", which has another time"; });
  }
}

// Where the sources may have changed, or nothing is known of them.
OpenedCache open_refreshed(OpenedCache old, const Workspace& workspace, const Observer& observer) {
  const std::int64_t began = now();
  const Problem problem = try_refresh(workspace, observer);
  old.problem = problem.text;
  old.hint = problem.hint;
  if (!old.problem.empty()) return old;
  OpenedCache opened{Cache::open(workspace)};
  opened.freshness = look_since(began, workspace, opened.cache);
  return opened;
}

// Where there is no cache that could answer, one is made.
OpenedCache open_made(const Workspace& workspace, const Observer& observer) {
  try {
    return {Cache::open(workspace)};
  } catch (const StaleCache&) {
    throw;
  } catch (const StorageError& error) {
    const Problem problem = try_refresh(workspace, observer);
    if (!problem.text.empty()) {
      throw StorageError(error.kind(),
                         std::string(error.what()) + ", and cannot be made: " + problem.text,
                         problem.hint.empty() ? error.hint() : problem.hint);
    }
    return {Cache::open(workspace)};
  }
}

}  // namespace

Freshness look(const Workspace& workspace) { return look(workspace, Cache::open(workspace)); }

Freshness look_at(const Workspace& workspace, const Cache& cache,
                  const std::vector<std::string>& paths,
                  const std::vector<std::string>& registries) {
  const auto stamps = Freshening::stamps_of(workspace, cache);
  if (!stamps) return {};
  std::vector<std::string> all = {Workspace::config_name};
  for (const std::string& path : paths) all.push_back(unescape(path));
  std::vector<std::string> names;
  for (const std::string& name : registries) names.push_back(unescape(name));
  return look_at_some(Freshening::around(workspace, cache), *stamps, std::move(all),
                      std::move(names));
}

Json defines_of(const Cache& cache) { return Freshening::defines_of(cache); }

std::string describe(const Freshness& freshness) {
  const std::size_t count = freshness.changed.size();
  if (count == 0) return {};
  std::string text = count == 1 ? "1 source" : std::to_string(count) + " sources";
  text += " changed since the cache was written:";
  constexpr std::size_t most = 8;
  for (std::size_t i = 0; i < std::min(count, most); ++i) {
    const SourceChange& change = freshness.changed[i];
    text += (i == 0 ? " " : ", ") + change.path;
    if (change.state == SourceState::Failed) text += " (cannot be looked at)";
    if (change.state == SourceState::New || change.state == SourceState::Gone)
      text += std::string(" (") + to_string(change.state) + ')';
  }
  return count > most ? text + ", and " + std::to_string(count - most) + " more" : text;
}

std::optional<Refresh> refresh_from_environment() {
  const char* given = std::getenv("REG_REFRESH");
  if (given == nullptr || *given == '\0') return std::nullopt;
  if (const auto known = refresh_named(given)) return known;
  const std::string hint = did_you_mean(given, {"warn", "auto", "off"});
  throw UsageError("REG_REFRESH is \"" + std::string(given) + '"',
                   hint.empty() ? "one of warn, auto, off" : hint);
}

std::optional<AutoRegisterReport> refresh_if_needed(const Workspace& workspace,
                                                    const Observer& observer) {
  try {
    const Freshness found = look(workspace);
    if (found.is_fresh() && !found.had_errors) return std::nullopt;
  } catch (const StorageError&) {  // there is no cache yet, or none that can be used
  }
  return refresh_cache(workspace, observer);
}

OpenedCache open_cache(const Workspace& workspace, std::optional<Refresh> refresh,
                       const Observer& observer) {
  const std::optional<Refresh> given = refresh_from_environment();
  if (!refresh) refresh = given;
  OpenedCache opened = refresh == Refresh::Auto ? open_made(workspace, observer)
                                                : OpenedCache{Cache::open(workspace)};
  if (refresh == Refresh::Off) return opened;
  const auto stamps = Freshening::stamps_of(workspace, opened.cache);
  const Refresh policy = refresh.value_or(stamps ? stamps->refresh() : Refresh::Off);
  const StepLog log(observer);
  if (!stamps) log.say([] { return std::string("nothing is known of the cache's sources"); });
  if (policy == Refresh::Off) return opened;
  if (policy == Refresh::Warn && stamps && stamps->size() > few) {
    opened.look_afterwards = true;
  } else if (stamps) {
    opened.freshness = look_at_all(workspace, opened.cache, *stamps);
    log.say([&] { return what_was_found(opened.freshness, *stamps); });
    tell_unread(log, opened.freshness);
  }
  if (policy != Refresh::Auto || opened.freshness.is_fresh()) return opened;
  return open_refreshed(std::move(opened), workspace, observer);
}

}  // namespace reg
