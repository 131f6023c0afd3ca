#pragma once
// Values, read as versions.

#include <reg/json.h>
#include <text/kept_number.h>
#include <text/version.h>
#include <compare>
#include <cstddef>
#include <optional>
#include <string_view>

namespace reg::ast {

// A value read as a version: a version literal or a text that is one, or a number by the text that
// it keeps, or else by its shortest digits. Allocates nothing; `value` must outlive it.
class VersionReading {
 public:
  explicit VersionReading(const Json& value);
  VersionReading(const VersionReading&) = delete;
  VersionReading& operator=(const VersionReading&) = delete;

  bool valid() const { return version_.has_value(); }
  // Of what is valid.
  const VersionText& version() const { return *version_; }
  std::string_view text() const { return text_; }

 private:
  std::optional<ShortestText> digits_;
  std::string_view text_;
  std::optional<VersionText> version_;
};

// The order of two values as versions; unordered if one of them reads as none.
std::partial_ordering order_versions(const Json& a, const Json& b);

}  // namespace reg::ast
