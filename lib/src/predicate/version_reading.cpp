#include <predicate/version_reading.h>

namespace reg::ast {

VersionReading::VersionReading(const Json& value) {
  if (value.is_string()) {
    text_ = value.get_ref<const std::string&>();
  } else if (value.is_binary()) {
    text_ = binary_text(value);
  } else if (value.is_number_float()) {
    text_ = digits_.emplace(value.get<double>()).text();
  } else if (value.is_number_unsigned()) {
    text_ = digits_.emplace(value.get<std::uint64_t>()).text();
  } else if (value.is_number_integer()) {
    text_ = digits_.emplace(value.get<std::int64_t>()).text();
  }
  version_ = VersionText::of(text_);
}

std::partial_ordering order_versions(const Json& a, const Json& b) {
  VersionReading left(a), right(b);
  if (!left.valid() || !right.valid()) return std::partial_ordering::unordered;
  return left.version() <=> right.version();
}

}  // namespace reg::ast

namespace reg {

std::optional<std::string> version_text(const Json& value) {
  ast::VersionReading reading(value);
  if (!reading.valid()) return std::nullopt;
  return std::string(reading.text());
}

}  // namespace reg
