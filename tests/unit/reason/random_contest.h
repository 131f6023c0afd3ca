#pragma once
// Random contests, and all contexts of those whose facts have few values.

#include <reg/reasoning.h>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace reg::test {

class RandomContest {
 public:
  explicit RandomContest(unsigned seed) : random_(seed) {}

  // Facts of a few declared values each, and one of them in the base context now and then.
  Contest closed();
  // The same, where some facts may be objects that are joined with those of the base context.
  Contest joined();
  // Gives it other ones.
  void change_base(Contest& contest);
  // Nothing is declared.
  Contest open();
  // A context that may be given to an open one: values near those in predicates.
  Context context();

  std::string predicate(int depth);
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  std::string atom();
  std::string number_test();
  std::string operand_of(const std::string& fact);
  Json value();
  void add_symbols(Contest& contest);

  std::mt19937 random_;
  bool open_ = false;
};

// Calls `visit` with everything that a caller may give of the declared facts.
void each_context(const Contest& contest, const std::function<void(const Context& given)>& visit);

// The index of the winner, by scoring alone; the number of symbols: none applies.
std::size_t winner_of(const Contest& contest, const Context& given);
// The score of each symbol.
std::vector<double> scores_of(const Contest& contest, const Context& given);

std::string printed(const Contest& contest);

}  // namespace reg::test
