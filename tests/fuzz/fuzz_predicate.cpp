// Any bytes as a predicate: they parse or are refused; what parses prints as text that parses to
// the same; and it scores and explains alike, with every name that it calls defined in the way that
// is worst for it.

#include <reg/predicate.h>
#include <cstdint>
#include <cstdlib>

namespace {

using reg::Context;
using reg::Json;
using reg::Predicate;
using reg::PredicateSet;

void require(bool holds) {
  if (!holds) std::abort();
}

const Context& context() {
  static const Context facts = {
      {"a", 1},          {"b", "v2.10"}, {"c", {"x", 2, nullptr}}, {"d", {{"e", 0.5}}},
      {"sm", 80},        {"s", "cuda"},  {"n", nullptr},           {"t", true},
      {"version", "1.2"}};
  return facts;
}

// f calls itself, g takes what it passes on, and all else is the test of a fact.
PredicateSet definitions(const Predicate& predicate) {
  PredicateSet set;
  set.define("f", {{}, Predicate::parse("~f() | ~f()")});
  set.define("g", {{"p"}, Predicate::parse("has(p.e) | h(p) & p in c")});
  for (const reg::PredicateCall& call : predicate.calls()) set.define(call.name, {});
  return set;
}

void evaluate(const Predicate& predicate) {
  const Json self = {{"rank", 3}, {"a", "b"}};
  PredicateSet named = definitions(predicate);
  try {
    double score = predicate.score(context(), self, named);
    require(predicate.explain(context(), self, named).score == score);
  } catch (const reg::InputError&) {
    // A call that cannot be made, or that never ends.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Predicate predicate = Predicate::parse({reinterpret_cast<const char*>(data), size});
    std::string text = predicate.to_string();
    require(Predicate::parse(text) == predicate);
    require(Predicate::parse(text).to_string() == text);
    require((predicate.facts(), predicate.selectors().size()) > 0);
    evaluate(predicate);
  } catch (const reg::PredicateError& error) {
    require(error.offset() <= size);
    require(!error.excerpt().empty());
  }
  return 0;
}
