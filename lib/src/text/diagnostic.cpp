#include <text/diagnostic.h>
#include <utility>

namespace reg {

Diagnostic error_at(Place place, std::string message, std::string hint, std::string excerpt) {
  return {Severity::Error, std::move(place), std::move(message), std::move(hint),
          std::move(excerpt)};
}

Diagnostic warning_at(Place place, std::string message, std::string hint) {
  return {Severity::Warning, std::move(place), std::move(message), std::move(hint), {}};
}

}  // namespace reg
