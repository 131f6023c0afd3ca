#pragma once
// Which sources a workspace publishes.

#include <workspace/path_pattern.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class PublishedNames {
 public:
  // Throws InputError for what cannot be a pattern.
  explicit PublishedNames(const std::vector<std::string>& patterns);

  // Whether `sources` would find a source of that path by one of the patterns. What others publish
  // is never published again.
  bool have(std::string_view path) const;

 private:
  std::vector<PathPattern> patterns_;
};

}  // namespace reg
