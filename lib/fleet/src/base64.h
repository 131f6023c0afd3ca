#pragma once
// Base64 with padding, as JSON of protobuf has bytes.

#include <optional>
#include <string>
#include <string_view>

namespace reg::fleet {

void append_base64(std::string& to, std::string_view bytes);
// nullopt: that is no base64. Nothing but its alphabet and its padding is allowed.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace reg::fleet
