#pragma once
// How a registry is settled (DESIGN §4): what is in it follows from what is declared. One
// implementation of the rules, for the linker and for registries in memory.

#include <manifest/declarations.h>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace reg {

// Where a declaration stands. With an oid and a target it tells one symbol from all others: what is
// declared there in several registries is one symbol, by whatever way it comes into them.
struct DeclarationId {
  std::uint32_t source = 0;
  Position at;
  // Of a declaration in memory, which its address tells from all others.
  static DeclarationId of(const void* object);
  friend bool operator==(const DeclarationId&, const DeclarationId&) = default;
};

// A symbol as the rules see it. The texts must outlive the settling.
struct Entrant {
  std::string_view oid, target;
  std::string_view replaces = {};  // a target; empty: none
  DeclarationId declaration = {};
  bool conditional = false;  // it, or its registry, has a predicate
  bool force = false;        // takes the place of what the rules of one oid forbid beside it
  bool clear = false;        // drops what is under its oid before it
  bool copied = false;       // a merge brings it
  // Another origin publishes it: it acts on nothing, and only `unregister` acts on it.
  bool foreign = false;
};

// What is to be taken out.
struct Unwanted {
  std::string_view oid, target;
};

// What is said of one entrant, or of one of what is to be taken out.
struct SettlingNote {
  enum class Kind : std::uint8_t {
    NothingToReplace,     // a warning
    NothingToUnregister,  // a warning
    ReplacesItself,       // an error: it is left out, and replaces nothing
    ReplacesInCircle,     // likewise
  };
  Kind kind = Kind::NothingToReplace;
  std::size_t index = 0;  // of the entrant; of the unwanted for NothingToUnregister
};

struct Settled {
  std::vector<std::size_t> present;  // the entrants that stay; those of one oid in their order
  std::vector<SettlingNote> notes;
};

// The words for a note, without a place. `oid` and `target` are those of the entrant, or of what is
// to be taken out; `replaces` is the entrant's.
Diagnostic described(SettlingNote::Kind kind, std::string_view registry, std::string_view oid,
                     std::string_view target, std::string_view replaces);

// Settles one registry, up to the rules of one oid (rules.h), which apply to what is left. Entrants
// come in the order in which they are declared, and after them the copies, in the order in which
// they are merged. In time linear in all of them.
Settled settle(std::span<const Entrant> entrants, std::span<const Unwanted> unwanted);

}  // namespace reg
