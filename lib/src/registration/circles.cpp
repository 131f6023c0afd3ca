#include <registration/circles.h>
#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <numeric>

namespace reg {

CircleOrder find_circles(std::size_t count,
                         const std::vector<std::pair<std::size_t, std::size_t>>& pointers) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  const Graph graph(pointers.begin(), pointers.end(), count);
  CircleOrder found{std::vector<std::size_t>(count), std::vector<std::size_t>(count),
                    std::vector<bool>(count)};
  // Tarjan's algorithm numbers a component when all that it points at have numbers.
  const std::size_t components = boost::strong_components(
      graph,
      boost::make_iterator_property_map(found.circle.begin(), get(boost::vertex_index, graph)));
  std::vector<std::size_t> sizes(components);
  for (std::size_t circle : found.circle) ++sizes[circle];
  for (std::size_t i = 0; i < count; ++i) found.in_circle[i] = sizes[found.circle[i]] > 1;
  for (const auto& [from, to] : pointers) {
    if (from == to) found.in_circle[from] = true;
  }
  std::iota(found.order.begin(), found.order.end(), std::size_t{0});
  std::stable_sort(found.order.begin(), found.order.end(),
                   [&](std::size_t a, std::size_t b) { return found.circle[a] < found.circle[b]; });
  return found;
}

}  // namespace reg
