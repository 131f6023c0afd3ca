#pragma once
/// @file columns.h
/// The values of a symbol by name, as tables, sorting and formats ask for them.
///
/// Values; any thread may call const functions.
///
/// ```cpp
/// reg::Symbol symbol;
/// symbol.target = "libgemm.so:make";
/// symbol.info = {{"device", "cuda"}, {"limits", {{"sm", 80}}}};
/// const std::vector<reg::RegistryInfo> declared = {{"Kernel", "", {{"device"}, {"limits"}}, {}}};
/// assert(reg::Column("target", declared).value(symbol) == "libgemm.so:make");
/// assert(reg::Column("limits.sm", declared).value(symbol) == 80);
/// assert(reg::Column("info.device", declared).value(symbol) == "cuda");
/// ```

#include <reg/cache.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// What every symbol has besides its fields: `registry`, `oid`, `target`, `select`, `doc`, `source`
/// (`path:line:column`).
[[nodiscard]] const std::vector<std::string>& symbol_columns();

/// Those, and the fields of these registries.
[[nodiscard]] std::vector<std::string> column_names(const std::vector<RegistryInfo>& registries);

/// A name of something that symbols have. A value; of one that was moved from, nothing may be
/// asked.
class Column {
 public:
  /// `name` is one of `column_names(registries)`, or a path into one that holds objects, as in
  /// predicates (`` limits.`max-sm` ``), or `source.path`, `source.line` or `source.column`; before
  /// a field, `info.` says the same. Or `origin`, and `origin.` with a fact that origins publish
  /// (remote.h): null for what is the workspace's own. A registry's own field hides what symbols
  /// have under its name.
  /// @throws UsageError if there is no such column, with the nearest name as a hint.
  Column(std::string name, const std::vector<RegistryInfo>& registries);

  [[nodiscard]] const std::string& name() const;
  /// Whether the values are versions: a field that is of that type in one of the registries, and of
  /// no other type in any.
  [[nodiscard]] bool is_version() const;

  /// The value; null where there is none.
  [[nodiscard]] Json value(const Symbol& symbol) const;
  /// The same, and reads no more of the symbol than it needs.
  /// @throws StorageError (kind Cache) for what is not laid out as it was written.
  [[nodiscard]] Json value(const SymbolView& symbol) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace reg
