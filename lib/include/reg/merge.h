#pragma once
/// @file merge.h
/// Copies of other registries' symbols: `merge`.
///
/// Threads: needs exclusive access to the registry that is merged into and its store; nobody may
/// change the others meanwhile.
///
/// ```cpp
/// reg::Registry models("Model", {.extra_field = {{"depth"}}}), backbones("Backbone");
/// models.register_module("nets.ResNet", {{"depth", 50}});
/// assert(reg::merge(backbones, models) == 1);
/// assert(backbones.object_by_id("ResNet").target == "nets.ResNet");
/// assert(reg::merge(backbones, models) == 0);   // it is there already
/// ```

#include <reg/registry.h>
#include <cstddef>
#include <functional>
#include <vector>

namespace reg {

/// Copies all symbols of another registry under their oids, with the info for the fields that both
/// declare and the predicate that scored them there (ExCore: `merge`). The facts that these
/// predicates read join the context of `into`, where it declares one, with their types. Returns how
/// many came in; 0 while registration is locked. All or none.
///
/// A registration that is there already, by whatever way it came, is one, and stays as it is: it is
/// told from others by itself, not by its names. A copy takes its factory and its hook along; it
/// brings no `force`, `clear` or `replaces` of its own. Merging what the merged view of all
/// registries shows copies what `into` has not got.
/// @throws InputError, with all that is wrong in `diagnostics()`: the registry itself is among the
/// others (a circle); both declare a field with different types, or a value is of another type than
/// its field in `into`; a predicate cannot be written so that it scores there as it did; what
/// `Registry::register_symbol` throws. UsageError if `into` is the merged view.
std::size_t merge(Registry& into, const Registry& other, Force force = Force::No);
/// As above, of several registries in that order, all or none.
std::size_t merge(Registry& into, const std::vector<std::reference_wrapper<const Registry>>& others,
                  Force force = Force::No);

}  // namespace reg
