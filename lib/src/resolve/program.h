#pragma once
// All Python files as one program: which module each is, and what a name means at a place of it.

#include <resolve/bindings.h>
#include <resolve/match.h>
#include <resolve/modules.h>
#include <resolve/resolve.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace reg {

// A place in a program: names mean what was bound to them before this statement, in its scope and
// those around it. In a function's body, what the module has at its end.
struct ProgramPoint {
  std::size_t file = 0;
  std::size_t statement = 0;
  friend auto operator<=>(const ProgramPoint&, const ProgramPoint&) = default;
};

// What a name means.
struct Meaning {
  enum class Kind : std::uint8_t {
    Unknown,    // it cannot be told: a parameter, a computed value, a name that nothing binds
    External,   // something in a module that is not among the files: `path`
    Module,     // the module in `at.file`
    Statement,  // what `at` defines: a class, a function, or a value that is no name (Assign)
  };
  Kind kind = Kind::Unknown;
  std::string path;  // External: dotted, as far as it is known: "torch.nn.Conv2d"
  ProgramPoint at;
  // What is asked of it beyond that: `attribute` of `X.attribute`, where X is an Assign or
  // Function, or a Class that has no such attribute itself nor from a class among the files.
  std::vector<std::string> rest;
  // What it may be or be called as well, none of which has any itself: what stands in the other
  // branches of an `if` or `try`, the attribute of a class that inherits it, and the name alone of
  // what is bound to something unknown.
  std::vector<Meaning> alternatives = {};
  // Of an Assign: others of the files that may hold in its place.
  std::vector<ProgramPoint> others = {};

  bool is(Kind other) const { return kind == other; }
};

class Program {
 public:
  // The files outlive it. Those that are no Python are not looked at.
  Program(std::span<const CodeFile> files, std::span<const Scan> scans);

  const Account& account(std::size_t file) const;
  const Statement& statement(const ProgramPoint& at) const;
  // "pkg.module" of a file; two files may have the same.
  const std::string& module_name(std::size_t file) const;
  // `pkg.module.Outer.Inner`, `pkg.module.f.<locals>.C`: of a class, function or assignment.
  std::string dotted_path(const ProgramPoint& at) const;

  // What a dotted name means at a place.
  Meaning meaning_of(std::string_view name, const ProgramPoint& at) const;
  // What `name` in the module means to those who import it.
  Meaning member_of_module(std::size_t file, std::string_view name) const;
  // The module of that name, as a file in `from` sees it; nothing if there is none among the files.
  std::optional<std::size_t> module(std::string_view name, std::size_t from) const;
  // The value of a name or expression that is a constant, through names: text, number, list, …
  std::optional<Json> constant(const Expression& value, const ProgramPoint& at) const;

  // The value of what a name means.
  std::optional<Json> constant_of(const Meaning& meaning) const;
  // What `__all__` of a module says, where that is constant.
  std::optional<std::vector<std::string>> exports(std::size_t file) const;
  // The names that a module binds, in the order of their first binding, and those that star imports
  // from other files bring where they stand.
  std::vector<std::string> bound_names(std::size_t file) const;
  // The module whose own name that is, or that is found by it from the first file; the first by
  // path.
  std::optional<std::size_t> module_named(std::string_view name) const;
  // What an attribute of a class means: its own, or else of the first base that has it.
  std::optional<Meaning> class_attribute(const ProgramPoint& at, std::string_view name) const;
  // What `attribute` of that is.
  Meaning attribute_of(Meaning meaning, std::string_view attribute) const;
  // Whether a name is bound in a function around a place: a parameter, or a variable of its own.
  bool is_local(std::string_view name, const ProgramPoint& at) const;
  // Whether what an assignment binds to a name is added to later.
  bool is_grown(const ProgramPoint& assign) const;
  // Module, External and Statement as a dotted path; empty for Unknown.
  std::string path_of(const Meaning& meaning) const;
  // Where External and Statement are, and all that may be as well.
  std::vector<CodePath> paths_of(const Meaning& meaning) const;
  // The statement that makes a scope; nothing for a module's or a lambda's.
  std::optional<ProgramPoint> maker(std::size_t file, std::uint32_t scope) const;
  // Of every module, for messages.
  std::vector<std::string> module_names() const { return modules_.names(); }

