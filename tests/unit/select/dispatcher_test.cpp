#include <allocations.h>
#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <reg/dispatcher.h>
#include <reg/facts.h>
#include <reg/selection.h>
#include <select/candidates.h>
#include <atomic>
#include <thread>

namespace reg {
namespace {

using test::allocations;
using test::Writer;

Implementation implementation(const std::string& target, const std::string& select = {},
                              Json info = Json::object(), const std::string& oid = "gemm") {
  Implementation one;
  one.symbol = {"Kernel", oid, target, std::move(info), {}, {}, {"kernels.reg.toml", 4, 2}};
  if (!select.empty()) one.symbol.select = select;
  return one;
}

std::string winner(const Dispatcher& dispatcher, const Context& context) {
  Choice choice = dispatcher.select("gemm", context);
  return choice ? choice->symbol.target : "";
}

// A registry that declares just these facts and fields, as versions.
RegistryInfo declaring(const Versions& versions) {
  RegistryInfo registry;
  registry.name = "Kernel";
  for (const std::string& fact : versions.facts)
    registry.context.push_back({fact, FieldType::Version});
  for (const std::string& field : versions.fields)
    registry.fields.push_back({field, FieldType::Version});
  return registry;
}

// What scoring all of them finds.
Selection brute_force(const std::vector<Implementation>& implementations, const Context& context,
                      const PredicateSet& named, const Versions& versions = {}) {
  std::vector<Symbol> symbols;
  for (const Implementation& one : implementations) symbols.push_back(one.symbol);
  return choose("Kernel", "gemm", std::move(symbols), std::nullopt, context, named, Explain::No,
                versions);
}

void require_same(const Choice& choice, const Selection& selection) {
  RC_ASSERT(choice.tied == selection.tied);
  RC_ASSERT((choice.winner == nullptr) == (selection.winner() == nullptr));
  if (choice.winner == nullptr) return;
  RC_ASSERT(choice->symbol.target == selection.winner()->symbol.target);
  RC_ASSERT(choice.score == selection.winner()->score);
}

// Of a context whose facts may have another type than is declared: then neither answers.
void require_same(const Dispatcher& dispatcher, const Context& context, const Context& facts,
                  const std::vector<Implementation>& all, const PredicateSet& named,
                  const Versions& versions) {
  Context checked;
  try {
    checked = facts_for(declaring(versions), facts);
  } catch (const InputError&) {
    // There is nothing to check them for where there is no such oid.
    if (!all.empty()) RC_ASSERT_THROWS_AS((void)dispatcher.select("gemm", context), InputError);
    return;
  }
  require_same(dispatcher.select("gemm", context), brute_force(all, checked, named, versions));
}

// Of facts as they are, with whatever types.
void require_same_unchecked(const std::vector<Implementation>& all, const Context& facts,
                            const PredicateSet& named, const Versions& versions) {
  std::vector<Predicate> predicates;
  for (const Implementation& one : all) predicates.push_back(Predicate::parse(*one.symbol.select));
  std::vector<Contestant> contestants;
  for (std::size_t i = 0; i < all.size(); ++i)
    contestants.push_back({&predicates[i], &all[i].symbol.info, ast::VersionPaths(versions)});
  const Best best = Candidates(contestants, named).best({facts});
  const Selection selection = brute_force(all, facts, named, versions);
  RC_ASSERT(best.tied == selection.tied);
  if (best.tied == 0) return;
  RC_ASSERT(all[best.first].symbol.target == selection.winner()->symbol.target);
  RC_ASSERT(best.score == selection.winner()->score);
}

// With versions, or numbers that are written for them, in most places where they are declared.
Context fitting(Context facts, const Versions& versions) {
  static const Json values = parse_context(
      R"(["2.10", "v2", "2.0rc1", "2.9", "v2.10.0", 2, 2.5, 2.10, null, true])", "values");
  for (const std::string& path : versions.facts) {
    Json value = values[*rc::gen::inRange<std::size_t>(0, values.size())];
    std::vector<std::string> names = parse_path(path);
    for (; !names.empty(); names.pop_back()) {
      Json outer = Json::object();
      outer[names.back()] = std::move(value);
      value = std::move(outer);
    }
    merge_context(facts, value);
  }
  return facts;
}

PredicateSet definitions() {
  PredicateSet named;
  named.define("gpu", {});
  named.define("near", {{}, {}, true});
  named.define("one", {{"p"}, Predicate::parse("p == 'a' & gpu('cuda', self.a) | p.x in [1, 2]")});
  named.define("two", {{"p", "q"}, Predicate::parse("one(q) & yes(3) | p == q & 'a' in p")});
  return named;
}

TEST_CASE("a dispatcher finds the best implementation of an oid, or none") {
  Dispatcher dispatcher({implementation("cpu", "device == 'cpu'"),
                         implementation("cuda", "device == 'cuda' & sm >= 80"),
                         implementation("hopper", "device == 'cuda' & sm >= 90 & yes()"),
                         implementation("any"), implementation("other", "", {}, "softmax")},
                        {});
  CHECK(winner(dispatcher, {{"device", "cuda"}, {"sm", 90}}) == "hopper");
  CHECK(winner(dispatcher, {{"device", "cuda"}, {"sm", 80}}) == "cuda");
  CHECK(winner(dispatcher, {{"device", "tpu"}}) == "any");
  CHECK(dispatcher.select("gemm", {{"device", "cuda"}, {"sm", 90}}).score == 2.5);
  CHECK(dispatcher.select("softmax", {})->symbol.target == "other");
  CHECK_FALSE(dispatcher.select("conv", {}));
  CHECK(dispatcher.size("gemm") == 4);
  CHECK(dispatcher.size("conv") == 0);
}

TEST_CASE("the first in registration order wins a tie, wherever the index has the others") {
  Dispatcher dispatcher({implementation("c", "sm >= 80"), implementation("a", "device == 'cuda'"),
                         implementation("b", "yes(1)"), implementation("z", "yes(0.5)")},
                        {});
  Choice choice = dispatcher.select("gemm", {{"device", "cuda"}, {"sm", 90}});
  CHECK(choice->symbol.target == "c");
  CHECK(choice.tied == 3);
}

TEST_CASE("an implementation that requires one of several values is counted once") {
  Dispatcher dispatcher(
      {implementation("a", "isa('x', 'y', 'x')"), implementation("b", "isa('y')")}, [] {
        PredicateSet named;
        named.define("isa", {});
        return named;
      }());
  CHECK(dispatcher.select("gemm", {{"isa", {"x", "y", "y", "x"}}}).tied == 2);
  CHECK(dispatcher.select("gemm", {{"isa", {"x", "x"}}}).tied == 1);
  CHECK(winner(dispatcher, {{"isa", "y"}}) == "a");
  CHECK(winner(dispatcher, {{"isa", "z"}}) == "");
}

TEST_CASE("a context is laid over the base, objects key by key") {
  Context base = {{"device", "cuda"}, {"driver", {{"major", 12}, {"minor", 4}}}};
  Dispatcher dispatcher(
      {implementation("a", "device == 'cuda' & driver.major == 12 & driver.minor == 5")}, {}, base);
  CHECK(winner(dispatcher, Context::object()) == "");
  CHECK(winner(dispatcher, {{"driver", {{"minor", 5}}}}) == "a");
  CHECK(winner(dispatcher, {{"driver", {{"minor", 5}}}, {"device", "cpu"}}) == "");
  CHECK(winner(dispatcher, {{"driver", nullptr}}) == "");
}

TEST_CASE("a C++ predicate is given the whole context") {
  Implementation one = implementation("a");
  one.predicate = objectify_predicate("both", [](const Context& context) {
    return context.contains("x") && context.contains("y");
  });
  Dispatcher dispatcher({one}, {}, {{"x", 1}});
  CHECK(winner(dispatcher, {{"y", 2}}) == "a");
  CHECK(winner(dispatcher, {{"z", 2}}) == "");
}

TEST_CASE("a predicate that cannot be scored is refused when the dispatcher is made") {
  CHECK_THROWS_WITH_AS(Dispatcher({implementation("a", "gpu()")}, {}),
                       "kernels.reg.toml:4:2: the predicate of a: no predicate is named \"gpu\"",
                       InputError);
  CHECK_THROWS_WITH_AS(Dispatcher({implementation("a", "sm = 1")}, {}),
                       doctest::Contains("unknown operator"), InputError);
  PredicateSet endless;
  endless.define("f", {{}, Predicate::parse("f()")});
  CHECK_THROWS_AS(Dispatcher({implementation("a")}, endless), InputError);
}

TEST_CASE("who cannot win is not scored") {
  int calls = 0;
  std::vector<Implementation> all = {implementation("best", "op == 'x' & yes(9)")};
  all.push_back(implementation("worse"));
  all.back().predicate =
      Predicate::parse("op == 'x'") &
      objectify_predicate("counted", [&calls](const Context&) { return ++calls; });
  all.push_back(implementation("elsewhere"));
  all.back().predicate = Predicate::parse("op == 'y' & yes(-1e308)") & *all[1].predicate;
  Dispatcher dispatcher(all, {});
  CHECK(winner(dispatcher, {{"op", "z"}}) == "");
  CHECK(calls == 0);
}

TEST_CASE("a version is found by whatever reads as it") {
  Dispatcher literal({implementation("a", "v == v2.0rc1"),
                      implementation("b", "v in [v12, '2.10']"), implementation("c", "v == 2.10")},
                     {});
  CHECK(winner(literal, {{"v", "2-rc.01+x"}}) == "a");
  CHECK(winner(literal, {{"v", 12.0}}) == "b");
  CHECK(winner(literal, {{"v", "v12.0"}}) == "b");
  CHECK(winner(literal, {{"v", "2.10"}}) == "b");
  CHECK(winner(literal, {{"v", "2.10.0"}}) == "");
  CHECK(winner(literal, {{"v", 2.1}}) == "c");
  CHECK(winner(literal, parse_context(R"({"v":2.10})", "")) == "c");
  Dispatcher typed({implementation("a", "v == self.v", {{"v", "12.0"}}),
                    implementation("b", "v == self.w", {{"w", "2.10"}}),
                    implementation("c", "v in ['12.4', '2.1']")},
                   {}, Context::object(), {declaring({{"v"}, {}})});
  CHECK(winner(typed, {{"v", "v12"}}) == "a");
  CHECK(winner(typed, parse_context(R"({"v":2.10})", "")) == "b");
  CHECK(winner(typed, {{"v", 2.1}}) == "c");
  CHECK(winner(typed, {{"v", "12.4.0"}}) == "c");
}

TEST_CASE("a declared fact of another type is an error of a dispatcher too") {
  RegistryInfo declared = declaring({{"v"}, {}});
  declared.context.push_back({"device", FieldType::String, {"cpu", "cuda"}});
  const Dispatcher dispatcher({implementation("a", "v glob '2.*' & device == 'cuda'")}, {},
                              {{"device", "cuda"}}, {declared});
  CHECK(winner(dispatcher, {{"v", "2.1"}}) == "a");
  CHECK(winner(dispatcher, {{"v", 2.5}}) == "a");
  CHECK(winner(dispatcher, parse_context(R"({"v":2.10})", "")) == "a");
  CHECK(winner(dispatcher, {{"v", "2.1"}, {"device", "cpu"}}) == "");
  CHECK_THROWS_WITH_AS(dispatcher.select("gemm", {{"v", "new"}}),
                       "the fact \"v\" of the registry \"Kernel\" is version, but \"new\" is given",
                       InputError);
  CHECK_THROWS_AS(dispatcher.select("gemm", {{"v", 2}, {"device", 1}}), InputError);
  CHECK_THROWS_AS(dispatcher.select("gemm", {{"v", "2"}, {"device", "tpu"}}), InputError);
  declared.context.push_back({"cpu.isa", FieldType::List});
  const Dispatcher nested({implementation("a", "'avx' in cpu.isa")}, {},
                          {{"cpu", {{"isa", {"avx"}}}}}, {declared});
  CHECK(winner(nested, {{"v", "2"}}) == "a");
  CHECK(winner(nested, {{"cpu", nullptr}}) == "");
  CHECK_THROWS_WITH_AS(nested.select("gemm", {{"cpu", "x86"}}),
                       "the registry \"Kernel\" has facts in \"cpu\", but \"x86\" is given",
                       InputError);
  CHECK(dispatcher.select("softmax", {{"v", "new"}}).winner == nullptr);
}

TEST_CASE("what one registry declares says nothing of another's symbols") {
  Implementation other = implementation("other", "v == '2'");
  other.symbol.registry = "Other";
  const Dispatcher dispatcher({implementation("own", "v == '2.0' & yes()"), other}, {},
                              Context::object(), {declaring({{"v"}, {}})});
  CHECK(winner(dispatcher, {{"v", "2"}}) == "own");
  CHECK(dispatcher.select("gemm", {{"v", "2"}}).score == 1.5);
  CHECK(winner(dispatcher, {{"v", "v2"}}) == "own");
  CHECK(winner(dispatcher, {{"v", "3"}}) == "");
}

TEST_CASE("the nearest of those that a fact grades wins, and keeps what else it scores") {
  PredicateSet named;
  named.define("is_instance", {});
  named.define("groups", {{}, {}, true});
  Dispatcher dispatcher(
      {implementation("any", "is_instance('Any')"), implementation("user", "is_instance('CWUser')"),
       implementation("either", "is_instance('CWGroup', 'CWUser') & yes(0.5)"),
       implementation("both", "groups('a', 'b')"), implementation("rank", "yes(2.5)")},
      named);
  CHECK(winner(dispatcher, {{"is_instance", {{"Any", 1}, {"CWUser", 4}}}}) == "either");
  CHECK(winner(dispatcher, {{"is_instance", {{"Any", 3}, {"CWUser", 0}}}}) == "any");
  CHECK(winner(dispatcher, {{"is_instance", "CWUser"}}) == "rank");
  CHECK(winner(dispatcher, {{"groups", {{"a", 2}, {"b", 3}}}}) == "both");
  CHECK(winner(dispatcher, {{"groups", {{"a", 2}, {"b", 0}}}}) == "rank");
  CHECK(dispatcher.select("gemm", {{"is_instance", {{"CWUser", 4}}}}).score == 4.5);
}

TEST_CASE("selecting allocates nothing") {
  PredicateSet named;
  named.define("is_an_instance_of", {});
  named.define("needs_all_of", {{}, {}, true});
  std::vector<Implementation> all;
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    all.push_back(implementation("a long name for a target, number " + number,
                                 "device == self.device & sm >= 80 & 'avx2' in isa",
                                 {{"device", "a long name for a device " + number}}));
    all.push_back(implementation("version " + number, "`driver's version` == self.driver",
                                 {{"driver", "535.104.05.0000000000-rc." + number}}));
    all.push_back(implementation(
        "grade " + number, "is_an_instance_of('a class with a long name, number " + number + "')"));
    all.push_back(implementation(
        "all " + number, "needs_all_of('the first of two long texts', 'another, " + number + "')"));
  }
  Dispatcher dispatcher(all, named, {{"sm", 90}}, {declaring({{"`driver's version`"}, {}})});
  const std::vector<Context> contexts = {
      {{"device", "a long name for a device 42"}, {"isa", {"sse", "avx2"}}},
      {{"driver's version", "v535.104.5.00-rc.00042+with.something.ignored"}},
      parse_context(R"({"is_an_instance_of":{"a class with a long name, number 42":2.50}})", ""),
      {{"needs_all_of", {"the first of two long texts", "another, 42"}}}};
  const std::vector<double> scores = {3, 1, 2.5, 2};
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    const std::size_t before = allocations();
    Choice choice = dispatcher.select("gemm", contexts[i]);
    const std::size_t after = allocations();
    CHECK(choice.score == scores[i]);
    CHECK(choice.tied == 1);
    CHECK(after == before);
  }
}

