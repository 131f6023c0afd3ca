#pragma once
// Values between other values: of numbers, texts and versions.

#include <reg/json.h>
#include <optional>
#include <string>

namespace reg::reason {

// Which numbers there are.
enum class Numbers : bool { All, Integers };

// The order of numbers, exact for those of all types.
bool is_less(const Json& a, const Json& b);

// A number greater than `below` and less than `above`; null: without bound. nullopt: there is none.
// As simple as can be had: an integer, if there is one.
std::optional<Json> number_between(const Json* below, const Json* above, Numbers which);

// The same of texts, by their bytes.
std::optional<std::string> text_between(const std::string* below, const std::string* above);

// The same of versions. nullopt: none was found.
std::optional<std::string> version_between(const std::string* below, const std::string* above);

// Another text of the same version, the `index`th.
std::string same_version(const std::string& version, std::size_t index);

// The first text behind all that begin with a prefix; nullopt: it is none that UTF-8 has.
std::optional<std::string> end_of_prefix(const std::string& prefix);

}  // namespace reg::reason
