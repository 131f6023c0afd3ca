#pragma once
/// @file facts.h
/// Facts and fields as registries declare them: which are versions, whether facts have their types,
/// and how `key=value` is read.
///
/// Selections check their facts with `facts_for`; what else is here is for programs that take facts
/// from people, as `reg` does. The functions read their arguments only; any thread may call them.
///
/// ```cpp
/// reg::RegistryInfo kernels;
/// kernels.name = "Kernel";
/// kernels.context = {{"arch", reg::FieldType::String}, {"driver", reg::FieldType::Version}};
/// std::vector<reg::Diagnostic> warnings;
/// reg::Context facts = reg::read_fact(kernels, "arch=90", "--ctx", warnings);
/// assert(facts == reg::Context({{"arch", "90"}}));
/// assert(reg::facts_for(kernels, {{"driver", 12}}) == reg::Context({{"driver", "12"}}));
/// ```

#include <reg/error.h>
#include <reg/json.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// The facts and fields that a registry declares to be of type version: what selections in it
/// compare as such.
[[nodiscard]] Versions versions_of(const RegistryInfo& registry);

/// The facts as the predicates of a registry take them: a number that is given for a version is its
/// text (json.h: numbers that keep their text). Null is accepted for every fact.
/// @throws InputError if a declared fact has another type, or is none of the values that it may be,
/// or if something other than an object stands where the registry declares facts of an object: all
/// of them are in `diagnostics()`.
[[nodiscard]] Context facts_for(const RegistryInfo& registry, Context facts);

/// A fact that is not as a registry declares it.
struct WrongFact {
  std::string path;  ///< as it is declared: `cpu.isa`; or `cpu`, if that is no object
  std::string message;
  std::string hint;  ///< what it may be; may be empty
};
/// All that `facts_for` throws for; empty: all is well.
/// @throws PredicateError if a declared path is none.
[[nodiscard]] std::vector<WrongFact> wrong_facts(const RegistryInfo& registry,
                                                 const Context& facts);

/// Names in facts that are spelled like the path of a fact that the registry knows, and are none:
/// `"cpu.isa"`, one name with a dot, for `isa` in `cpu`.
[[nodiscard]] std::vector<std::string> misspelled_facts(const RegistryInfo& registry,
                                                        const Context& facts);

/// `key=value`, taken apart.
struct Assignment {
  std::vector<std::string> names;  ///< of the path: `cpu` and `isa` of `cpu.isa=…`
  std::string value;               ///< its text
};

/// Takes `key=value` apart at the first `=` that is not in back-ticks. The key is a path: `a.b=1`
/// nests, and a name with a dot stands in back-ticks. `option` is what messages call it by.
/// @throws InputError if there is no `=`, a name is empty, there are more than 100 dots, or it is
/// not UTF-8.
[[nodiscard]] Assignment parse_assignment(const std::string& text, const std::string& option);

/// The value of a text that a person wrote: JSON if it reads as JSON, in which numbers keep their
/// text, else the text. For a string or a version, the text as it is, unless that is a JSON string:
/// `90` is the text "90". `null` is null. Whether the value has the type is for `facts_for` and
/// registration to say.
[[nodiscard]] Json read_value(std::string_view text, FieldType type = FieldType::Any);

/// The object that `key=value` stands for, whatever it is declared to be.
/// Adds warnings as `read_info`. @throws InputError as `parse_assignment`.
[[nodiscard]] Json read_object(const std::string& assignment, const std::string& option,
                               std::vector<Diagnostic>& warnings);

/// The info that `key=value` stands for: read as the field's type, where the registry declares the
/// field. Adds a warning for what looks like a slip, as `read_fact`.
/// @throws InputError as `parse_assignment`.
[[nodiscard]] Json read_info(const RegistryInfo& registry, const std::string& assignment,
                             const std::string& option, std::vector<Diagnostic>& warnings);

/// The context that `key=value` stands for: read as the fact's type, where the registry declares
/// it. Adds a warning for what looks like a slip: broken JSON, Python's `True`, two facts in one,
/// and, where the registry declares no context, a fact that none of its predicates reads
/// (`RegistryInfo::reads`).
/// @throws InputError as `parse_assignment`, and, where the registry declares its context, for a
/// fact that is not in it.
[[nodiscard]] Context read_fact(const RegistryInfo& registry, const std::string& assignment,
                                const std::string& option, std::vector<Diagnostic>& warnings);

/// The path of a fact that is to be taken away, `cpu.isa` (the command line's `~cpu.isa`), read as
/// the key of `key=value` is. What the registry does not know is treated as by `read_fact`.
/// @throws InputError as `read_fact`.
[[nodiscard]] std::vector<std::string> read_taken_away(const RegistryInfo& registry,
                                                       const std::string& key,
                                                       const std::string& option,
                                                       std::vector<Diagnostic>& warnings);

/// Takes what stands at that path out of facts, if it is there; the objects around it stay. A path
/// without names takes nothing.
void take_away(Context& facts, std::span<const std::string> path);

}  // namespace reg
