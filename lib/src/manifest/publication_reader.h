#pragma once
// Reads what makes a manifest an origin's publication: `published`, and which keys it may have.

#include <manifest/element.h>
#include <manifest/origin_info.h>
#include <manifest/problems.h>
#include <string>
#include <string_view>

namespace reg {

class PublicationReader {
 public:
  // `origin`: whose it has to be.
  PublicationReader(Problems& problems, std::string_view origin)
      : problems_(problems), wanted_(origin), origin_(origin, nullptr) {}

  // Reads what stands before the symbols, to which it is added.
  void begin(const Element& root);
  const OriginInfo& origin() const { return origin_; }
  // Reads what else the root has; its `registries`, null: none.
  const Node* finish(const Element& root);

 private:
  void read_published(const Element& table);
  bool check_size(const Element& registries);

  Problems& problems_;
  std::string wanted_;
  OriginInfo origin_;
  bool has_begun_ = false, is_small_ = true;
  const Node *published_ = nullptr, *registries_ = nullptr;  // that stand before the symbols
};

}  // namespace reg
