#include "pin_effect.h"

#include <reg/error.h>
#include <reg/text.h>
#include <cstddef>
#include <vector>

namespace reg::app {

Applying applying_of(const Cache& cache, const std::string& registry, const Pin& pin) {
  try {
    Contest contest = contest_of(cache, registry, pin.oid);
    const Reasoner reasoner(std::move(contest));
    const std::vector<Symbol>& all = reasoner.contest().symbols;
    Applying applying;
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (all[at].target != pin.target) continue;
      applying = reasoner.applying(at);
      // Of several origins, one that applies is enough.
      if (applying.verdict != Verdict::Never) break;
    }
    return applying;
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
