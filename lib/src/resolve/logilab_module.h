#pragma once
// What one module registers, as logilab's `load_module` goes about it.

#include <resolve/found.h>
#include <resolve/logilab_select.h>
#include <resolve/python_classes.h>
#include <resolve/resolve.h>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace reg {

// What a call of `register` says besides the class.
struct LogilabRegistration {
  Position at;
  std::optional<std::string> registry, oid;
  std::string replaces;
  bool clear = false;
};

// Why a class is left out. Empty: logilab would not register it either.
struct LogilabRefusal {
  std::string seen;
};

// Whether an idiom of that scan is logilab's.
bool reads_logilab(const Scan& scan);

class LogilabModule {
 public:
  using Id = PythonClasses::Id;

  LogilabModule(PythonClasses& classes, std::size_t file, const ResolveInput& input, Found& found);

  void load();

 private:
  friend class LogilabCallback;

  const Statement& statement_of(Id id) const;
  std::string target_of(Id id) const;
  void see(Position at, std::string what);
  void be_found();

  // register_all(globals().values(), __name__, but)
  void register_all(const std::set<Id>& but);
  // Those that the module's names mean at its end.
  std::vector<Id> classes_by_name();
  void note_rebound(const std::set<Id>& but);
  void note_instances();
  void take(Id id, const std::set<Id>& but);
  bool is_here(Id id) const;
  // Whether it is refused; reports why, once.
  bool report(Id id, const std::optional<LogilabRefusal>& refused);
  // Nothing: it can be registered.
  std::optional<LogilabRefusal> refusal(Id id, const LogilabRegistration& registration = {});
  std::optional<LogilabRefusal> condition(Id id) const;

  void add(Id id, const LogilabRegistration& registration);
  // Nothing: `refused` says why.
  std::optional<std::vector<std::string>> registries(Id id, LogilabRefusal& refused);
  std::optional<std::string> oid(Id id, LogilabRefusal& refused);
  LogilabRefusal missing(Id id, const std::string& what);
  bool is_meant(Id id);
  void declare_facts(const std::set<std::string>& names, Position at);
  void report_left_out(Id id, const TranslatedSelect& select, Position at);

  PythonClasses& classes_;
  const Program& program_;
  const std::size_t file_;
  const ResolveInput& input_;
  Found& found_;
  bool keeps_guarded_ = false;
  std::set<Id> registered_, reported_;
  std::set<std::string> taken_names_;
  std::set<std::string> declared_;
};

}  // namespace reg
