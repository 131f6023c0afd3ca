#pragma once
// Contexts that lie in a box.

#include <reason/space.h>
#include <functional>
#include <optional>
#include <span>

namespace reg::reason {

// The first that is accepted of what a caller would give, in a few variants, the simplest first:
// facts that need not be given are not. Facts that the box leaves at the sample keep what `sample`
// has. Not all of them need lie in the box: further conditions are met as far as can be seen;
// whoever wants a witness scores it. `changed`, ascending: the facts that may differ from the
// sample; nullopt: all of them.
std::optional<Context> context_in(const Box& box, const Space& space, const Context& sample,
                                  const std::function<bool(const Context& given)>& accepts,
                                  std::optional<std::span<const FactId>> changed = {});

}  // namespace reg::reason
