#include <reg/refresh.h>

namespace reg {

const char* to_string(Refresh refresh) {
  switch (refresh) {
    case Refresh::Warn:
      return "warn";
    case Refresh::Auto:
      return "auto";
    case Refresh::Off:
      return "off";
  }
  return "unknown";
}

std::optional<Refresh> refresh_named(std::string_view name) {
  for (const Refresh each : {Refresh::Warn, Refresh::Auto, Refresh::Off}) {
    if (name == to_string(each)) return each;
  }
  return std::nullopt;
}

}  // namespace reg
