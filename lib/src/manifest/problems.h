#pragma once
// Collects what is wrong with one source.

#include <manifest/element.h>
#include <manifest/manifest.h>
#include <reg/error.h>
#include <cstddef>
#include <string>
#include <vector>

namespace reg {

// What is known of one problem besides its place.
struct Problem {
  std::string message;
  std::string hint = {};
  std::string excerpt = {};
};

class Problems {
 public:
  // A source that is wrong all over is not worth more diagnostics than this.
  static constexpr std::size_t most = 100;

  // `path` and `out` must outlive it.
  Problems(const std::string& path, ManifestFormat format, std::vector<Diagnostic>& out)
      : path_(path), format_(format), out_(out) {}

  ManifestFormat format() const { return format_; }
  // How many were found, those beyond `most` included: unchanged means that nothing new was wrong.
  std::size_t count() const { return count_; }

  // Whether further problems are only counted, so that their wording is not worth any work.
  bool full() const { return count_ >= most; }

  void add(Position at, Problem problem);
  // The message begins with the element's name.
  void add(const Element& element, Problem problem) {
    add(element, element.node.at, std::move(problem));
  }
  void add(const Element& element, Position at, Problem problem);
  // Sorts by place, and says so if some were left out.
  void finish();

 private:
  const std::string& path_;
  ManifestFormat format_;
  std::vector<Diagnostic>& out_;
  std::size_t count_ = 0;
};

}  // namespace reg
