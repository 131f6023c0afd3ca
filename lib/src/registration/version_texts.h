#pragma once
// Numbers that stand where versions are declared, made into the texts that were written.

#include <registration/catalog.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace reg {

// Those of one source.
class VersionTexts {
 public:
  explicit VersionTexts(const Source& source);

  // The info of the symbol that is declared there, as `registry` has it: each number in a field of
  // type version is its text. nullopt: it is so already.
  std::optional<Json> info_with_texts(Position symbol, const Json& info,
                                      const RegistryInfo& registry) const;
  // The line with such an info; nullopt: it has it already, or is not laid out as a line.
  std::optional<std::string> line_with_texts(std::string_view line,
                                             const RegistryInfo& registry) const;

 private:
  std::map<std::pair<Position, std::string_view>, std::string_view> written_;
};

// Whether a field of the registry is of type version.
bool has_versions(const RegistryInfo& registry);
// The line with another info, which must not be empty.
std::string line_with_info(std::string_view line, const Json& info);

}  // namespace reg
