// A pin wins wherever it applies, whoever selects; where it does not, all is as without it.

#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <query/open_cache.h>
#include <rapidcheck.h>
#include <reg/dispatcher.h>
#include <reg/registry_store.h>
#include <reg/selection.h>
#include <reg/store_cache.h>
#include <algorithm>

namespace reg {
namespace {

using reg_test::CacheContent;
using reg_test::OpenCache;

using Targets = std::vector<std::string>;

Targets targets_of(const Selection& selection) {
  Targets targets;
  for (const Candidate& candidate : selection.candidates)
    targets.push_back(candidate.symbol.target);
  return targets;
}

// Implementations of one oid, what they are asked for, and which of them is pinned, if any.
struct Contest {
  std::vector<Symbol> symbols;
  Context context;
  std::optional<Pin> pin;

  Selection chosen(const std::optional<Pin>& by) const {
    return choose("R", "oid", symbols, std::nullopt, context, {}, Explain::No, {}, by);
  }
  const Candidate* pinned_in(const Selection& selection) const {
    const auto found =
        std::find_if(selection.candidates.begin(), selection.candidates.end(),
                     [&](const Candidate& one) { return pin && one.symbol.target == pin->target; });
    return found == selection.candidates.end() ? nullptr : &*found;
  }
};

Symbol scored_by(const std::string& target, std::optional<std::string> select,
                 Json info = Json::object()) {
  return reg_test::symbol("R", "oid", target, std::move(select), std::move(info));
}

Contest arbitrary_contest() {
  Contest contest;
  contest.context = *test::arbitrary_facts();
  const int count = *rc::gen::inRange(0, 7);
  for (int i = 0; i < count; ++i) {
    // Constant scores, so that many apply and tie; and any predicate.
    const std::string text = *rc::gen::arbitrary<bool>()
                                 ? "yes(" + std::to_string(*rc::gen::inRange(-1, 3)) + ")"
                                 : test::Writer(9).write((*test::arbitrary_predicate(2)).tree);
    contest.symbols.push_back(scored_by("t" + std::to_string(i), text, *test::arbitrary_facts()));
    // Another origin's of the same target as an earlier one.
    if (*rc::gen::inRange(0, 3) == 0) {
      Symbol& last = contest.symbols.back();
      last.target = "t" + std::to_string(*rc::gen::inRange(0, i + 1));
      last.source.path = ".reg/remote/h" + std::to_string(i) + ".reg.json";
    }
  }
  // The last is not there.
  if (*rc::gen::inRange(0, 5) != 0)
    contest.pin = Pin{"oid", "t" + std::to_string(*rc::gen::inRange(0, count + 1)), "because"};
  return contest;
}

std::string winner_of(const Selection& selection) {
  return selection.winner() ? selection.winner()->symbol.target : "";
}

TEST_CASE("the pinned one wins wherever it applies, and else the selection is as without a pin") {
  CHECK(rc::check([] {
    const Contest contest = arbitrary_contest();
    const Selection without = contest.chosen({}), with = contest.chosen(contest.pin);
    const Candidate* pinned = contest.pinned_in(without);
    const bool applies = pinned != nullptr && pinned->score > 0;
    RC_ASSERT(winner_of(with) == (applies ? contest.pin->target : winner_of(without)));
    RC_ASSERT(with.tied == (applies ? 1 : without.tied));
    RC_ASSERT(with.ambiguous() == (!applies && without.ambiguous()));
    RC_ASSERT(with.pin_decides == (winner_of(with) != winner_of(without)));
    RC_ASSERT((with.displaced() ? with.displaced()->symbol.target : winner_of(with)) ==
              winner_of(without));
    RC_ASSERT(with.applicable().size() == without.applicable().size());
    // The others stand as they did, and all keep their scores.
    Targets expected = targets_of(without);
    if (applies) {
      const auto at = std::find(expected.begin(), expected.end(), contest.pin->target);
      std::rotate(expected.begin(), at, at + 1);
    }
    RC_ASSERT(targets_of(with) == expected);
    for (const Candidate& one : with.candidates) {
      const bool is_pinned = contest.pin && one.symbol.target == contest.pin->target;
      RC_ASSERT(one.why_pinned().value_or("") == (is_pinned ? "because" : ""));
      RC_ASSERT(one.score ==
                std::find_if(without.candidates.begin(), without.candidates.end(),
                             [&](const Candidate& c) { return c.symbol == one.symbol; })
                    ->score);
    }
  }));
}

TEST_CASE("a dispatcher heeds a pin as a selection does") {
  CHECK(rc::check([] {
    const Contest contest = arbitrary_contest();
    RegistryInfo declared;
    declared.name = "R";
    if (contest.pin) declared.pins = {*contest.pin};
    std::vector<Implementation> implementations;
    for (const Symbol& symbol : contest.symbols) implementations.emplace_back().symbol = symbol;
    const Dispatcher dispatcher(std::move(implementations), {}, Context::object(), {declared});
    const Choice choice = dispatcher.select("oid", contest.context);
    const Selection expected = contest.chosen(contest.pin);
    RC_ASSERT((choice ? choice->symbol.target : "") == winner_of(expected));
    RC_ASSERT(choice.tied == expected.tied);
    RC_ASSERT(choice.pinned == (expected.winner() && expected.winner()->pinned));
    if (choice) RC_ASSERT(choice.score == expected.winner()->score);
  }));
}

TEST_CASE("a cache, its dispatcher and a store that loads it heed a pin as a selection does") {
  CHECK(rc::check([] {
    const Contest contest = arbitrary_contest();
    CacheContent content;
    content.symbols = contest.symbols;
    std::set<std::string> fields;
    for (const Symbol& symbol : contest.symbols) {
      for (const auto& [name, value] : symbol.info.items()) fields.insert(name);
    }
    content.registries = {{"R", "", {}, std::nullopt, 0}};
    for (const std::string& name : fields) content.registries[0].fields.push_back({name});
    if (contest.pin) content.registries[0].pins = {*contest.pin};
    const OpenCache cache(content);
    if (contest.symbols.empty()) return;
    const Selection expected = contest.chosen(contest.pin);
    const Selection found = cache->score("R", "oid", contest.context);
    RC_ASSERT(targets_of(found) == targets_of(expected));
    RC_ASSERT(found.tied == expected.tied);
    RC_ASSERT(found.pin_decides == expected.pin_decides);
    const auto one = cache->select_or_none("R", "oid", contest.context);
    RC_ASSERT((one ? one->symbol.target : "") == winner_of(expected));
    const PossibleObjects possible = cache->possible_objects("R", contest.context);
    RC_ASSERT(possible.winners.size() == (expected.winner() ? 1U : 0U));
    RC_ASSERT(possible.ties.size() == (expected.ambiguous() ? 1U : 0U));
    if (one) {
      RC_ASSERT(possible.winners[0].symbol == one->symbol);
      RC_ASSERT(possible.winners[0].why_pinned() == one->why_pinned());
    }
    const Dispatcher from_cache = cache->dispatcher("R");
    const Choice choice = from_cache.select("oid", contest.context);
    RC_ASSERT((choice ? choice->symbol.target : "") == winner_of(expected));
    RegistryStore store;
    load(store, cache->path());
    const Registry& registry = store.require_registry("R");
    RC_ASSERT(targets_of(registry.score("oid", contest.context)) == targets_of(expected));
    const Dispatcher from_store = registry.dispatcher();
    const Choice in_memory = from_store.select("oid", contest.context);
    RC_ASSERT((in_memory ? in_memory->symbol.target : "") == winner_of(expected));
  }));
}

CacheContent two_registries() {
  CacheContent content;
  content.symbols = {reg_test::symbol("A", "x", "a.First", "yes(1)"),
                     reg_test::symbol("A", "x", "a.Second", "yes(2)"),
                     reg_test::symbol("A", "y", "a.First", "yes(1)"),
                     reg_test::symbol("A", "y", "a.Second", "yes(2)"),
                     reg_test::symbol("B", "x", "a.First", "yes(1)"),
                     reg_test::symbol("B", "x", "a.Second", "yes(3)")};
  content.registries = {{"A", "", {}, std::nullopt, 0}};
  content.registries[0].pins = {{"x", "a.First", "A's alone"}, {"y", "a.First", "there, too"}};
  return content;
}

TEST_CASE("a pin is of one oid of one registry") {
  CacheContent content = two_registries();
  content.registries[0].pins.pop_back();
  const OpenCache cache(content);
  CHECK(winner_of(cache->select("A", "x", {})) == "a.First");
  CHECK(winner_of(cache->select("A", "y", {})) == "a.Second");
  CHECK(winner_of(cache->select("B", "x", {})) == "a.Second");
}

TEST_CASE("in the merged view, a pin counts where all implementations are its registry's") {
  const OpenCache cache(two_registries());
  RegistryStore store;
  load(store, cache->path());
  const Registry& all = store.make_global();
  const Dispatcher dispatcher = all.dispatcher();
  CHECK(winner_of(all.select("y", {})) == "a.First");
  CHECK(dispatcher.select("y", {})->symbol.target == "a.First");
  CHECK(winner_of(all.select("x", {})) == "a.Second");
  CHECK(dispatcher.select("x", {})->symbol.target == "a.Second");
}

TEST_CASE("what a store loads keeps its pins when it is dumped") {
  const OpenCache cache(two_registries());
  RegistryStore store;
  load(store, cache->path());
  CHECK(store.require_registry("A").info().pins == two_registries().registries[0].pins);
  reg_test::ScratchFolder folder;
  dump(store, folder / "cache.json");
  const Cache dumped = Cache::open(folder / "cache.json");
  CHECK(dumped.registry("A")->pins == two_registries().registries[0].pins);
  CHECK(dumped.verify().empty());
}

TEST_CASE("a reason is one line of text") {
  CHECK(pin_reason_problem("see #12: grüße").empty());
  CHECK_FALSE(pin_reason_problem("").empty());
  CHECK_FALSE(pin_reason_problem("  ").empty());
  CHECK_FALSE(pin_reason_problem("a\nb").empty());
  CHECK_FALSE(pin_reason_problem("\x1b[31m").empty());
  CHECK_FALSE(pin_reason_problem("\xff").empty());
  CHECK_FALSE(pin_reason_problem(std::string(1025, 'x')).empty());
}

}  // namespace
}  // namespace reg
