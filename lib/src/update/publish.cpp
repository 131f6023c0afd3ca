#include <update/publish.h>
#include <update/rebuild.h>
#include <update/stamps.h>
#include <algorithm>

namespace reg {
namespace {

void write_content(const CacheLock& lock, const Inputs& inputs, const Outcome& outcome,
                   const Observer& observer, const std::function<void()>& before_publish) {
  if (const auto* splice = std::get_if<Splice>(&outcome.content)) {
    if (observer.progress) observer.progress(Phase::Writing, 0, 0);
    write_splice(lock, inputs.old->file, outcome.head, *splice, before_publish);
  } else if (const auto* linked = std::get_if<Linked>(&outcome.content)) {
    write_cache(lock, outcome.head, linked->symbols, observer, before_publish);
  } else {
    if (before_publish) before_publish();
  }
}

// Whether the sidecar that is there says all that is to be said.
bool is_noted(const Inputs& inputs, const Plan& plan, const Outcome& outcome) {
  return !outcome.changed && plan.to_read == 0 && plan.gone == 0 && !plan.restamped &&
         inputs.old->is_noted;
}

void write_state(const CacheLock& lock, const Inputs& inputs, const Outcome& outcome) {
  State state;
  state.facts = inputs.facts;
  state.sources = outcome.sources;
  reg::write_state(lock, std::move(state));
}

// Where other sources are there than were taken in, names that were looked at tell nothing: then
// they are to be looked at again.
bool took_all(const Inputs& inputs, const Outcome& outcome) {
  const std::vector<SourceFile>& there = inputs.discovery.sources;
  return inputs.discovery.unreadable.empty() &&
         std::equal(there.begin(), there.end(), outcome.sources.begin(), outcome.sources.end(),
                    [](const SourceFile& a, const KnownSource& b) { return a.path == b.path; });
}

std::vector<LookedAt> looked_at(const Inputs& inputs, const Outcome& outcome) {
  std::vector<LookedAt> all = inputs.discovery.looked_at;
  for (const KnownSource& source : outcome.sources)  // manual.reg.json, if it was made by this run
    std::erase_if(all, [&](const LookedAt& name) { return name.path == source.path; });
  if (took_all(inputs, outcome)) return all;
  for (const Unreadable& name : inputs.discovery.unreadable) all.push_back({name.path, {}});
  for (LookedAt& name : all) name.stamp = FileStamp{0, 0, 0, 1};
  return all;
}

StampTable stamps_of(const Inputs& inputs, const Outcome& outcome) {
  StampTable table;
  table.refresh = inputs.settings.refresh;
  table.had_errors = !inputs.discovery.unreadable.empty();
  for (const KnownSource& source : outcome.sources) {
    table.sources.push_back({source.path, source.stamp, source.hash});
    table.had_errors |= source.failed();
  }
  table.looked_at = looked_at(inputs, outcome);
  for (const SourceEntry& entry : inputs.settings.sources) table.patterns.push_back(entry.pattern);
  table.exclude = inputs.settings.exclude;
  table.sort();
  return table;
}

// The folder in which the cache itself is written has another stamp after every run.
bool says_as_much(const StampTable& old, StampTable now, const Inputs& inputs) {
  const std::string cache_folder =
      inputs.workspace.cache().parent_path().lexically_relative(inputs.workspace.root()).string();
  for (LookedAt& name : now.looked_at) {
    const auto is_it = [&](const LookedAt& other) { return other.path == name.path; };
    const auto before = std::find_if(old.looked_at.begin(), old.looked_at.end(), is_it);
    if (before != old.looked_at.end() && (name.path.empty() ? "." : name.path) == cache_folder)
      name.stamp = before->stamp;
  }
  return old == now;
}

void write_stamps(const CacheLock& lock, const Inputs& inputs, const Outcome& outcome) {
  StampTable table = stamps_of(inputs, outcome);
  table.cache = CacheFile(lock.cache()).header().sum;
  const bool is_there = inputs.old && inputs.old->stamps;
  if (is_there && says_as_much(*inputs.old->stamps, table, inputs)) return;
  reg::write_stamps(lock, table);
}

Diagnostic unwritten(const std::filesystem::path& file, const StorageError& error,
                     const char* consequence) {
  return warning_at({file.filename().string()}, error.what(), consequence);
}

}  // namespace

std::vector<Diagnostic> publish(const CacheLock& lock, const Inputs& inputs, const Plan& plan,
                                const Outcome& outcome, const Observer& observer,
                                const std::function<void()>& before_publish) {
  const bool noted = is_noted(inputs, plan, outcome);
  write_content(lock, inputs, outcome, observer, before_publish);
  try {
    if (!noted) write_state(lock, inputs, outcome);
  } catch (const StorageError& error) {
    return {unwritten(state_path(lock.cache()), error,
                      "the cache is complete, but the next run reads all sources")};
  }
  try {
    write_stamps(lock, inputs, outcome);
  } catch (const StorageError& error) {
    return {unwritten(stamps_path(lock.cache()), error,
                      "the cache is complete, but queries do not notice when sources change")};
  }
  return {};
}

}  // namespace reg
