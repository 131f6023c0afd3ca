#include <resolve/linearisation.h>
#include <algorithm>
#include <span>
#include <utility>

namespace reg {
namespace {

using Class = Linearisation::Class;
using Order = Linearisation::Order;

// Merges the orders of bases and the list of the bases itself: each step takes the first head that
// stands in no list's rest.
class Merging {
 public:
  void add(std::span<const Class> list) {
    if (list.empty()) return;
    lists_.push_back(list);
    for (const Class one : list.subspan(1)) ++in_rests_[one];
  }

  std::optional<Order> onto(Order order) {
    while (!lists_.empty()) {
      const std::optional<Class> next = eligible();
      if (!next || order.size() == Linearisation::longest) return std::nullopt;
      order.push_back(*next);
      take(*next);
    }
    return order;
  }

 private:
  std::optional<Class> eligible() const {
    for (const auto& list : lists_) {
      const auto rest = in_rests_.find(list.front());
      if (rest == in_rests_.end() || rest->second == 0) return list.front();
    }
    return std::nullopt;
  }

  void take(Class taken) {
    for (auto& list : lists_) {
      if (list.front() != taken) continue;
      list = list.subspan(1);
      if (!list.empty()) --in_rests_[list.front()];
    }
    std::erase_if(lists_, [](const auto& list) { return list.empty(); });
  }

  std::vector<std::span<const Class>> lists_;  // none is empty
  std::map<Class, std::size_t> in_rests_;      // in how many lists it stands behind the head
};

}  // namespace

const Order* Linearisation::of(Class of) {
  std::vector<Pending> pending;  // no recursion: a chain of classes may be of any length
  const auto begin = [&](Class one) {
    if (known_.try_emplace(one).second) pending.push_back({one, bases_(one)});
  };
  begin(of);
  while (!pending.empty()) {
    Pending& last = pending.back();
    if (last.next < last.bases.size()) {
      begin(last.bases[last.next++]);
      continue;
    }
    settle(last);
    pending.pop_back();
  }
  const std::optional<Order>& order = known_[of];
  return order ? &*order : nullptr;
}

void Linearisation::settle(const Pending& pending) { known_[pending.of] = merged(pending); }

std::optional<Order> Linearisation::merged(const Pending& pending) const {
  Merging merging;
  for (const Class base : pending.bases) {
    // One that is not settled is being worked out: the class derives from itself.
    const auto order = known_.find(base);
    if (order == known_.end() || !order->second) return std::nullopt;
    merging.add(*order->second);
  }
  merging.add(pending.bases);
  return merging.onto({pending.of});
}

}  // namespace reg
