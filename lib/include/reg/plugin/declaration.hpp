#pragma once
/// @file plugin/declaration.hpp
/// A declaration while it is compiled: what REG_SYMBOL is given, and the JSON that it becomes.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <reg/plugin/abi.hpp>
#include <reg/plugin/check.hpp>
#include <reg/plugin/value.hpp>
#include <string_view>

namespace reg::plugin {

/// What nothing can be converted to: who leaves out a member's name is told so.
class MembersAreNamed {
 public:
  constexpr MembersAreNamed() {}
};

/// What REG_SYMBOL takes besides the interface and the class, all of it optional, by name and in
/// this order. All texts are UTF-8, and what is given is never empty but for `doc`.
struct Declaration {
  MembersAreNamed members_are_named = {};   ///< `.oid = "image"`, not `"image"`
  DeclaredText registry = {};               ///< default: the interface's
  DeclaredText oid = {};                    ///< default: the last part of the class's name
  std::initializer_list<Member> info = {};  ///< `{{"field", value}, …}`: at most 128
  DeclaredText select = {};                 ///< a predicate, of at most 2048 bytes
  DeclaredText replaces = {};               ///< a target
  bool force = false;                       ///< as in a manifest
  bool clear = false;                       ///< as in a manifest
  DeclaredText when = {};                   ///< a predicate over [facts] and --define
  DeclaredText doc = {};                    ///< at most 4096 bytes
};

/// Where, and behind which interface, something is declared.
struct Surroundings {
  std::string_view name;      ///< of the class
  std::string_view registry;  ///< the interface's; empty: it has none
  InterfaceInfo interface;
  std::string_view file;
  std::uint32_t line;
  std::uint32_t nth;  ///< of several in one line, in their order
};

/// The last part of a class's name: `Gemm<a::B>` of `demo::Gemm<a::B>`.
constexpr std::string_view last_part(std::string_view class_name) {
  // Not with find(), whose pointers are no constants to a sanitizer of GCC.
  std::size_t begin = 0;
  for (std::size_t i = 0; i < class_name.size() && class_name[i] != '<'; ++i) {
    if (class_name[i] == ':') begin = i + 1;
  }
  return class_name.substr(begin);
}

constexpr std::string_view oid_of(const Declaration& declared, const Surroundings& around) {
  return declared.oid.is_given() ? declared.oid.view() : last_part(around.name);
}
constexpr std::string_view registry_of(const Declaration& declared, const Surroundings& around) {
  return declared.registry.is_given() ? declared.registry.view() : around.registry;
}

constexpr Finding registry_finding(const DeclaredText& given, std::string_view name) {
  if (given.is_cut()) return cut_finding("registry", given);
  if (name.empty() && !given.is_given()) {
    return {"registry",
            {},
            {.what = "neither the declaration nor the interface names one",
             .hint = "write .registry = \"...\", or reg::Interface<\"...\">"}};
  }
  if (grammar::is_private_name(name)) {
    return {
        "registry",
        {},
        {.piece = name,
         .after = " cannot be declared: names that begin with \"__\" are private to a program"}};
  }
  return name_finding("registry", name, grammar::registry_problem(name));
}

constexpr Finding object_finding(std::string_view member, std::string_view name) {
  return name_finding(member, name, grammar::object_problem(name));
}
constexpr Finding object_finding(std::string_view member, const DeclaredText& name) {
  if (!name.is_given() || name.is_cut()) return cut_finding(member, name);
  return object_finding(member, name.view());
}

inline constexpr std::size_t longest_doc = 4096;  ///< in bytes

constexpr Finding doc_finding(const DeclaredText& doc) {
  if (doc.is_cut()) return cut_finding("doc", doc);
  const std::string_view text = doc.view();
  if (text.size() > longest_doc)
    return {"doc", {}, {.what = "longer than 4096 bytes, the most in a declaration"}};
  const std::size_t valid = grammar::utf8_prefix(text);
  if (valid == text.size()) return {};
  return {"doc", text, {.offset = valid, .what = "not valid UTF-8"}};
}
static_assert(longest_doc == 4096);

/// The first thing that is wrong with a declaration, but for its predicates.
constexpr Finding finding_in(const Declaration& declared, const Surroundings& around) {
  Finding found = registry_finding(declared.registry, registry_of(declared, around));
  if (!found.is_one()) found = object_finding("class name", around.name);
  if (!found.is_one()) found = object_finding("oid", declared.oid);
  if (!found.is_one()) found = info_finding(declared.info);
  if (!found.is_one()) found = object_finding("replaces", declared.replaces);
  if (!found.is_one()) found = doc_finding(declared.doc);
  return found;
}

/// What a declaration's JSON stands between in the section.
[[gnu::visibility("hidden")]] inline constexpr std::string_view entry_begin = "\x1eREG1 ",
                                                                entry_end = "\n";

class DeclarationWriter : public Writer {
 public:
  using Writer::Writer;

