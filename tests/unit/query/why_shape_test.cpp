#include <doctest/doctest.h>
#include <reg/reasoning.h>
#include <reg/selection.h>
#include <reg/shapes.h>

using namespace reg;

namespace {

Contest gemm() {
  Contest contest;
  contest.registry.name = "Kernel";
  contest.oid = "gemm";
  for (const char* select : {"sm >= 80 & yes(1)", "sm >= 50", "sm >= 90"}) {
    Symbol& symbol = contest.symbols.emplace_back();
    symbol.registry = "Kernel";
    symbol.oid = "gemm";
    symbol.target = "k\"" + std::to_string(contest.symbols.size());
    symbol.select = select;
  }
  return contest;
}

std::string shape_of(std::size_t symbol, const Context& context, const std::optional<Pin>& pin) {
  const Reasoner reasoner(gemm());
  const Contest& contest = reasoner.contest();
  const Selection selection = choose("Kernel", "gemm", contest.symbols, std::nullopt, context,
                                     contest.named, Explain::Yes, {}, pin);
  std::string text;
  append_why(text, contest, symbol, selection, reasoner.why(symbol, context));
  return text;
}

}  // namespace

TEST_CASE("why an implementation does not win, as JSON: what is missing has no value now") {
  CHECK(shape_of(0, Context::object(), {}) ==
        R"({"oid":"gemm","registry":"Kernel","target":"k\"1","context":{},)"
        R"_("wins":false,"winner":null,"score":0,"why":"sm >= 80 (missing fact \"sm\")",)_"
        R"("verdict":"always","beaten_by":[],"by_order":false,"rests_on":[],)"
        R"("changes":[{"facts":[{"fact":"sm","condition":"sm >= 80","example":80}],)"
        R"("context":{"sm":80}}],"complete":true})");
}

TEST_CASE("why an implementation never wins, as JSON: who beats it") {
  CHECK(shape_of(2, {{"sm", 90}}, {}) ==
        R"({"oid":"gemm","registry":"Kernel","target":"k\"3","context":{"sm":90},)"
        R"("wins":false,"winner":"k\"1","score":1,"why":null,)"
        R"("verdict":"never","beaten_by":["k\"1"],"by_order":false,)"
        R"("rests_on":[],"changes":[],"complete":true})");
}

TEST_CASE("what wins is said with pins, and the pin goes last") {
  const Pin pin{"gemm", "k\"2", "measured"};
  const std::string text = shape_of(0, {{"sm", 90}}, pin);
  CHECK(text.find(R"("wins":false,"winner":"k\"2","score":2,"why":null)") != std::string::npos);
  CHECK(text.ends_with(R"("changes":[],"complete":true,"pin":{"target":"k\"2",)"
                       R"("reason":"measured","applies":true,"displaces":"k\"1"}})"));
  CHECK(shape_of(1, {{"sm", 90}}, pin).find(R"("wins":true)") != std::string::npos);
}

TEST_CASE("who beats an implementation is said in words, of the first few by name") {
  Contest contest;
  for (const char* target : {"a", "b", "c", "d", "e"})
    contest.symbols.emplace_back().target = target;
  Winning winning;
  winning.beaten_by = {1};
  CHECK(how_beaten(contest, winning) == "\"b\" scores more");
  winning.beaten_by = {0, 2};
  CHECK(how_beaten(contest, winning) == "\"a\" or \"c\" scores more");
  winning.by_order = true;
  CHECK(how_beaten(contest, winning) ==
        "\"a\" or \"c\" scores more, or as much and is registered before it");
  winning.beaten_by = {0, 1, 2, 3};
  CHECK(how_beaten(contest, winning).starts_with("\"a\", \"b\", \"c\" or another scores"));
  winning.beaten_by = {0, 1, 2, 3, 4};
  CHECK(how_beaten(contest, winning).starts_with("\"a\", \"b\", \"c\" or one of 2 others scores"));
}
