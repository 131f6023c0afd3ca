#pragma once
// All Python files as one program: which module each is, and what a name means at a place of it.

#include <resolve/resolve.h>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A place in a program: names mean what was bound to them before this statement, in its scope and
// those around it. In a function's body, what the module has at its end.
struct ProgramPoint {
  std::size_t file = 0;
  std::size_t statement = 0;
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
  // Function.
  std::vector<std::string> rest;

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

  // Files without an account that were needed so far. Not to be used from several threads.
  const std::set<std::size_t>& wanted() const { return wanted_; }

 private:
  mutable std::set<std::size_t> wanted_;
};

}  // namespace reg
