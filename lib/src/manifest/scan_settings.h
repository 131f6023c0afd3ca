#pragma once
// What `[[scan]]` in registry.toml says: which code is read, and by which idioms registrations are
// recognised in it.

#include <manifest/declarations.h>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace reg {

// An entry of `sources`.
struct SourceEntry {
  std::string pattern;
  Position at;
};

enum class Language : std::uint8_t { Python, Cpp, EntryPoints, PluginXml };

// An argument of a call: by keyword where it has one, else by position (from 0).
struct ArgumentName {
  std::string keyword;
  std::size_t position = 0;
};

// Where a value of a registration is taken from. Nothing set: the default of what it is for.
struct ValueFrom {
  std::optional<std::string> given;     // the text itself
  std::vector<std::string> more_given;  // an oid: further ones beside `given`
  bool receiver = false;                // the registry that the called method belongs to
  std::vector<ArgumentName> arguments;  // the first of these that is given
  std::vector<std::size_t> templates;   // the template argument of this number
  std::string attribute;                // of the class

  bool is_set() const {
    return given || receiver || !arguments.empty() || !templates.empty() || !attribute.empty();
  }
};

// Which keyword arguments become info.
struct InfoFrom {
  enum class Which : std::uint8_t { Declared, All, Named };
  Which which = Which::Declared;
  std::vector<std::string> names;  // Named
  ValueFrom each;  // a list of tables, one for each element of the idiom's `each` (register_all)
};

// A registry that is made in code: `X = Registry("name", extra_field=[…])`.
struct DefinitionFrom {
  std::vector<std::string> calls;  // dotted names of the class or function
  ValueFrom name, fields, scope;
};

// Whether a decorator counts with parentheses (`@d(…)`, `d(…)(x)`), without (`@d`, `d(x)`), or
// both.
enum class Bare : std::uint8_t { Either, Never, Only };

// One way in which registrations are written. Names are dotted: a name in code is meant by one if
// what it resolves to has that name in its module, or in any module of the package that the other
// parts name (`mmengine.Registry` is `mmengine.registry.registry.Registry`, too; only modules may
// be left out, no classes). With `registry = { receiver = true }` only the last part counts, which
// is the name of a method of a registry.
struct Idiom {
  enum class Form : std::uint8_t {
    Nothing,    // it only defines registries, or has a language read for `[[match]]`
    Decorator,  // names decorate, or are called with what they decorate
    Call,       // calls (C++: also of templates)
    Class,      // classes that derive from one of these
    Macro,      // C++
    Logilab,
    EntryPoints,
    PluginXml,
  };
  // What a call does; of the values below, those count that it needs.
  enum class Does : std::uint8_t { Registers, Matches, Merges };

  Language language = Language::Python;
  Form form = Form::Nothing;
  Does does = Does::Registers;
  std::vector<std::string> names;
  Bare bare = Bare::Either;
  ValueFrom registry, oid, target, force;
  ValueFrom each;   // a list, each element of which is a target
  ValueFrom match;  // Matches: the module
  ValueFrom merge;  // Merges: the registries
  InfoFrom info;
  std::optional<DefinitionFrom> define;
  Position at;
};

// What becomes of a registration whose registry's name is not known.
enum class Unresolved : std::uint8_t { Keep, Drop, Error };
enum class Guarded : std::uint8_t { Keep, Drop };
enum class Conflicts : std::uint8_t { Warn, Error };

// One `[[scan]]`.
struct Scan {
  std::string preset;                // "" where it has an idiom of its own
  std::vector<SourceEntry> sources;  // none: those of the workspace
  std::vector<std::string> exclude;
  std::vector<std::string> roots;  // where module names begin
  std::string python;              // an interpreter, whose packages are sources too
  Unresolved unresolved = Unresolved::Keep;
  Guarded guarded = Guarded::Keep;
  Conflicts conflicts = Conflicts::Warn;
  std::vector<Idiom> idioms;  // never empty
  Position at;
};

// All that the scans say, as a text: two texts are the same if and only if the scans are. It is for
// comparing and hashing, not for reading.
std::string to_text(std::span<const Scan> scans);

}  // namespace reg