  // Files without an account that were needed so far. Not to be used from several threads.
  const std::set<std::size_t>& wanted() const { return wanted_; }

 private:
  static constexpr std::uint32_t at_end = Bindings::no_statement;

  // What was found out before. To ask for what is being found out is a circle.
  struct Slot {
    enum class State : std::uint8_t { New, Open, Known };
    State state = State::New;
    std::optional<Meaning> meaning;
  };
  // What is left to a constant, which may be much larger than what is written.
  struct Budget {
    std::size_t elements = 100'000;
    std::size_t depth = 64;
  };

  // Of no reference to what is gone when the question is asked once more.
  using Find = std::function<std::optional<Meaning>()>;
  struct Question {
    Slot* slot = nullptr;
    Find find;
  };

  using Slots = std::map<std::string, Slot, std::less<>>;
  static Slots::iterator slot_named(Slots& slots, std::string_view name);
  std::optional<Meaning> remember(Slot& slot, const Find& find) const;
  void ask(Slot& slot, const Find& find) const;
  std::optional<Meaning> answer(Slot& slot, const Find& find) const;
  void forget_circles() const;

  std::string name_in_module(const ProgramPoint& at) const;
  const Bindings& bindings(std::size_t file) const;
  void add_alternatives(Meaning& meaning, const Meaning& other) const;
  std::optional<Meaning> bound(std::size_t file, std::uint32_t scope, std::string_view name,
                               std::uint32_t limit) const;
  std::optional<Meaning> meaning_of(std::size_t file, const Binding& binding) const;
  std::optional<Meaning> imported(std::size_t file, const Binding& binding) const;
  std::optional<Meaning> through_star(std::size_t file, const Binding& star,
                                      std::string_view name) const;
  bool binds_itself(std::size_t file, const Binding& star, std::string_view name) const;
  bool has_unknown_exports(std::size_t file, const Binding& star) const;
  std::optional<Meaning> member(std::size_t file, std::string_view name) const;
  Meaning own_attribute_of(Meaning meaning, std::string_view attribute) const;
  Meaning module_meaning(std::string_view name, std::size_t from) const;
  Meaning first_meaning(std::string_view name, const ProgramPoint& at) const;
  std::optional<Meaning> of_self(std::string_view name, const ProgramPoint& at) const;
  std::optional<Meaning> own_or_inherited(const ProgramPoint& at, std::string_view name) const;
  std::optional<Json> constant(const Expression& value, const ProgramPoint& at,
                               Budget& budget) const;
  std::optional<Json> constant_items(const Expression& list, const ProgramPoint& at,
                                     Budget& budget) const;
  std::optional<Json> constant_of(const Meaning& meaning, Budget& budget) const;
  std::optional<Json> assigned(const ProgramPoint& assign, Budget& budget) const;

  void add_bound_names(std::size_t file, std::set<std::size_t>& visited,
                       std::vector<std::string>& names) const;

  std::span<const CodeFile> files_;
  Modules modules_;
  mutable std::vector<std::optional<Bindings>> bindings_;
  mutable std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, Slot> binding_slots_;
  mutable std::vector<Slots> members_;                // by module
  mutable std::map<ProgramPoint, Slots> attributes_;  // by class
  mutable std::map<std::size_t, std::optional<std::vector<std::string>>> exports_;
  // What a circle was met in is known for the question at hand only, since its other parts would
  // come to something else.
  mutable std::vector<Slot*> circular_;
  mutable bool met_circle_ = false;
  mutable std::size_t depth_ = 0;
  mutable std::optional<Question> put_off_;
  mutable std::set<std::size_t> wanted_;
};

}  // namespace reg
