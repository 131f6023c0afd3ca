#pragma once
// What one file of code says of itself: the value that scanners return and that names are resolved
// on. It is a pure function of the file's bytes and of the words that were looked for, and knows no
// other file.
//
// Python and C++ share it. An account keeps what can matter to a registration elsewhere or here:
// what binds a name in a module or class, imports, classes with their bases and decorators, and
// calls in which one of the words is the last part of the callee's name, or that stand in a
// function with one of the words for its name.

#include <manifest/declarations.h>
#include <reg/json.h>
#include <cstdint>
#include <string>
#include <vector>

namespace reg {

struct Expression;

struct Argument {
  std::string keyword;  // "" by position; "*" and "**": spread, of which nothing is known
  // (never empty: exactly one expression; a vector because the type is recursive)
  std::vector<Expression> value;
};

// An expression, as far as registrations need it.
struct Expression {
  enum class Kind : std::uint8_t {
    Other,    // anything else: `text`
    Literal,  // `value`: text, number, true, false, null, or a table of literals
    Name,     // `text` is dotted: `a.b.C`
    Call,     // `items[0]` is called with `arguments`; C++: with `templates`, too, and further
              // items are the parameters of templates that these speak of
    List,     // a list, tuple or set of `items`
    Not,      // ~ or not, of items[0]
    And,      // & of the items
    Or,       // | of the items
  };
  Kind kind = Kind::Other;
  // Name: the name. Other: what is written in one line, cut to 80 bytes; of an attribute of
  // something without a name (`f().register`) what is cut is that, so that the attribute stands at
  // the end.
  std::string text;
  Json value;
  std::vector<Expression> items;
  std::vector<Argument> arguments;
  std::vector<std::string> templates;  // as written, without white space at the ends
  Position at;
};

// A piece of code with names of its own. The first of a file is its module.
struct Scope {
  enum class Kind : std::uint8_t { Module, Class, Function, Namespace };
  Kind kind = Kind::Module;
  std::string name;  // C++: "a::b" for `namespace a::b {`
  std::uint32_t parent = 0;
};

struct ImportedName {
  std::string name, as;  // `as` is what it is bound to: `name`, if there is no `as`. "*", "": all
};

// Something that binds a name, or calls what may register. Statements stand in the order of the
// text, those of a class or function after the one that begins it. A lambda's scope is a Function
// of which no statement says that it begins.
struct Statement {
  enum class Kind : std::uint8_t {
    Import,      // import `module` as `name`; without `as`, `name` is the module's first part
    ImportFrom,  // from `module` import `imported`
    // `name` = `value`; `name` may be dotted ("self.X", "Foo.X"). `name` &= `b` is one of
    // `name` & `b`, and so is |=.
    Assign,
    // `name` += `value`, name.extend(value), or name.append(item), whose `value` is a List of the
    // item: `__all__` grows. `__all__ = a + b` is an Assign of a and an Extend by b.
    Extend,
    Class,  // `arguments` are the bases and keywords
    Function,
    Bind,    // `name` is bound to something unknown: a loop's variable, a parameter, …
    Unbind,  // del `name`
    Call,  // `value` is a call; it stands anywhere but where a decorator or an Assign's value does
  };
  Kind kind = Kind::Call;
  std::uint32_t scope = 0;   // that it stands in; after `global X`, a function's X is the module's
  std::uint32_t body = 0;    // Class, Function: the scope that it makes
  bool guarded = false;      // under an `if`, `try`, `match` or loop of its scope; C++: under #if
  bool repeated = false;     // in a loop or comprehension
  bool script_only = false;  // under `if __name__ == "__main__"`
  std::string name;
  std::string module;       // imports: as written, without the dots of a relative one
  std::uint32_t level = 0;  // how many dots
  bool renamed = false;     // Import: has `as`
  std::vector<ImportedName> imported;
  Expression value;
  std::vector<Argument> arguments;     // Class
  std::vector<Expression> decorators;  // Class, Function; as written, a call or a name
  std::string doc;                     // the first line of the documentation
  // Of a target, call or import; of `class`, `def` or `async`, below the decorators, which have
  // their own places.
  Position at;
};

// An entry point, or a class of a plugin description.
struct Packaged {
  std::string group;   // the entry point's group; base_class_type
  std::string name;    // as written; empty where there is none
  std::string target;  // "module:attribute"; type
  std::vector<std::string> extras;
  std::string library;  // plugin XML: path
  std::string doc;
  Position at;
};

struct Account {
  std::vector<Scope> scopes;
  std::vector<Statement> statements;
  std::vector<Packaged> packaged;
  // What could not be read of the file; it goes on with the rest. Paths are left empty.
  std::vector<Diagnostic> problems;
};

}  // namespace reg
