#include <doctest/doctest.h>
#include <predicate/evaluation.h>
#include <predicate/fact_questions.h>
#include <predicate/generators.h>
#include <predicate/print.h>

namespace reg::test {
namespace {

using ast::FactQuestion;

std::string text_of(const FactQuestion& question) {
  std::string text = question.fact + ' ' + to_string(question.test);
  if (const auto* literal = std::get_if<ast::Literal>(&question.with))
    text += ' ' + ast::printed(literal->value);
  if (const auto* path = std::get_if<ast::Path>(&question.with)) text += ' ' + ast::printed(*path);
  return question.by_way_of.empty() ? text : text + " by " + question.by_way_of;
}

const PredicateSet& named() {
  static const PredicateSet set = [] {
    PredicateSet made;
    made.define("gpu", {{}, Predicate::parse("device in ['cuda', 'rocm']")});
    made.define("at_least", {{"v"}, Predicate::parse("version >= v")});
    made.define("modern", {{"v"}, Predicate::parse("gpu() & at_least(v)")});
    made.define("group", {});
    made.define("deep", {{"p"}, Predicate::parse("p.x == 1 & has(p)")});
    made.define("hides", {{"group"}, Predicate::parse("group('a') & group == 1")});
    return made;
  }();
  return set;
}

std::vector<std::string> questions(const std::string& text) {
  std::vector<std::string> texts;
  ast::FactQuestions all(named());
  for (const FactQuestion& question : all.of(Predicate::parse(text)))
    texts.push_back(text_of(question));
  return texts;
}

using Texts = std::vector<std::string>;

PredicateDefinition random_definition(std::vector<std::string> params,
                                      const std::vector<detail::Callee>& callees) {
  return {std::move(params), Predicate::parse(Writer(1).write(detail::part(2, callees)))};
}

// The facts that the predicate asks for, and nothing else of a context.
Context asked_for(const Context& context, const std::vector<FactQuestion>& all) {
  Context asked = Context::object();
  for (const FactQuestion& question : all) {
    const std::vector<std::string> names = parse_path(question.fact);
    const Json* value = ast::descend(&context, names);
    if (value == nullptr) continue;
    Json nested = *value;
    for (auto name = names.rbegin(); name != names.rend(); ++name) nested = {{*name, nested}};
    merge_context(asked, nested);
  }
  return asked;
}

}  // namespace

TEST_CASE("every part that reads a fact is a question, seen from the fact") {
  CHECK(questions("device == 'cuda' & 80 <= sm & ~fast | has(a.b) & yes(rank)") ==
        Texts{"device == \"cuda\"", "sm >= 80", "fast true", "a.b has", "rank yes"});
  CHECK(questions("v12 > version & name glob 'a*' & 'x' in isa & 'x' != a") ==
        Texts{"version < v12", "name glob \"a*\"", "isa contains \"x\"", "a != \"x\""});
  CHECK(questions("self.a == 1 & true & has(self.b) & yes(self.c)").empty());
}

TEST_CASE("a list has the elements that the fact may be") {
  CHECK(questions("device in ['cuda', 'rocm', 'cuda']") ==
        Texts{"device in \"cuda\"", "device in \"rocm\""});
  CHECK(questions("device == ['cuda']") == Texts{"device == [\"cuda\"]"});
}

TEST_CASE("fields of the candidate and other facts stand where a value would") {
  CHECK(questions("sm >= self.min_sm & self.isa in cpu.isa & a == b") ==
        Texts{"sm >= self.min_sm", "cpu.isa contains self.isa", "a == b", "b == a"});
}

TEST_CASE("a call asks what its definition does, of the arguments in place of the parameters") {
  CHECK(questions("at_least(v12) & at_least(self.driver)") ==
        Texts{"version >= v12 by at_least", "version >= self.driver by at_least"});
  CHECK(questions("modern(v2)") == Texts{"device in \"cuda\" by modern",
                                         "device in \"rocm\" by modern",
                                         "version >= v2 by modern"});
  CHECK(questions("at_least(sm)") ==
        Texts{"version >= sm by at_least", "sm <= version by at_least"});
  CHECK(questions("deep(cpu)") == Texts{"cpu.x == 1 by deep", "cpu has by deep"});
  CHECK(questions("deep(self.cpu) & deep(7)").empty());
  CHECK(questions("no_such(a)").empty());
}

TEST_CASE("the test of a fact asks for that fact, whatever a parameter is called") {
  CHECK(questions("group('a', self.b) | group()") ==
        Texts{"group argument \"a\"", "group argument self.b", "group true"});
  CHECK(questions("hides(sm)") == Texts{"group argument \"a\" by hides", "sm == 1 by hides"});
}

TEST_CASE("the same question is asked once") {
  CHECK(questions("sm > 1 & (sm > 1 | 1 < sm)") == Texts{"sm > 1"});
}

TEST_CASE("nothing but what a predicate asks for changes its score") {
  CHECK(rc::check("score of what is asked for", [] {
    PredicateSet set;
    set.define("gpu", {});
    set.define("near", {{}, {}, true});
    set.define("one", random_definition({"a"}, {{"gpu", -1}, {"near", -1}}));
    set.define("two", random_definition({"b", "d"}, {{"gpu", -1}, {"one", 1}}));
    const Ast ast = *arbitrary_calling_predicate();
    const Predicate predicate = Predicate::parse(Writer(1).write(ast.tree));
    const Json context = *arbitrary_facts(), self = *arbitrary_facts();
    const Versions versions = *arbitrary_versions();
    ast::FactQuestions all(set);
    RC_ASSERT(predicate.score(asked_for(context, all.of(predicate)), self, set, versions) ==
              predicate.score(context, self, set, versions));
  }));
}

}  // namespace reg::test
