// Who beats an implementation, in words.

#include <reg/reasoning.h>
#include <reg/selection.h>
#include <reg/text.h>
#include <algorithm>

namespace reg {
namespace {

constexpr std::size_t most_named = 3;

std::string from(const Symbol& symbol) {
  const std::string origin = origin_of(symbol);
  return origin.empty() ? origin : " from " + origin;
}

// `"a"`, `"a" or "b"`, `"a", "b", "c" or one of 4 others`.
std::string any_of(const Contest& contest, const std::vector<std::size_t>& symbols) {
  std::vector<std::string> names;
  for (const std::size_t symbol : symbols) {
    if (names.size() == most_named) break;
    names.push_back(in_quotes(contest.symbols[symbol].target) + from(contest.symbols[symbol]));
  }
  const std::size_t others = symbols.size() - names.size();
  if (others == 1) names.emplace_back("another");
  if (others > 1) names.push_back("one of " + std::to_string(others) + " others");
  if (names.size() < 2) return joined(names);
  const std::string last = std::move(names.back());
  names.pop_back();
  return joined(names) + " or " + last;
}

}  // namespace

std::string how_beaten(const Contest& contest, const Winning& winning) {
  const std::string who = any_of(contest, winning.beaten_by);
  if (!winning.by_order) return who + " scores more";
  if (winning.beaten_by.size() == 1)
    return who + " scores at least as much, and is registered before it";
  return who + " scores more, or as much and is registered before it";
}

}  // namespace reg