  constexpr void members(const Declaration& declared, const Surroundings& around) {
    raw("{\"registry\":");
    string(registry_of(declared, around));
    text("oid", oid_of(declared, around));
    text("target", around.name);
    if (declared.info.size() != 0) {
      raw(",\"info\":");
      object(declared.info);
    }
    text("select", declared.select.view());
    text("replaces", declared.replaces.view());
    if (declared.force) raw(",\"force\":true");
    if (declared.clear) raw(",\"clear\":true");
    text("when", declared.when.view());
    text("doc", declared.doc.view());
    raw(",\"declared\":{\"path\":");
    string(around.file);
    raw(",\"line\":");
    number(around.line);
    raw(",\"nth\":");
    number(around.nth);
    raw("},\"interface\":{\"type\":");
    string(around.interface.type);
    raw(",\"version\":");
    number(around.interface.version);
    raw(",\"size\":");
    number(around.interface.size);
    text("abi", around.interface.abi);
    raw("}}");
  }

 private:
  // Nothing, if it is empty.
  constexpr void text(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    put(',');
    string(key);
    put(':');
    string(text);
  }
};

/// Writes the entry of the section, or counts its bytes.
constexpr void write_entry(const Declaration& declared, const Surroundings& around,
                           DeclarationWriter& json) {
  json.raw(entry_begin);
  json.members(declared, around);
  json.raw(entry_end);
}

/// What is made of a declaration at a time: each is a constant of its own, since compilers limit
/// what they do for one.
enum class Making : std::uint8_t { Check, CheckSelect, CheckWhen, Measure, Entry, Names };

/// What is known of a declaration before its texts are written.
struct Described {
  Finding finding = {};        ///< the first three
  std::size_t size = 0;        ///< Measure: of the entry
  std::size_t registry = 0;    ///< likewise: of the registry's name
  std::size_t names_size = 0;  ///< likewise: of the names of registry and oid, with NULs
};

constexpr Described make(const Declaration& declared, const Surroundings& around, Making making,
                         char* out) {
  if (making == Making::Check) return {finding_in(declared, around)};
  if (making == Making::CheckSelect)
    return {predicate_finding("select", declared.select, SelfPaths::Allowed)};
  if (making == Making::CheckWhen)
    return {predicate_finding("when", declared.when, SelfPaths::Refused)};
  const std::string_view registry = registry_of(declared, around), oid = oid_of(declared, around);
  DeclarationWriter writer =
      making == Making::Measure ? DeclarationWriter() : DeclarationWriter(out);
  if (making == Making::Names) {
    writer.raw(registry);
    writer.put('\0');
    writer.raw(oid);
  } else {
    write_entry(declared, around, writer);
  }
  return {{}, writer.size(), registry.size(), registry.size() + oid.size() + 2};
}

using Maker = Described (*)(Making making, char* out);

/// An entry of the section: nothing but its text.
template <std::size_t Size>
struct Entry {
  char text[Size] = {};

  consteval explicit Entry(Maker maker) { maker(Making::Entry, text); }
  [[nodiscard]] constexpr const char* json() const { return text + entry_begin.size(); }
  [[nodiscard]] static constexpr std::size_t json_size() {
    return Size - entry_begin.size() - entry_end.size();
  }
};

/// The names that a row has, each ended by a NUL, which the texts of a declaration may not be.
template <std::size_t Size>
struct Names {
  char text[Size] = {};

  consteval explicit Names(Maker maker) { maker(Making::Names, text); }
};

}  // namespace reg::plugin
