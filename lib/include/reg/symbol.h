#pragma once
/// @file symbol.h
/// What a registry holds: `Symbol`, and what it may say of them: `Field`.
///
/// Plain values. Copies are independent; any thread may use its own.

#include <reg/error.h>
#include <reg/json.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// The type that a field's values must have. `Any` accepts everything; null is accepted by all.
enum class FieldType : std::uint8_t { Any, String, Int, Number, Bool, List, Object, Version };

/// `"string"`, `"int"`, `"number"`, `"bool"`, `"list"`, `"object"`, `"version"`, `"any"`.
[[nodiscard]] const char* to_string(FieldType type);
/// The type of that name, if there is one.
[[nodiscard]] std::optional<FieldType> field_type_from(std::string_view name);
/// Whether a field of that type may hold the value. An `Int` holds integers, a `Number` those and
/// floats, a `Version` strings that read as versions.
[[nodiscard]] bool holds(FieldType type, const Json& value);

/// One of a registry's extra fields (ExCore: `extra_field`).
struct Field {
  std::string name;
  FieldType type = FieldType::Any;
  friend bool operator==(const Field&, const Field&) = default;
};

/// A fact that callers give to the selections of a registry (`context` in its declaration).
struct Fact {
  std::string path;  ///< as a predicate names it: `cpu.isa`
  FieldType type = FieldType::Any;
  std::vector<Json> values = {};  ///< what it may be; empty: all of its type
  std::string doc = {};
  friend bool operator==(const Fact&, const Fact&) = default;
};

/// One registered implementation.
struct Symbol {
  std::string registry;
  std::string oid;             ///< what callers ask for (logilab: `__regid__`)
  std::string target;          ///< where the implementation is
  Json info = Json::object();  ///< values by field name; fields that are not given are left out
  std::optional<std::string> select;  ///< the text of its own predicate (logilab: `__select__`)
  std::string doc;
  Place source;  ///< the declaration
  /// Where a symbol that was found in an object file stands in the C++ source; else without a path.
  Place declared = {};
  /// The codes of findings that `reg lint` is not to report of it (`allow`), sorted.
  std::vector<std::string> allow = {};

  /// The value of that field, or null where it is not given (ExCore: `get_extra_info`).
  [[nodiscard]] const Json& field(const std::string& name) const;
  friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// An implementation that somebody chose by hand (`reg pin`): of its oid it wins in every context
/// that it applies to, whatever others score.
struct Pin {
  std::string oid;
  std::string target;
  std::string reason;  ///< one line
  friend bool operator==(const Pin&, const Pin&) = default;
};

/// What of a registry that the workspace itself declares, or has symbols in, only other origins
/// (remote.h) declare.
struct AddedByOthers {
  std::size_t fields = 0;  ///< the last of its fields
  std::size_t facts = 0;   ///< the last of its facts
  bool doc = false;
  friend bool operator==(const AddedByOthers&, const AddedByOthers&) = default;
};

/// What is declared of a registry, and how many symbols it has.
struct RegistryInfo {
  std::string name;
  std::string doc;
  std::vector<Field> fields;
  std::optional<std::string> select;  ///< used by symbols that bring no predicate of their own
  std::size_t symbols = 0;
  std::vector<Fact> context = {};  ///< the facts that are declared; empty: any may be given
  /// The facts that the predicates in it read, named predicates written out; sorted. It may name
  /// some that only what is left out reads, and misses none.
  std::vector<std::string> reads = {};
  /// One for an oid at most, sorted by oid. One whose target is not registered has no effect.
  std::vector<Pin> pins = {};
  AddedByOthers added = {};

  [[nodiscard]] const Field* field(std::string_view field_name) const;
  /// The pin of that oid; null: there is none.
  [[nodiscard]] const Pin* pin(std::string_view oid) const;
  friend bool operator==(const RegistryInfo&, const RegistryInfo&) = default;
};

/// The oid of a symbol that names none: what follows the target's last `.`, `:` or `/`.
[[nodiscard]] std::string default_oid(std::string_view target);

/// Why a name cannot be a registry's; empty if it can. Private names (`__…`) are allowed here.
[[nodiscard]] std::string registry_name_problem(std::string_view name);
/// Why a text cannot be an oid or a target; empty if it can.
[[nodiscard]] std::string object_name_problem(std::string_view name);
/// Why a name cannot be a field's; empty if it can.
[[nodiscard]] std::string field_name_problem(std::string_view name);
/// Why a text cannot be a pin's reason; empty if it can: it is one line of UTF-8, not blank,
/// of 1,024 bytes at most.
[[nodiscard]] std::string pin_reason_problem(std::string_view reason);
/// Whether the name begins with `__`: in memory only, and left out of `__global`.
[[nodiscard]] bool is_private(std::string_view name);

/// The name of the merged view of all registries (ExCore: `make_global`).
inline constexpr std::string_view global_registry = "__global";

}  // namespace reg
