#pragma once
// manual.reg.json: what was registered, and pinned, from the command line.

#include <reg/json.h>
#include <reg/manual.h>
#include <reg/workspace.h>
#include <update/update.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A part of what was given on the command line.
struct OptionPart {
  std::string option;   // `--info device`; empty if it is none
  std::string excerpt;  // the value, with a caret below the part; empty if it is the whole
};

class ManualManifest {
 public:
  // Reads it; an empty one if there is none. Throws InputError with the place of what is wrong in
  // it, StorageError (Io).
  explicit ManualManifest(const Workspace& workspace);

  void add_symbol(const ManualSymbol& manual);
  // Returns whether there were any.
  bool remove_symbols(const SymbolName& name);
  bool remove_unregistrations(const SymbolName& name);
  void add_unregistration(const SymbolName& name);
  // The same as the last one once more changes nothing.
  void add_merge(const std::string& into, const std::vector<std::string>& from, Force force);

  // Returns the pin that the oid had.
  std::optional<Pin> add_pin(const std::string& registry, const Pin& pin);
  std::optional<Pin> remove_pin(const std::string& registry, const std::string& oid);
  // `REGISTRY/OID` of all that is pinned.
  std::vector<std::string> pinned() const;

  // One entry a line, so that a diff shows what was changed.
  std::string text() const;
  // The line on which the last entry of that list stands in it; 0: there is none.
  std::size_t line_of_last(std::string_view list) const;
  // What the command line calls the part of that symbol that stands in this column of it.
  OptionPart option_at(std::size_t column) const;

 private:
  Json& list(const char* name);
  bool remove_named(const char* list, const SymbolName& name);

  Json json_ = Json::object();
};

}  // namespace reg
