#pragma once
// Which shapes the symbols' infos have.

#include <manifest/declarations.h>
#include <manifest/node.h>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace reg {

class InfoShapes {
 public:
  explicit InfoShapes(std::vector<InfoShape>& out) : out_(out) {}

  // `members` are sorted by key. Consecutive symbols of one shape cost a comparison each.
  void add(std::string_view registry, const std::vector<const Member*>& members,
           std::size_t symbol);

 private:
  void write_signature(std::string_view registry, const std::vector<const Member*>& members);

  std::vector<InfoShape>& out_;
  std::unordered_set<std::string> seen_;
  std::string signature_, last_;
};

}  // namespace reg
