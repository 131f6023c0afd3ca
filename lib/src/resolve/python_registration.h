#pragma once
// One place in Python code where something may be registered, and what comes of it.

#include <resolve/program.h>
#include <resolve/python_registries.h>
#include <resolve/resolve.h>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

// `@d(…) class X`, `d(…)(X)`, `d(X)`.
struct Site {
  enum class How : std::uint8_t { Decorates, Applied, Called };
  How how = How::Called;
  ProgramPoint at;                     // of the statement
  std::string callee;                  // as written: `a.b.register`
  const Expression* call = nullptr;    // that has the arguments; null: `@d`
  ProgramPoint call_at;                // what they mean is meant here
  const Expression* object = nullptr;  // Applied: what the result is called with
  Position place;
};

// What the callee of a site is.
struct Callee {
  enum class Receiver : std::uint8_t {
    None,      // what it is called on is no registry, as far as can be known
    Registry,  // `registry`
    Named,     // some registry, of which the variable's name is known
    Computed,  // some registry, that depends on running the code
  };
  Receiver receiver = Receiver::None;
  const PythonRegistry* registry = nullptr;
  std::string variable;
  std::string method;
  std::string path;  // of a function or class: where it is defined
  Meaning meaning;
};

// What a registration is about: a path, and where it is defined, if that is among the files.
struct Target {
  std::string path;
  std::optional<ProgramPoint> made;
  std::string why_not;       // not empty: it is none
  bool is_computed = false;  // what the name is bound to was computed, so it has another `__name__`
};

class PythonReader {
 public:
  PythonReader(const ResolveInput& input, const Program& program, std::vector<Found>& found);

  void read_all();

 private:
  void read_file(std::size_t file);
  void read_decorators(const ProgramPoint& at);
  void read_call(const ProgramPoint& at, const Expression& call);
  void read_class(const ProgramPoint& at);
  std::optional<std::pair<const Expression*, ProgramPoint>> curried(const std::string& name,
                                                                    const ProgramPoint& at) const;
  void read_site(const Site& site);
  void see_other_receiver(const Site& site, const Callee& callee);
  bool may_hold_registrations(const std::string& name, const Site& site) const;
  void see_made(const Expression& call, const ProgramPoint& at);
  void see_given(const Expression& call, const ProgramPoint& at);
  void see_if_registers(const std::string& name, const Expression& call, const ProgramPoint& at);

  Callee callee_of(const Site& site) const;
  void set_receiver(Callee& callee, const Meaning& meaning, const Site& site) const;
  void set_assigned(Callee& callee, const ProgramPoint& made) const;
  bool is_another(const PythonRegistry* registry, const std::vector<ProgramPoint>& others) const;
  bool may_be_registry(const Callee& callee, const Site& site) const;
  bool mentions_registry(std::string_view code, const ProgramPoint& at,
                         std::size_t& most_names) const;
  bool is_instance(const ProgramPoint& made) const;
  bool holds_registry(const Meaning& meaning) const;
  bool is_meant(const Callee& callee, const Idiom& idiom, std::size_t scan) const;
  bool is_meant_somehow(const Callee& callee, const Site& site) const;
  bool apply(const Site& site, const Callee& callee, std::size_t scan, const Idiom& idiom);
  std::optional<std::vector<Target>> targets_of(const Site& site, const Idiom& idiom) const;
  std::vector<Target> elements(const Expression& list, const ProgramPoint& at) const;
  Target target_of(const Expression& value, const Site& site, const ProgramPoint& at,
                   const Idiom& idiom) const;

  bool may_register(const Site& site, std::size_t scan);
  std::optional<std::vector<std::string>> registries_of(const Site& site, const Callee& callee,
                                                        std::size_t scan, const Idiom& idiom);
  std::optional<std::vector<std::string>> unresolved(const Site& site, std::size_t scan,
                                                     const std::string& variable);
  std::optional<std::string> registry_named(const Expression& value, const ProgramPoint& at) const;
  std::optional<std::vector<std::string>> oids_of(const Site& site, const Idiom& idiom);
  void set_info(FoundSymbol& symbol, const Site& site, const Idiom& idiom);
  void declare_field(const FoundSymbol& symbol, const Site& site, const std::string& field);
  void set_each_info(std::vector<FoundSymbol>& symbols, const Site& site, const Idiom& idiom);
  bool is_force(const Site& site, const Idiom& idiom);
  void registers(const Site& site, const Callee& callee, std::size_t scan, const Idiom& idiom,
                 const std::vector<Target>& targets);
  void matches(const Site& site, const Callee& callee, std::size_t scan, const Idiom& idiom);
  void merges(const Site& site, const Callee& callee, std::size_t scan, const Idiom& idiom);
  void read_derived(const ProgramPoint& at, std::size_t scan, const Idiom& idiom);

  void see(const Site& site, std::string what);
  void warn(const Site& site, std::string message, std::string hint = {});
  void found_by(std::size_t file, std::size_t scan);
  static const std::vector<Argument>& arguments(const Site& site);

  const ResolveInput& input_;
  const Program& program_;
  std::vector<Found>& found_;
  Words words_;
  Descent descent_;
  PythonRegistries registries_;
  std::set<std::pair<std::string, std::string>> made_fields_;  // of a registry
  std::set<std::pair<std::size_t, std::string>> warned_;       // of a variable, by file
};

}  // namespace reg
