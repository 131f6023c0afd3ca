#pragma once
// The registries that Python code makes, and which classes derive from which names.

#include <resolve/program.h>
#include <resolve/resolve.h>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace reg {

// Which classes derive from those that idioms name, through all files.
class Descent {
 public:
  Descent(const Program& program, const Words& words) : program_(program), words_(words) {}

  // Whether it means one of the names, or a class that derives from one.
  bool is_one_of(const Meaning& meaning, const std::vector<std::string>& names) const;
  // Whether it means one of them itself.
  bool is_named(const Meaning& meaning, const std::vector<std::string>& names) const;
  bool derives(const ProgramPoint& at, const std::vector<std::string>& names) const;

 private:
  // A class, and by number the one that derives from it, of those that are looked at.
  struct Heir {
    ProgramPoint at;
    std::size_t of = 0;
  };

  bool look_at_bases(std::size_t of, const std::vector<std::string>& names, std::vector<Heir>& open,
                     std::set<ProgramPoint>& seen) const;

  const Program& program_;
  const Words& words_;
  mutable std::map<std::pair<const void*, ProgramPoint>, bool> known_;
};

struct PythonRegistry {
  std::string name;             // empty: it depends on running the code
  std::set<std::size_t> scans;  // whose idioms it is of
  std::vector<std::string> fields;
  bool is_private() const { return name.starts_with("__"); }
};

class PythonRegistries {
 public:
  PythonRegistries(const ResolveInput& input, const Program& program, const Words& words,
                   const Descent& descent, std::vector<Found>& found);

  // The registry that an assignment makes; null: it makes none.
  const PythonRegistry* at(const ProgramPoint& at) const;
  bool has_field(const std::string& registry, const std::string& field) const;
  // Where it has none, arguments are not meant to be any.
  bool has_fields(const std::string& registry) const;

 private:
  void add(const ProgramPoint& at, std::vector<Found>& found);
  PythonRegistry read(const ProgramPoint& at, const DefinitionFrom& define, Found& found) const;

  const ResolveInput& input_;
  const Program& program_;
  const Descent& descent_;
  std::map<ProgramPoint, PythonRegistry> made_;
  std::map<std::string, std::set<std::string>> fields_;
};

// What is given for a value by one of its arguments. A spread may bring any, and more than that.
struct GivenArgument {
  const Expression* value = nullptr;
  bool may_be_spread = false;  // it is not among those that are written, and there is a spread
};
GivenArgument argument_of(const std::vector<Argument>& arguments, const ValueFrom& from);

}  // namespace reg
