#pragma once
/// @file difference.h
/// How two caches differ: what is declared, and what is selected.
///
/// Symbols are the same by registry, oid and target, and by the origin (remote.h) that they are
/// from. An oid is concerned by a difference if its
/// implementations, their order, what is pinned of them, or anything that their scores depend on is
/// another: then what it selects is compared (`compare_selections`). All other oids select alike.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const auto before = reg::Cache::open("before.json"), after = reg::Cache::open(workspace);
/// const reg::CacheDifference difference = reg::compare(before, after);
/// for (const reg::OidDifference& oid : difference.oids)
///   std::cout << reg::to_string(oid.kind) << ' ' << oid.registry << '/' << oid.oid << '\n';
/// if (!difference.selects_alike()) std::cout << "have a look\n";
/// ```

#include <reg/auto_register.h>
#include <reg/cache.h>
#include <reg/error.h>
#include <reg/json.h>
#include <reg/reasoning.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// Added, Removed or Altered.
using ChangeKind = SymbolChange::Kind;

/// One part of something that is in both caches, where it is not the same.
struct MemberChange {
  std::string member;                 ///< `select`, `doc`, `info.min_sm`, `context.sm`, …
  std::optional<Json> before, after;  ///< not set: it is not there
  friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

/// A registry or a named predicate.
struct NamedDifference {
  ChangeKind kind = ChangeKind::Added;     ///< what became of it
  std::string name;                        ///< the registry's, or the predicate's
  std::vector<MemberChange> members = {};  ///< of Altered
  friend bool operator==(const NamedDifference&, const NamedDifference&) = default;
};

/// A symbol that is in one cache only, or says something else in each.
struct SymbolDifference {
  ChangeKind kind = ChangeKind::Added;     ///< what became of it
  SymbolKey symbol;                        ///< its registry, oid and target
  Place source;                            ///< where it is declared; where it was, of Removed
  std::vector<MemberChange> members = {};  ///< of Altered
  friend bool operator==(const SymbolDifference&, const SymbolDifference&) = default;
};

/// A symbol that says the same in both caches, but from another place.
struct SymbolMove {
  SymbolKey symbol;     ///< its registry, oid and target
  Place before, after;  ///< where it was declared, and is now
  friend bool operator==(const SymbolMove&, const SymbolMove&) = default;
};

/// The pin of an oid, where it is not the same in both caches.
struct PinDifference {
  ChangeKind kind = ChangeKind::Added;  ///< what became of it
  std::string registry, oid;            ///< whose pin it is
  std::optional<Pin> before, after;     ///< not set: there is none
  friend bool operator==(const PinDifference&, const PinDifference&) = default;
};

/// A fact of a registry's declared context that callers could give, and cannot any more, or not
/// with every value: it is not declared, of another type, or has fewer values. Or one that callers
/// could leave to the base context, which is not as the registry declares it.
struct RefusedFact {
  std::string registry;
  std::string path;  ///< empty: those that the registry, which declares its context now, does not
  std::string problem = {};  ///< what is wrong in the base context; empty: callers cannot give it
  friend bool operator==(const RefusedFact&, const RefusedFact&) = default;
};

/// An oid that is concerned by a difference.
struct OidDifference {
  /// What became of its selections.
  enum class Kind : std::uint8_t {
    Added,      ///< there was no such oid
    Removed,    ///< there is no such oid any more
    Changed,    ///< some context selects another target
    Same,       ///< every context that both accept selects the same target: this is proved
    Undecided,  ///< neither was found out
  };
  std::string registry, oid;    ///< which it is
  Kind kind = Kind::Undecided;  ///< what became of its selections
  /// Implementations that are in both caches are in another order, which decides ties.
  bool reordered = false;
  std::vector<SelectionChange> changes = {};  ///< of Changed: one for each pair of winners found
};
/// `"added"`, `"removed"`, `"changed"`, `"same"`, `"undecided"`.
[[nodiscard]] const char* to_string(OidDifference::Kind kind);

/// All by which a cache differs from an earlier one. Everything is sorted by name.
struct CacheDifference {
  std::vector<MemberChange> context;        ///< facts of the base context, top level
  std::vector<NamedDifference> predicates;  ///< named ones: what they are
  std::vector<NamedDifference> registries;  ///< what they declare
  std::vector<SymbolDifference> symbols;    ///< by registry, oid and target
  std::vector<PinDifference> pins;          ///< by registry and oid
  std::vector<SymbolMove> moved;            ///< these are no change, and in none of the other lists
  std::vector<OidDifference> oids;          ///< those concerned
  std::vector<RefusedFact> refused;         ///< of registries that have symbols in both
  /// The same the other way round, of the base context alone: what was wrong in it, and is not now.
  std::vector<RefusedFact> accepted;

  /// Whether nothing differs but places.
  [[nodiscard]] bool empty() const;
  /// Whether every oid selects the same, which is proved: all that are concerned are Same, what
  /// callers could give or leave out is accepted still, and what they could not leave out is not.
  [[nodiscard]] bool selects_alike() const;
};

/// Compares two caches, reading both from end to end once. `limits` are those of each oid. The base
/// contexts are those that the caches answer with. Any number of threads may compare.
/// @throws StorageError (kind Cache) for what is not laid out as it was written.
[[nodiscard]] CacheDifference compare(const Cache& before, const Cache& after,
                                      ReasoningLimits limits = {});

}  // namespace reg
