#pragma once
// What binds which names in one file, found by scope and name.

#include <scan/account.h>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace reg {

// One name that a statement binds.
struct Binding {
  std::uint32_t scope = 0;
  std::string_view name;  // "*" of a star import
  std::uint32_t statement = 0;
  std::uint32_t imported = 0;  // ImportFrom: which of the names
};

class Bindings {
 public:
  static constexpr std::uint32_t no_statement = std::numeric_limits<std::uint32_t>::max();

  Bindings() = default;
  // Points into the account.
  explicit Bindings(const Account& account);

  // In the order of the text.
  std::span<const Binding> of(std::uint32_t scope, std::string_view name) const {
    return find(bound_, scope, name);
  }
  // What grows a list of that name.
  std::span<const Binding> extensions(std::uint32_t scope, std::string_view name) const {
    return find(extended_, scope, name);
  }
  // All of one scope, by name.
  std::span<const Binding> in_scope(std::uint32_t scope) const;
  // The Class or Function that makes a scope; no_statement for the module's.
  std::uint32_t maker(std::uint32_t scope) const {
    return scope < makers_.size() ? makers_[scope] : no_statement;
  }

 private:
  static std::span<const Binding> find(const std::vector<Binding>& all, std::uint32_t scope,
                                       std::string_view name);

  std::vector<Binding> bound_, extended_;  // sorted by scope, name, statement
  std::vector<std::uint32_t> makers_;      // by scope
};

}  // namespace reg
