#pragma once
// The facts and values that `--ctx` and `--info` could be given.

#include "offer.h"
#include "typed_line.h"

#include <reg/cache.h>
#include <reg/symbol.h>
#include <string>
#include <vector>

namespace reg::app {

// What a type is called beside a name; nothing where any value fits.
std::string type_text(FieldType type);
// `string: where it runs`.
std::string about(const Fact& fact);

// `key=`, or its values behind the `=`; behind a `~`, what `[context]` has; behind an `@`, files.
Offers offer_facts(const Cache& cache, const TypedLine& line);
// `key=` of the registry's fields, or their values behind the `=`.
Offers offer_info(const Cache& cache, const TypedLine& line);

}  // namespace reg::app
