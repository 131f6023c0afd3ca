#pragma once
// The test of a fact: what a call of a `fact = true` predicate scores.

#include <predicate/evaluation.h>
#include <predicate/value.h>
#include <algorithm>
#include <cstddef>

namespace reg::ast {

// Without arguments.
bool is_true_fact(const Json& fact);
// For one argument. The fact is there.
double test_of_fact(Value fact, Value wanted);

// For all of them; `wanted_at` gives the value of one.
template <typename WantedAt>
double test_of_fact(Value fact, std::size_t arguments, All all, WantedAt&& wanted_at) {
  if (fact.json == nullptr) return 0;
  if (arguments == 0) return is_true_fact(*fact.json) ? 1 : 0;
  double greatest = 0, sum = 0;
  for (std::size_t i = 0; i < arguments; ++i) {
    const double one = test_of_fact(fact, wanted_at(i));
    if (all == All::Yes && one == 0) return 0;
    if (all == All::No && one != 0 && !fact.json->is_object()) return one;
    greatest = std::max(greatest, one);
    sum += one;
  }
  return all == All::Yes ? finite(sum) : greatest;
}

}  // namespace reg::ast
