#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <reg/selection.h>

namespace reg {
namespace {

Symbol symbol(const std::string& target, std::optional<std::string> select = {},
              Json info = Json::object()) {
  Symbol one;
  one.registry = "Kernel";
  one.oid = "gemm";
  one.target = target;
  one.info = std::move(info);
  one.select = std::move(select);
  one.source = {"kernels.reg.toml", 4, 2};
  return one;
}

Selection chosen(std::vector<Symbol> symbols, const Context& context,
                 const std::optional<std::string>& fallback = {}, Explain explain = Explain::No) {
  return choose("Kernel", "gemm", std::move(symbols), fallback, context, {}, explain);
}

std::vector<std::string> targets(const Selection& selection) {
  std::vector<std::string> all;
  for (const Candidate& candidate : selection.candidates) all.push_back(candidate.symbol.target);
  return all;
}

TEST_CASE("the highest score wins, and the candidates come best first") {
  Selection selection = chosen(
      {symbol("naive"), symbol("cublas", "sm >= 80 & yes(2)"), symbol("cpu", "device == 'cpu'")},
      {{"sm", 90}});
  REQUIRE(selection.winner() != nullptr);
  CHECK(selection.winner()->symbol.target == "cublas");
  CHECK(selection.winner()->score == 3);
  CHECK(targets(selection) == std::vector<std::string>{"cublas", "naive", "cpu"});
  CHECK(selection.applicable().size() == 2);
  CHECK(selection.tied == 1);
  CHECK_FALSE(selection.ambiguous());
  CHECK(selection.registry == "Kernel");
  CHECK(selection.oid == "gemm");
}

TEST_CASE("a tie is won by the first in registration order, and counted") {
  Selection selection = chosen(
      {symbol("z", "yes(1)"), symbol("a", "sm"), symbol("b", "yes(0)"), symbol("c", "yes(1)")},
      {{"sm", 1}});
  CHECK(selection.winner()->symbol.target == "z");
  CHECK(selection.tied == 3);
  CHECK(selection.ambiguous());
  CHECK(targets(selection) == std::vector<std::string>{"z", "a", "c", "b"});
}

TEST_CASE("a symbol without a predicate is scored by its registry's, and without that as yes()") {
  CHECK(chosen({symbol("a")}, {}).winner()->score == 0.5);
  std::string fallback = "device == self.device & yes(1)";
  std::vector<Symbol> symbols = {symbol("a", {}, {{"device", "cpu"}}),
                                 symbol("b", "yes()", {{"device", "cuda"}}),
                                 symbol("c", {}, {{"device", "cuda"}})};
  Selection selection = chosen(symbols, {{"device", "cuda"}}, fallback);
  CHECK(targets(selection) == std::vector<std::string>{"c", "b", "a"});
  CHECK(selection.candidates[0].score == 2);
  CHECK(selection.candidates[2].score == 0);
}

TEST_CASE("where nothing applies there is no winner") {
  Selection selection = chosen({symbol("a", "sm"), symbol("b", "yes(-1)")}, {});
  CHECK(selection.winner() == nullptr);
  CHECK(selection.tied == 0);
  CHECK(selection.applicable().empty());
  CHECK(targets(selection) == std::vector<std::string>{"a", "b"});
  CHECK(chosen({}, {}).winner() == nullptr);
}

TEST_CASE("an explanation has a trace for every candidate, and the same outcome") {
  std::vector<Symbol> symbols = {symbol("a", "sm >= 80"), symbol("b")};
  Selection plain = chosen(symbols, {{"sm", 70}});
  Selection explained = chosen(symbols, {{"sm", 70}}, {}, Explain::Yes);
  CHECK(targets(plain) == targets(explained));
  CHECK_FALSE(plain.candidates[0].trace.has_value());
  REQUIRE(explained.candidates[1].trace.has_value());
  CHECK(explained.candidates[1].trace->note == "sm is 70");
  CHECK(explained.candidates[0].trace->expr == "yes()");
}

TEST_CASE("a predicate that does not parse is an error with the symbol's place and a caret") {
  try {
    chosen({symbol("a"), symbol("b", "sm = 1")}, {});
    FAIL("no error");
  } catch (const InputError& error) {
    REQUIRE(error.diagnostics().size() == 1);
    const Diagnostic& diagnostic = error.diagnostics().front();
    CHECK(diagnostic.place.to_string() == "kernels.reg.toml:4:2");
    CHECK(diagnostic.message == "the predicate of b: unknown operator \"=\"");
    CHECK(diagnostic.hint == "did you mean \"==\"?");
    CHECK(diagnostic.excerpt == "sm = 1\n   ^");
  }
}

TEST_CASE("a predicate that calls an unknown name is an error with the symbol's place") {
  try {
    chosen({symbol("a", "gpu()")}, {});
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) ==
          "kernels.reg.toml:4:2: the predicate of a: no predicate is named \"gpu\"");
  }
}

