#include <fcntl.h>
#include <sys/stat.h>

#include <update/publish.h>
#include <update/rebuild.h>

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
    // A newer registry.toml that changes nothing must not be warned about for ever.
    if (inputs.workspace.config_newer_than_cache())
      ::utimensat(AT_FDCWD, lock.cache().c_str(), nullptr, 0);
  }
}

// Whether the sidecar that is there says all that is to be said.
bool is_noted(const Inputs& inputs, const Plan& plan, const Outcome& outcome) {
  return !outcome.changed && plan.to_read == 0 && plan.gone == 0 && !plan.restamped &&
         inputs.old->is_noted && !inputs.workspace.config_newer_than_cache();
}

}  // namespace

std::vector<Diagnostic> publish(const CacheLock& lock, const Inputs& inputs, const Plan& plan,
                                const Outcome& outcome, const Observer& observer,
                                const std::function<void()>& before_publish) {
  const bool noted = is_noted(inputs, plan, outcome);
  write_content(lock, inputs, outcome, observer, before_publish);
  if (noted) return {};
  State state;
  state.facts = inputs.facts;
  state.sources = outcome.sources;
  try {
    write_state(lock, std::move(state));
  } catch (const StorageError& error) {
    return {warning_at({state_path(lock.cache()).filename().string()}, error.what(),
                       "the cache is complete, but the next run reads all sources")};
  }
  return {};
}

}  // namespace reg
