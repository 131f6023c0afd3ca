#pragma once
// What is inside a registry in memory.

#include <reg/registry.h>
#include <store/change.h>
#include <store/surroundings.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// An entry, what scores it where it is (null: it is unconditional), and what is declared there.
struct Held {
  const Entry* entry = nullptr;
  const Predicate* predicate = nullptr;
  const RegistryInfo* registry = nullptr;
};

// What became of an intake.
struct Taken {
  std::size_t arrived = 0;  // how many newcomers are there now
  bool changed = false;
};

class RegistryState {
 public:
  // Throws InputError as the constructor of `Registry`.
  RegistryState(std::string name, RegistryOptions options);
  virtual ~RegistryState() = default;
  RegistryState(const RegistryState&) = delete;
  RegistryState& operator=(const RegistryState&) = delete;

  // What it answers from; `info` is without `reads`.
  virtual RegistryInfo info() const;
  virtual std::size_t size() const { return contents.size(); }
  virtual std::vector<std::string> oids() const;               // sorted
  virtual std::vector<Held> held(std::string_view oid) const;  // empty if there is no such oid
  virtual Symbol symbol_of(const Held& held) const { return held.entry->implementation.symbol; }
  // Whether it shows what other registries hold, and can hold nothing itself.
  virtual bool is_view() const { return false; }

  // The facts that its predicates read, named predicates written out; sorted. In time linear in its
  // symbols.
  std::vector<std::string> reads() const;
  // As `held`. Throws ObjectNotFound.
  std::vector<Held> require_held(std::string_view oid) const;
  Field require_field(std::string_view name) const;
  // What scores an entry of its own.
  const Predicate* predicate_of(const Entry& entry) const;
  // Throws UsageError if it is a view.
  void require_writable() const;
  // What another declaration of it adds, where this one says nothing.
  void adopt(const RegistryState& other);
  void report_other(const RegistryState& other) const;
  // Checks its own `select` against what it declares. Calls of what is not defined are left for
  // `check_select_for`: it may be, before a symbol needs it.
  void check_select(Findings& findings) const;
  // The same for a symbol that it scores. What is warned about was told when it was opened.
  void check_select_for(const Symbol& symbol, Findings& findings) const;
  // All or nothing; what is unexpected is warned about in the end. Throws InputError with what is
  // wrong.
  Taken take_in(const Intake& intake);
  // Carries a change out, and takes what is in it.
  void apply(RegistryChange& change);

  RegistryInfo declared;            // without the number of symbols
  std::optional<Predicate> select;  // `declared.select`
  std::vector<SelectionListener> listeners;
  std::shared_ptr<Surroundings> surroundings;
  Contents contents;

 private:
  std::string whose_select() const;  // for messages
};

// Throws InputError with the problems, if there are any.
void fail_if_any(std::vector<Diagnostic> problems);

}  // namespace reg
