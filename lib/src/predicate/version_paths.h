#pragma once
// The paths that are declared to be versions.

#include <predicate/frame.h>
#include <span>
#include <string>

namespace reg::ast {

// A view of `Versions`, which must outlive it. Mostly there are none, and nothing is to be
// compared. Allocates nothing.
class VersionPaths {
 public:
  VersionPaths() = default;
  explicit VersionPaths(const Versions& versions)
      : versions_(versions.empty() ? nullptr : &versions) {}

  bool any() const { return versions_ != nullptr; }
  // A path of a fact, whose first name may be a parameter.
  bool has_fact(const Path& path, const Frame* frame) const {
    return versions_ != nullptr && find_fact(path, frame);
  }
  bool has_fact(const std::string& name) const { return versions_ != nullptr && find_fact(name); }
  // A path in the candidate's info, without `self`.
  bool has_field(std::span<const std::string> keys) const {
    return versions_ != nullptr && find_field(keys);
  }

 private:
  bool find_fact(const Path& path, const Frame* frame) const;
  bool find_fact(const std::string& name) const;
  bool find_field(std::span<const std::string> keys) const;

  const Versions* versions_ = nullptr;
};

}  // namespace reg::ast
