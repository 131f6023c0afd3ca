#pragma once
// Versions, as texts: dotted numbers with or without a leading "v", then optionally a pre-release,
// then optionally a "+" and what is ignored.
//
//     version     = ["v"] number {"." number} [pre-release] ["+" ignored]
//     pre-release = ("a" | "b" | "rc") number | "-" identifier {"." identifier}
//     identifier  = letters, digits and "-"          ignored = letters, digits, ".", "-" and "_"
//
// `rc1` is `-rc.1`. Numbers may have any length; missing ones are 0. A pre-release stands below its
// release, and identifiers are ordered as in SemVer: numbers by value and before texts, texts by
// their bytes, and what ends first before what goes on.

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

// A text that has been read as a version, as views into it. Allocates nothing.
class VersionText {
 public:
  // nullopt: it does not read as one.
  static std::optional<VersionText> of(std::string_view text);
  // The size of the longest version that the text begins with, where it does so with a digit or
  // with "v" and a digit; else 0.
  static std::size_t size_in(std::string_view text);

  // A total order; what is equal has the same hash and the same normal form.
  std::strong_ordering operator<=>(const VersionText& other) const;
  bool operator==(const VersionText& other) const { return (*this <=> other) == 0; }
  std::size_t hash() const;
  // The shortest text of all that are equal to it, without "v": `2-rc.1` for `v2.0rc01+x`.
  std::string normal_form() const;

 private:
  VersionText(std::string_view release, std::string_view before)
      : release_(release), before_(before) {}

  std::string_view release_;  // dotted numbers
  std::string_view before_;   // the pre-release, with its "-" where it has one; or empty
};

}  // namespace reg