TEST_CASE("NoSelectableObject shows the context and every candidate's score") {
  NoSelectableObject error(
      chosen({symbol("a", "sm"), symbol("b", "yes(-1.5)")}, {{"device", "cpu"}}));
  CHECK(error.kind() == ErrorKind::NoSelectableObject);
  CHECK(std::string(error.what()) ==
        "no implementation of \"gemm\" in registry \"Kernel\" applies to the context "
        "{\"device\":\"cpu\"}\n"
        "  a: 0\n  b: -1.5");
  CHECK(error.selection().candidates.size() == 2);
}

TEST_CASE("NoSelectableObject cuts what is too long to read") {
  std::vector<Symbol> many;
  for (int i = 0; i < 1000; ++i) many.push_back(symbol("t" + std::to_string(i), "x"));
  std::string what = NoSelectableObject(chosen(many, {{"text", std::string(100'000, 'y')}})).what();
  CHECK(what.size() < 4000);
  CHECK(what.ends_with("… and 995 more"));
}

TEST_CASE("NoSelectableObject says which part of a predicate failed first, and on what values") {
  const std::vector<Symbol> symbols = {
      symbol("sum", "device == 'cpu' & sm >= self.min & yes(2)", {{"min", 80}}),
      symbol("either", "device == 'cpu' & (sm > 90 | has(batch))"),
      symbol("inner", "(missing & sm) | (device == 'cpu' & sm == 1 & yes(0))"),
      symbol("not", "~(device == 'cpu')"),
      symbol("below", "yes(-1.5)"),
      symbol("long", "device == '" + std::string(1000, 'x') + "'")};
  const NoSelectableObject error(
      chosen(symbols, {{"device", "cpu"}, {"sm", 70}}, {}, Explain::Yes));
  std::map<std::string, std::string> why;
  for (const Refusal& one : error.refusals()) why[one.target] = one.why;
  CHECK(why["sum"] == "sm >= self.min (sm is 70, self.min is 80)");
  CHECK(why["either"] == "sm > 90 | has(batch) (sm is 70; missing fact \"batch\")");
  CHECK(why["inner"] ==
        "missing & sm | device == \"cpu\" & sm == 1 & yes(0) (missing fact \"missing\"; sm is 70)");
  CHECK(why["not"] == "~device == \"cpu\"");
  CHECK(why["below"] == "yes(-1.5) (its score is -1.5)");
  CHECK(why["long"].size() < 400);
  CHECK(error.hint().find("--explain") != std::string::npos);
  CHECK(NoSelectableObject(chosen(symbols, {})).refusals()[0].why.empty());
}

TEST_CASE("ties are named one a line, the first few") {
  CHECK_FALSE(chosen({symbol("a", "yes(2)"), symbol("b")}, {}).tie());
  const Tie tie = *chosen({symbol("a"), symbol("b"), symbol("c", "yes(0.1)")}, {}).tie();
  CHECK(tie.message() == "Kernel/gemm: 2 implementations share the score 0.5: a, b");
  const SelectAmbiguity error(std::vector<Tie>(7, tie));
  CHECK(error.targets() == std::vector<std::string>{"a", "b"});
  CHECK(std::string(error.what()).ends_with("… and 2 more"));
  CHECK(SelectAmbiguity(std::vector{tie}).what() == tie.message());
}

TEST_CASE("SelectAmbiguity names the targets") {
  SelectAmbiguity error("two implementations", {"a", "b"});
  CHECK(error.kind() == ErrorKind::SelectAmbiguity);
  CHECK(error.targets() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("the winner is what scoring every implementation finds") {
  CHECK(rc::check("select is brute force", [] {
    Context context = *test::arbitrary_facts();
    std::vector<Symbol> symbols;
    std::vector<double> scores;
    for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
      std::string text = test::Writer(9).write((*test::arbitrary_predicate(2)).tree);
      symbols.push_back(
          symbol("t" + std::to_string(symbols.size()), text, *test::arbitrary_facts()));
      scores.push_back(Predicate::parse(text).score(context, symbols.back().info));
    }
    std::size_t best = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) best = scores[i] > scores[best] ? i : best;
    Selection selection = chosen(symbols, context);
    bool none = scores.empty() || scores[best] <= 0;
    RC_ASSERT((selection.winner() == nullptr) == none);
    if (none) return;
    RC_ASSERT(selection.winner()->symbol.target == symbols[best].target);
    RC_ASSERT(selection.tied ==
              static_cast<std::size_t>(std::count(scores.begin(), scores.end(), scores[best])));
    RC_ASSERT(
        std::is_sorted(selection.candidates.begin(), selection.candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.score > b.score; }));
  }));
}

}  // namespace
}  // namespace reg
