#pragma once
// The last step of a run: what it came to is written.

#include <cache/cache_lock.h>
#include <update/outcome.h>
#include <functional>
#include <vector>

namespace reg {

// Writes the cache, if it changes, and its sidecar, if that does. `before_publish` is called when
// all of the new cache is on the disk and only has to take its name; what it throws leaves the old
// one. Returns a warning if the sidecar cannot be written: the cache is complete without. Throws
// StorageError (Io).
std::vector<Diagnostic> publish(const CacheLock& lock, const Inputs& inputs, const Plan& plan,
                                const GatheredCode& code, const Outcome& outcome,
                                const Observer& observer,
                                const std::function<void()>& before_publish);

}  // namespace reg
