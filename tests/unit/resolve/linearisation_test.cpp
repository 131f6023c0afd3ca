#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <resolve/linearisation.h>
#include <algorithm>
#include <numeric>

using namespace reg;
using Class = Linearisation::Class;
using Order = Linearisation::Order;
using Graph = std::vector<std::vector<Class>>;

namespace {

std::optional<Order> order_in(const Graph& graph, Class of) {
  Linearisation linearisation([&](Class one) { return graph[one]; });
  const Order* order = linearisation.of(of);
  return order == nullptr ? std::nullopt : std::optional(*order);
}

// The definition of C3, word by word.
std::optional<Order> merged_slowly(std::vector<Order> lists) {
  Order order;
  for (;;) {
    std::erase_if(lists, [](const Order& list) { return list.empty(); });
    if (lists.empty()) return order;
    const auto good = std::find_if(lists.begin(), lists.end(), [&](const Order& candidate) {
      return std::none_of(lists.begin(), lists.end(), [&](const Order& list) {
        return std::find(list.begin() + 1, list.end(), candidate.front()) != list.end();
      });
    });
    if (good == lists.end()) return std::nullopt;
    const Class next = good->front();
    order.push_back(next);
    for (Order& list : lists) {
      if (list.front() == next) list.erase(list.begin());
    }
  }
}

std::optional<Order> slowly(const Graph& graph, Class of) {
  std::vector<Order> lists;
  for (const Class base : graph[of]) {
    std::optional<Order> order = slowly(graph, base);
    if (!order) return std::nullopt;
    lists.push_back(std::move(*order));
  }
  lists.push_back(graph[of]);
  std::optional<Order> rest = merged_slowly(std::move(lists));
  if (rest) rest->insert(rest->begin(), of);
  return rest;
}

// Each class derives from some of those before it.
Graph any_graph() {
  const auto size = *rc::gen::inRange<std::size_t>(1, 9);
  Graph graph(size);
  for (Class one = 1; one < size; ++one) {
    const auto bases = *rc::gen::container<std::vector<Class>>(rc::gen::inRange<Class>(0, one));
    graph[one].assign(bases.begin(),
                      bases.begin() + std::min<std::ptrdiff_t>(3, std::ssize(bases)));
  }
  return graph;
}

}  // namespace

TEST_CASE("a class comes before its bases, and a base before the one that it shares with others") {
  // class O; A(O); B(O); C(A, B)
  CHECK(order_in({{}, {0}, {0}, {1, 2}}, 3) == Order{3, 1, 2, 0});
}

TEST_CASE("the order that Python's documentation works out") {
  // O=0 F=1 E=2 D=3 C(D, F)=4 B(D, E)=5 A(B, C)=6
  CHECK(order_in({{}, {0}, {0}, {0}, {3, 1}, {3, 2}, {5, 4}}, 6) == Order{6, 5, 4, 3, 2, 1, 0});
}

TEST_CASE("a class has no order if its bases contradict each other, or one comes twice") {
  // X(A, B); Y(B, A); Z(X, Y)
  CHECK(order_in({{}, {}, {0, 1}, {1, 0}, {2, 3}}, 4) == std::nullopt);
  CHECK(order_in({{}, {0, 0}}, 1) == std::nullopt);
  CHECK(order_in({{}, {0}, {0, 1}}, 2) == std::nullopt);
}

TEST_CASE("what derives from itself has no order, nor has what derives from that") {
  CHECK(order_in({{0}}, 0) == std::nullopt);
  CHECK(order_in({{1}, {0}, {1}}, 2) == std::nullopt);
}

TEST_CASE("a chain of classes may be of any length; beyond the limit it has no order") {
  Graph chain(200'000);
  for (Class one = 1; one < chain.size(); ++one) chain[one] = {one - 1};
  CHECK(order_in(chain, Linearisation::longest - 1)->size() == Linearisation::longest);
  CHECK(order_in(chain, Linearisation::longest) == std::nullopt);
  CHECK(order_in(chain, chain.size() - 1) == std::nullopt);
}

TEST_CASE("orders are those of C3's definition") {
  CHECK(rc::check([] {
    const Graph graph = any_graph();
    for (Class one = 0; one < graph.size(); ++one) {
      RC_ASSERT(order_in(graph, one) == slowly(graph, one));
    }
  }));
}
