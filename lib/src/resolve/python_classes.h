#pragma once
// The classes of a program: their bases across files, their order, and the attributes that logilab
// asks them for, own or inherited.

#include <resolve/linearisation.h>
#include <resolve/program.h>
#include <scan/account.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

// What an attribute of a class is.
struct ClassAttribute {
  enum class State : std::uint8_t {
    Missing,
    Known,    // `value`, at `at`
    Unclear,  // it is bound under a condition, by a function or otherwise
    Derived,  // __registries__ of logilab's RegistrableObject: what __registry__ says
  };
  State state = State::Missing;
  const Expression* value = nullptr;
  ProgramPoint at;

  bool is(State other) const { return state == other; }
};

class PythonClasses {
 public:
  using Id = Linearisation::Class;

  // A base that is not defined in the program: its dotted path, as far as it is known.
  struct Class {
    std::optional<ProgramPoint> at;
    std::string path;
  };

  explicit PythonClasses(const Program& program)
      : program_(program), orders_([this](Id of) { return bases_of(of); }) {}
  PythonClasses(const PythonClasses&) = delete;
  PythonClasses& operator=(const PythonClasses&) = delete;

  const Program& program() const { return program_; }
  // Of the class that is defined at a statement.
  Id id_of(const ProgramPoint& at);
  const Class& operator[](Id id) const { return classes_[id]; }
  // The class that a name means there; nothing: none, or none in the program.
  std::optional<Id> named(std::string_view name, const ProgramPoint& at);

  // As `Linearisation::of`.
  const Linearisation::Order* order(Id of) { return orders_.of(of); }
  // The bases as written, those outside of the program included.
  std::vector<Id> bases_of(Id of);
  // Whether it derives from that class of logilab's.
  bool derives_from(Id of, std::string_view logilab_class);
  // Whether it derives from classes that are not among the files, of which nothing is known.
  bool has_unknown_bases(Id of);

  // One of the attributes that logilab knows.
  ClassAttribute own(Id of, std::string_view name);
  ClassAttribute inherited(Id of, std::string_view name);
  // Its value, if that is a constant.
  std::optional<Json> constant(const ClassAttribute& attribute);

 private:
  using Attributes = std::map<std::string, ClassAttribute, std::less<>>;

  std::optional<Id> base(const Argument& argument, const ProgramPoint& at);
  Id outside(const std::string& path);
  bool is_logilab(Id id, std::string_view logilab_class) const;
  std::map<std::uint32_t, Attributes>& attributes_in(std::size_t file);
  void note(const Statement& statement, const ProgramPoint& at,
            std::map<std::uint32_t, Attributes>& bodies);
  std::optional<Json> constant(const ClassAttribute& attribute, std::size_t depth);

  const Program& program_;
  Linearisation orders_;
  std::vector<Class> classes_;
  std::map<std::pair<std::size_t, std::size_t>, Id> ids_;
  std::map<std::string, Id> outside_;
  // By file, then by the scope of the class's body.
  std::map<std::size_t, std::map<std::uint32_t, Attributes>> attributes_;
};

}  // namespace reg