TEST_CASE("many threads may select at once") {
  std::vector<Implementation> all;
  PredicateSet named;
  named.define("near", {});
  for (int i = 0; i < 50; ++i)
    all.push_back(implementation(std::to_string(i), "x == self.x | `v w` == self.v & near('a')",
                                 {{"x", i}, {"v", std::to_string(i) + ".10"}}));
  const Dispatcher dispatcher(all, named, Context::object(), {declaring({{"`v w`"}, {}})});
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        const std::string number = std::to_string(i % 50);
        if (winner(dispatcher, {{"x", i % 50}}) != number) ++wrong;
        const Context context =
            parse_context("{\"v w\":" + number + ".10,\"near\":{\"a\":2.50}}", "");
        if (winner(dispatcher, context) != number) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

// A predicate that an index can do something with, more often than a random one.
std::string indexable(int depth) {
  static const std::vector<std::string> conditions = {"a == 'a'",
                                                      "a == 1",
                                                      "b == 'cuda'",
                                                      "b in ['a', 'b', 2]",
                                                      "'a' in a",
                                                      "c == self.c",
                                                      "d in self.d",
                                                      "gpu('cuda', 'a')",
                                                      "gpu(self.a)",
                                                      "one(a)",
                                                      "two(b, 'a')",
                                                      "a == true",
                                                      "'2' in c",
                                                      "_v1x == 2.5",
                                                      "a == '2.10'",
                                                      "c == self.none",
                                                      "d in ['a', v2]",
                                                      "a == 1 | a == 'b'",
                                                      "b in [1, 1.0, '']",
                                                      "d == null",
                                                      "a == v2.10",
                                                      "a == 2.10",
                                                      "b in ['2.9', v2.0rc1, 2.10, 'x']",
                                                      "v2.10 in a",
                                                      "self.c in a",
                                                      "gpu('2.10', v2)",
                                                      "near('cuda', 'a')",
                                                      "near('2.10')",
                                                      "near(self.a, 'x')",
                                                      "gpu('x', 'cuda')",
                                                      "`max-batch` == self.`max-batch`",
                                                      "`v2` in self.d",
                                                      "`true` == '2.10'",
                                                      "c == self.c & gpu('cuda') & near('cuda')",
                                                      "a in [null, 'a']",
                                                      "'x' in a",
                                                      "near(v2.0rc1, 'a')"};
  std::string text = "(" + *rc::gen::elementOf(conditions) + ")";
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    text += *rc::gen::elementOf(std::vector<std::string>{" & ", " & ", " | "}) + "(" +
            *rc::gen::elementOf(conditions) + ")";
  }
  if (*rc::gen::inRange(0, 3) == 0)
    text += " & yes(" + std::to_string(*rc::gen::inRange(-2, 3)) + ")";
  if (depth > 0 && *rc::gen::inRange(0, 2) == 0)
    text =
        "(" + text + ") & (" + Writer(3).write((*test::arbitrary_calling_predicate(1)).tree) + ")";
  return text;
}

