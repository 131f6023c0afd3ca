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

/// What REG_SYMBOL takes besides the interface and the class, all of it optional, in this order.
/// All texts are UTF-8 that lives as long as the program, as literals do.
struct Declaration {
  std::string_view registry = {};           ///< default: the interface's
  std::string_view oid = {};                ///< default: the last part of the class's name
  std::initializer_list<Member> info = {};  ///< `{{"field", value}, …}`: values by field name
  std::string_view select = {};             ///< a predicate
  std::string_view replaces = {};           ///< a target
  bool force = false;                       ///< as in a manifest
  bool clear = false;                       ///< as in a manifest
  std::string_view when = {};               ///< a predicate over [facts] and --define
  std::string_view doc = {};
};

/// Where, and behind which interface, something is declared.
struct Surroundings {
  std::string_view name;      ///< of the class
  std::string_view registry;  ///< the interface's; empty: it has none
  InterfaceInfo interface;
  std::string_view file;
  std::uint32_t line;
};

/// The last part of a class's name: `Gemm<a::B>` of `demo::Gemm<a::B>`.
constexpr std::string_view last_part(std::string_view class_name) {
  const std::size_t scope = class_name.substr(0, class_name.find('<')).rfind(':');
  return scope == class_name.npos ? class_name : class_name.substr(scope + 1);
}

constexpr std::string_view oid_of(const Declaration& declared, const Surroundings& around) {
  return declared.oid.empty() ? last_part(around.name) : declared.oid;
}
constexpr std::string_view registry_of(const Declaration& declared, const Surroundings& around) {
  return declared.registry.empty() ? around.registry : declared.registry;
}

constexpr Finding registry_finding(std::string_view name) {
  if (name.empty()) {
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

/// The first thing that is wrong with a declaration.
constexpr Finding finding_in(const Declaration& declared, const Surroundings& around) {
  Finding found = registry_finding(registry_of(declared, around));
  if (!found.is_one()) found = object_finding("class name", around.name);
  if (!found.is_one()) found = object_finding("oid", oid_of(declared, around));
  if (!found.is_one()) found = info_finding(declared.info);
  if (!found.is_one()) found = predicate_finding("select", declared.select, SelfPaths::Allowed);
  if (!found.is_one() && !declared.replaces.empty())
    found = object_finding("replaces", declared.replaces);
  if (!found.is_one()) found = predicate_finding("when", declared.when, SelfPaths::Refused);
  if (!found.is_one()) found = text_finding("doc", declared.doc);
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
    text("select", declared.select);
    text("replaces", declared.replaces);
    if (declared.force) raw(",\"force\":true");
    if (declared.clear) raw(",\"clear\":true");
    text("when", declared.when);
    text("doc", declared.doc);
    raw(",\"declared\":{\"path\":");
    string(around.file);
    raw(",\"line\":");
    number(around.line);
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

/// Writes the entry of the section, or, without `out`, only returns its size.
constexpr std::size_t write_entry(const Declaration& declared, const Surroundings& around,
                                  char* out) {
  DeclarationWriter json(out);
  json.raw(entry_begin);
  json.members(declared, around);
  json.raw(entry_end);
  return json.size();
}

/// All that is made of a declaration, besides its text.
struct Described {
  Finding finding;
  const char* registry;  ///< what the row has (abi.hpp); literals end with a NUL
  const char* oid;
  std::size_t size;  ///< of the entry
};

/// Checks a declaration, or, if there is an `out`, writes its entry there.
constexpr Described describe(const Declaration& declared, const Surroundings& around, char* out) {
  return {out == nullptr ? finding_in(declared, around) : Finding{},
          registry_of(declared, around).data(), oid_of(declared, around).data(),
          write_entry(declared, around, out)};
}

/// An entry of the section: nothing but its text.
template <std::size_t Size>
struct Entry {
  char text[Size] = {};

  consteval explicit Entry(Described (*declare)(char* out)) { declare(text); }
  [[nodiscard]] constexpr const char* json() const { return text + entry_begin.size(); }
  [[nodiscard]] static constexpr std::size_t json_size() {
    return Size - entry_begin.size() - entry_end.size();
  }
};

}  // namespace reg::plugin
