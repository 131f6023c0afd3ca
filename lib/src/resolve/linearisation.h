#pragma once
// The order in which a class and its bases are asked for an attribute: C3, as Python has it.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace reg {

// Of classes that are numbers. Orders are kept, so that each is worked out once.
class Linearisation {
 public:
  using Class = std::size_t;
  using Order = std::vector<Class>;
  using Bases = std::function<std::vector<Class>(Class)>;

  // No program that runs has an order as long as this; a made-up one must not fill the memory.
  static constexpr std::size_t longest = 1024;

  // `bases` says which classes one derives from, in their order, and is asked once for each.
  explicit Linearisation(Bases bases) : bases_(std::move(bases)) {}

  // The class itself, then the others; null: there is none, because the class derives from itself,
  // has a base twice, or bases whose orders contradict each other (Python raises TypeError), or
  // because it is too long. Stays valid as long as this object.
  const Order* of(Class of);

 private:
  struct Pending {
    Class of = 0;
    std::vector<Class> bases;
    std::size_t next = 0;  // the base to be looked at
  };

  void settle(const Pending& pending);
  std::optional<Order> merged(const Pending& pending) const;

  Bases bases_;
  // Nothing: it has none, or (while it is worked out) none yet.
  std::map<Class, std::optional<Order>> known_;
};

}  // namespace reg
