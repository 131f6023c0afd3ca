// Any bytes as a predicate: they parse or are refused; what parses prints as text that parses to
// the same; it scores and explains alike, with every name that it calls defined in the way that is
// worst for it; a dispatcher finds the score that it has; and it asks for no fact that it does not
// read.

#include <predicate/fact_questions.h>
#include <predicate/facts_read.h>
#include <predicate/path_text.h>
#include <reg/dispatcher.h>
#include <reg/facts.h>
#include <reg/predicate.h>
#include <reg/selection.h>
#include <algorithm>
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
  static const Context facts = reg::parse_context(
      R"({"a":1, "b":"v2.10", "c":["x",2,null,2.10], "d":{"e":0.50,"x":3,"y":true}, "sm":80,
          "s":"cuda", "n":null, "t":true, "version":"1.2rc1", "two":2.10, "a.b":{"c`d":"2.0"}})",
      "context");
  return facts;
}

const Json& self() {
  static const Json info = {{"rank", 3}, {"a", "b"}, {"max-batch", "2.10.0"}, {"none", nullptr}};
  return info;
}

const reg::RegistryInfo& registry() {
  static const reg::RegistryInfo declared = [] {
    reg::RegistryInfo registry;
    for (const char* path : {"version", "b", "d.e", "`a.b`.`c``d`"})
      registry.context.push_back({path, reg::FieldType::Version});
    registry.fields = {{"max-batch", reg::FieldType::Version}};
    return registry;
  }();
  return declared;
}

const reg::Versions& versions() {
  static const reg::Versions typed = reg::versions_of(registry());
  return typed;
}

// f calls itself, g takes what it passes on, and all else is the test of a fact.
PredicateSet worst_definitions(const Predicate& predicate) {
  PredicateSet set;
  set.define("f", {{}, Predicate::parse("~f() | ~f()")});
  set.define("g", {{"p"}, Predicate::parse("has(p.e) | h(p) & p in c")});
  for (const reg::PredicateCall& call : predicate.calls()) set.define(call.name, {});
  return set;
}

// Tests of facts; every other one of all its arguments.
PredicateSet tests_of_facts(const Predicate& predicate) {
  PredicateSet set;
  for (const reg::PredicateCall& call : predicate.calls())
    set.define(call.name, {{}, std::nullopt, call.name.size() % 2 == 0});
  return set;
}

void evaluate(const Predicate& predicate) {
  PredicateSet named = worst_definitions(predicate);
  try {
    double score = predicate.score(context(), self(), named, versions());
    require(predicate.explain(context(), self(), named, versions()).score == score);
  } catch (const reg::InputError&) {
    // A call that cannot be made, or that never ends.
  }
}

void dispatch(const Predicate& predicate) {
  PredicateSet named = tests_of_facts(predicate);
  if (!named.problems().empty()) return;
  reg::Implementation one;
  one.symbol.oid = "x";
  one.symbol.info = self();
  one.predicate = predicate;
  const reg::Dispatcher dispatcher({one}, named, Context::object(), {registry()});
  const Context facts = reg::facts_for(registry(), context());
  const double score = predicate.score(facts, self(), named, versions());
  const reg::Choice choice = dispatcher.select("x", context());
  require(choice.tied == (score > 0 ? 1 : 0));
  require(choice.score == (score > 0 ? score : 0));
}

void read_off(const Predicate& predicate) {
  for (const std::string& fact : predicate.facts())
    require(reg::print_path(reg::parse_path(fact)) == fact);
  const std::size_t parts = predicate.selectors().size();
  const bool joined =
      predicate.kind() == reg::PredicateKind::And || predicate.kind() == reg::PredicateKind::Or;
  require(joined ? parts > 1 : parts == 1);
}

// `g` is written out, all else is the test of a fact.
void ask(const Predicate& predicate) {
  PredicateSet named;
  named.define("g", {{"p"}, Predicate::parse("has(p.e) | p in c")});
  for (const reg::PredicateCall& call : predicate.calls()) named.define(call.name, {});
  for (const reg::PredicateCall& call : predicate.calls()) {
    if (named.problem(call)) return;
  }
  if (!named.problems().empty()) return;
  reg::FactPaths read;
  reg::FactsRead(named).add(predicate, read);
  for (const auto& question : reg::ast::FactQuestions(named).of(predicate)) {
    // An argument may be gone into: `has(p.e)` of `a.b` reads what lies in it.
    require(std::any_of(read.begin(), read.end(), [&](const std::string& path) {
      return reg::ast::lies_in(question.fact, path);
    }));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Predicate predicate = Predicate::parse({reinterpret_cast<const char*>(data), size});
    std::string text = predicate.to_string();
    require(Predicate::parse(text) == predicate);
    require(Predicate::parse(text).to_string() == text);
    read_off(predicate);
    evaluate(predicate);
    dispatch(predicate);
    ask(predicate);
  } catch (const reg::PredicateError& error) {
    require(error.offset() <= size);
    require(!error.excerpt().empty());
  }
  return 0;
}