TEST_CASE("a dispatcher chooses what scoring every implementation chooses") {
  const PredicateSet named = definitions();
  CHECK(rc::check("dispatch is brute force", [&named] {
    std::vector<Implementation> all;
    for (int i = *rc::gen::inRange(0, 25); i > 0; --i) {
      all.push_back(implementation(std::to_string(i), indexable(1), *test::arbitrary_facts()));
    }
    const Context base = *rc::gen::inRange(0, 2) == 0 ? Json::object() : *test::arbitrary_facts();
    const Versions versions =
        *rc::gen::inRange(0, 2) == 0 ? Versions() : *test::arbitrary_versions();
    const Dispatcher dispatcher(all, named, base, {declaring(versions)});
    for (int i = 0; i < 20; ++i) {
      Context context = *test::arbitrary_facts();
      if (i % 5 == 0) context["c"] = Json::binary({'2', '.', '1', '0'});
      if (i % 5 == 1) context["gpu"] = Json::array({"cuda", "a", Json::binary({'2'}), 1});
      Context facts = base;
      merge_context(facts, context);
      require_same_unchecked(all, facts, named, versions);
      const Context fit = fitting(context, versions);
      facts = base;
      merge_context(facts, fit);
      require_same(dispatcher, fit, facts, all, named, versions);
    }
  }));
}

TEST_CASE("so it does for any predicates") {
  const PredicateSet named = definitions();
  CHECK(rc::check("dispatch is brute force", [&named] {
    std::vector<Implementation> all;
    for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
      std::string text = Writer(9).write((*test::arbitrary_calling_predicate(2)).tree);
      all.push_back(implementation(std::to_string(i), text, *test::arbitrary_facts()));
    }
    const Versions versions = *test::arbitrary_versions();
    const Dispatcher dispatcher(all, named, Context::object(), {declaring(versions)});
    for (int i = 0; i < 10; ++i) {
      const Context context = *test::arbitrary_facts();
      require_same_unchecked(all, context, named, versions);
      const Context fit = fitting(context, versions);
      require_same(dispatcher, fit, fit, all, named, versions);
    }
  }));
}

}  // namespace
}  // namespace reg
