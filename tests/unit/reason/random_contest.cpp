#include "random_contest.h"

#include <reg/facts.h>
#include <reg/selection.h>

namespace reg::test {
namespace {

PredicateSet named_predicates() {
  PredicateSet named;
  named.define("gpu", {{}, Predicate::parse("device in ['cuda', 'rocm']")});
  named.define("at_least", {{"v"}, Predicate::parse("sm >= v & yes(0.25)")});
  named.define("group", {{}, std::nullopt});
  named.define("both", {{}, std::nullopt, true});
  return named;
}

template <std::size_t n>
std::string one_of(RandomContest& random, const char* const (&texts)[n]) {
  return texts[random.below(n)];
}

}  // namespace

std::string RandomContest::number_test() {
  static const char* const ops[] = {"==", "!=", "<", "<=", ">", ">="};
  static const char* const numbers[] = {"70", "80", "90", "75.5", "0", "self.min_sm"};
  return "sm " + one_of(*this, ops) + ' ' + one_of(*this, numbers);
}

std::string RandomContest::atom() {
  static const char* const atoms[] = {"device == 'cuda'",
                                      "device != 'cpu'",
                                      "device in ['cuda', 'cpu']",
                                      "device == self.device",
                                      "device glob 'c*'",
                                      "device glob '*a'",
                                      "device > 'cpu'",
                                      "device",
                                      "has(device)",
                                      "has(sm)",
                                      "fast",
                                      "fast == true",
                                      "~fast",
                                      "gpu()",
                                      "at_least(80)",
                                      "at_least(self.min_sm)",
                                      "yes(0.5)",
                                      "yes(2)",
                                      "yes(-1)",
                                      "yes(sm)",
                                      "driver >= v12",
                                      "driver < v12.4",
                                      "driver == '12.4'",
                                      "driver == v12.4rc1",
                                      "'avx2' in isa",
                                      "'avx512' in isa",
                                      "isa",
                                      "isa == ['avx2']",
                                      "group('avx2')",
                                      "group('a', 'b')",
                                      "group()",
                                      "both('a', 'b')",
                                      "has(self.device)",
                                      "device == null",
                                      "device == driver",
                                      "sm in [70, 90]",
                                      "device in 'cuda rocm'",
                                      "self.min_sm > 75",
                                      "'cu' in device"};
  return below(3) == 0 ? number_test() : one_of(*this, atoms);
}

std::string RandomContest::predicate(int depth) {
  if (depth == 0 || below(4) == 0) return atom();
  switch (below(5)) {
    case 0:
      return "~(" + predicate(depth - 1) + ')';
    case 1:
    case 2:
      return '(' + predicate(depth - 1) + " | " + predicate(depth - 1) + ')';
    default:
      return '(' + predicate(depth - 1) + " & " + predicate(depth - 1) + ')';
  }
}

void RandomContest::add_symbols(Contest& contest) {
  contest.oid = "gemm";
  contest.registry.name = "Kernel";
  contest.named = named_predicates();
  const std::size_t count = 2 + below(5);
  for (std::size_t i = 0; i < count; ++i) {
    Symbol& symbol = contest.symbols.emplace_back();
    symbol.registry = "Kernel";
    symbol.oid = "gemm";
    symbol.target = "t" + std::to_string(i);
    if (below(2) == 0) symbol.info["min_sm"] = 70 + 10 * static_cast<int>(below(3));
    if (below(2) == 0) symbol.info["device"] = below(2) == 0 ? "cuda" : "cpu";
    if (below(8) != 0) symbol.select = predicate(2);
  }
}

Contest RandomContest::closed() {
  Contest contest;
  contest.registry.fields = {{"min_sm"}, {"device"}};
  contest.registry.context = {
      {"device", FieldType::String, {"cpu", "cuda", "rocm"}},
      {"sm", FieldType::Int, {70, 80, 90}},
      {"fast", FieldType::Bool, {}},
      {"driver", FieldType::Version, {"11.8", "12.4", "12.4rc1"}},
      {"isa", FieldType::List, {Json::array(), {"avx2"}, {"avx2", "avx512"}}},
      {"group", FieldType::Any, {"avx2", {"a", "b"}, {{"a", 2}, {"b", 0}}, {{"avx2", 1}}}},
      {"both", FieldType::Any, {"a", {"b", "a"}, {{"a", 2}, {"b", 3}}}}};
  add_symbols(contest);
  if (below(3) == 0) contest.base["device"] = "cuda";
  if (below(4) == 0) contest.base["sm"] = 80;
  return contest;
}

Contest RandomContest::joined() {
  Contest contest = closed();
  for (Fact& fact : contest.registry.context) {
    if (fact.path == "group" || fact.path == "both") fact.values.clear();
  }
  change_base(contest);
  return contest;
}

void RandomContest::change_base(Contest& contest) {
  contest.base.erase("group");
  contest.base.erase("both");
  if (below(2) == 0) contest.base["group"] = {{"b", 3}, {"avx2", below(2)}};
  if (below(3) == 0) contest.base["both"] = {{"a", 1}};
}

Contest RandomContest::open() {
  open_ = true;
  Contest contest;
  contest.registry.fields = {{"min_sm"}, {"device"}};
  add_symbols(contest);
  if (below(3) == 0) contest.base["device"] = "cuda";
  return contest;
}

Json RandomContest::value() {
  static const std::vector<Json> values = {nullptr,
                                           true,
                                           false,
                                           0,
                                           1,
                                           -1,
                                           70,
                                           75,
                                           75.5,
                                           80,
                                           80.0,
                                           81,
                                           90,
                                           91.5,
                                           1e300,
                                           -1e300,
                                           "",
                                           "cpu",
                                           "cuda",
                                           "cub",
                                           "d",
                                           "rocm",
                                           "aa",
                                           "a",
                                           "cu",
                                           "12",
                                           "12.4",
                                           "12.4.0",
                                           "v12.4rc1",
                                           "11.9",
                                           "12.5-x",
                                           12,
                                           12.4,
                                           11,
                                           Json::array(),
                                           {"avx2"},
                                           {"avx2", "avx512"},
                                           {"avx512", "cu"},
                                           {"a", "b"},
                                           {"b"},
                                           Json::object(),
                                           {{"a", 2}, {"b", 0.5}},
                                           {{"avx2", true}},
                                           {{"a", 1e300}, {"b", 1}},
                                           {{"cu", 1}},
                                           {{"x", 0}}};
  if (below(12) == 0) return parse_context("12.40", "number");
  return values[below(values.size())];
}

Context RandomContest::context() {
  Context given = Context::object();
  for (const char* fact : {"device", "sm", "fast", "driver", "isa", "group", "both"}) {
    if (below(5) != 0) given[fact] = value();
  }
  return given;
}

namespace {

void each_below(const Contest& contest, std::size_t fact, Context& given,
                const std::function<void(const Context& given)>& visit) {
  if (fact == contest.registry.context.size()) return visit(given);
  const Fact& declared = contest.registry.context[fact];
  std::vector<Json> values = declared.values;
  if (declared.type == FieldType::Any && values.empty())
    values = {"avx2", {"a", "b"}, {{"a", 2}, {"b", 0}}, {{"avx2", 1}}, {{"x", 1}}};
  if (declared.type == FieldType::Bool) values = {true, false};
  values.emplace_back(nullptr);
  each_below(contest, fact + 1, given, visit);
  for (const Json& value : values) {
    given[declared.path] = value;
    each_below(contest, fact + 1, given, visit);
  }
  given.erase(declared.path);
}

}  // namespace

// Facts that no predicate names are left out: they change nothing.
void each_context(const Contest& contest, const std::function<void(const Context& given)>& visit) {
  const std::string text = printed(contest);
  Contest read = contest;
  std::erase_if(read.registry.context, [&](const Fact& fact) {
    const bool by_call = (fact.path == "device" && text.find("gpu()") != std::string::npos) ||
                         (fact.path == "sm" && text.find("at_least") != std::string::npos);
    return !by_call && text.find(fact.path) == std::string::npos;
  });
  Context given = Context::object();
  each_below(read, 0, given, visit);
}

std::vector<double> scores_of(const Contest& contest, const Context& given) {
  Context whole = contest.base;
  merge_context(whole, given);
  whole = facts_for(contest.registry, whole);
  std::vector<double> scores;
  for (const Symbol& symbol : contest.symbols) {
    const Predicate predicate = symbol.select ? Predicate::parse(*symbol.select) : yes();
    scores.push_back(
        predicate.score(whole, symbol.info, contest.named, versions_of(contest.registry)));
  }
  return scores;
}

std::size_t winner_of(const Contest& contest, const Context& given) {
  const std::vector<double> scores = scores_of(contest, given);
  std::size_t best = scores.size();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] > 0 && (best == scores.size() || scores[i] > scores[best])) best = i;
  }
  return best;
}

std::string printed(const Contest& contest) {
  std::string text = "base " + contest.base.dump();
  for (const Symbol& symbol : contest.symbols) {
    text += '\n' + symbol.target + ' ' + symbol.info.dump() + ": " +
            symbol.select.value_or("(unconditional)");
  }
  return text;
}

}  // namespace reg::test
