#pragma once
// What a module's `registration_callback` says, statement by statement.

#include <resolve/logilab_module.h>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace reg {

class LogilabCallback {
 public:
  explicit LogilabCallback(LogilabModule& module)
      : module_(module), program_(module.program_), classes_(module.classes_) {}

  // False: the module has none, and is taken as a whole.
  bool run();

 private:
  using Id = PythonClasses::Id;

  std::optional<ProgramPoint> function() const;
  bool stands_in(std::uint32_t scope) const;
  void note_name(const Statement& statement);
  void read(const Statement& statement, const ProgramPoint& at);
  // Whether a name is the registry's, or one of its methods.
  bool is_registry(std::string_view name) const;
  bool speaks_of_registry(const Expression& call) const;
  std::string_view method_of(const Expression& call) const;
  void carry_out(const Statement& statement, const ProgramPoint& at, std::string_view method);

  void do_register(const Statement& call, const ProgramPoint& at);
  void do_register_all(const Statement& call, const ProgramPoint& at);
  void do_replace(const Statement& call, const ProgramPoint& at);
  void do_unregister(const Statement& call, const ProgramPoint& at);

  void add(Id id, const Statement& call, const LogilabRegistration& registration);
  // The class that is given; nothing: it cannot be told, which has been reported.
  std::optional<Id> given_class(const Statement& call, const ProgramPoint& at);
  // Whether it says nothing of that, or a text that could be told; else it has been reported.
  bool read_text(const Statement& call, const ProgramPoint& at, std::string_view keyword,
                 std::size_t position, std::optional<std::string>& text);
  std::optional<std::string> replaced(const Statement& call, const ProgramPoint& at);
  std::optional<std::set<Id>> classes_in(const Expression& list, const ProgramPoint& at);
  bool is_whole_module(const Expression& value) const;
  bool is_this_module(const Statement& call, const ProgramPoint& at) const;
  void see(const Statement& call, std::string_view why);

  LogilabModule& module_;
  const Program& program_;
  PythonClasses& classes_;
  std::uint32_t body_ = 0;
  std::set<std::string, std::less<>> registry_names_;  // the parameter, and what is the same
  bool has_parameter_ = false;
};

}  // namespace reg
