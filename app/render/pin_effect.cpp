#include "pin_effect.h"

#include <reg/error.h>
#include <reg/text.h>
#include <algorithm>

namespace reg::app {

Applying applying_of(const Cache& cache, const std::string& registry, const Pin& pin) {
  try {
    Contest contest = contest_of(cache, registry, pin.oid);
    const auto& all = contest.symbols;
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Symbol& symbol) { return symbol.target == pin.target; });
    if (found == all.end()) return {};
    const auto at = static_cast<std::size_t>(found - all.begin());
    return Reasoner(std::move(contest)).applying(at);
  } catch (const RegistryError&) {
    return {};
  }
}

std::string never_applies(const Applying& applying) {
  std::string text = "never applies";
  if (!applying.rests_on.empty()) text += ", as [context] has " + joined(applying.rests_on);
  return text;
}

}  // namespace reg::app
