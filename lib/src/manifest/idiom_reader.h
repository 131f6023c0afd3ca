#pragma once
// Reads the idiom of a `[[scan]]`: how registrations are written in code.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <manifest/scan_settings.h>
#include <optional>
#include <string_view>

namespace reg {

// The keys of a `[[scan]]` that make an idiom; null where they are not given.
struct IdiomSlots {
  const Node *language{}, *decorator{}, *call{}, *klass{}, *macro{}, *bare{}, *registry{}, *oid{},
      *target{}, *force{}, *each{}, *match{}, *merge{}, *info{}, *define{};
};

// One key of an idiom.
struct IdiomKey {
  std::string_view key;
  const Node* IdiomSlots::*slot;
};
// The first key that is given; null if there is none.
const IdiomKey* first_idiom_key(const IdiomSlots& slots);

// The idiom that these keys of the table say; what is wrong with it is reported, and then the
// result is not to be used.
Idiom read_idiom(Problems& problems, const Element& table, const IdiomSlots& slots);

}  // namespace reg
