#pragma once
// What a pin does, whatever is asked.

#include <reg/cache.h>
#include <reg/reasoning.h>
#include <string>

namespace reg::app {

// Whether what is pinned applies. Undecided where it cannot be told, or is not registered.
Applying applying_of(const Cache& cache, const std::string& registry, const Pin& pin);
// `never applies`; with the facts of [context] that this rests on.
std::string never_applies(const Applying& applying);

}  // namespace reg::app
