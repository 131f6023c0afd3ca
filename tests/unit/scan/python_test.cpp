#include <doctest/doctest.h>
#include <scan/languages.h>
#include <string>

using reg::Account;
using reg::Expression;
using reg::Statement;

namespace {

Account account_of(std::string_view text) { return reg::scan_python(text, {"register"}); }

Statement last_of(std::string_view text) {
  Account account = account_of(text);
  REQUIRE_FALSE(account.statements.empty());
  return account.statements.back();
}

}  // namespace

TEST_CASE("imports say the module, how many dots, and what it is bound to") {
  const Statement from = last_of("from ..a.b import (c as d, # comment\n e)");
  CHECK(from.module == "a.b");
  CHECK(from.level == 2);
  REQUIRE(from.imported.size() == 2);
  CHECK(from.imported[0].as == "d");
  CHECK(from.imported[1].as == "e");
  CHECK(last_of("import a.b").name == "a");
}

TEST_CASE("the text of a literal is what Python makes of it") {
  CHECK(last_of(R"(x = "a\x41" 'b' r'\\')").value.value == "aAb\\\\");
  CHECK(last_of("x = -0x1_0").value.value == -16);
  CHECK(last_of("x = b'a'").value.kind == Expression::Kind::Other);
  CHECK(last_of("x = f'a'").value.kind == Expression::Kind::Other);
}

TEST_CASE("a curried call is one statement, and a decorator is none") {
  const Account account = account_of("X.register(name='a')(Y)\n@X.register()\nclass A: pass\n");
  REQUIRE(account.statements.size() == 2);
  CHECK(account.statements[0].value.items[0].kind == Expression::Kind::Call);
  CHECK(account.statements[1].kind == Statement::Kind::Class);
  CHECK(account.statements[1].decorators.size() == 1);
}

TEST_CASE("what a loop or condition holds is marked so, and what a function says is global") {
  const Statement looped = last_of("for x in y:\n  register(x)\n");
  CHECK(looped.guarded);
  CHECK(looped.repeated);
  CHECK(last_of("if __name__ == '__main__':\n  register(x)\n").script_only);
  const Statement global = last_of("def f():\n  global x\n  x = 1\n");
  CHECK(global.scope == 0);
  CHECK(global.guarded);
}

TEST_CASE("a file in no known encoding has a problem and nothing else") {
  CHECK(last_of("# coding: latin-1\nx = '\xE9'\n").value.value == "\xC3\xA9");
  const Account account = account_of("x = '\xE9'\n");
  CHECK(account.statements.empty());
  CHECK(account.problems.size() == 1);
}

TEST_CASE("what does not parse is named once, and the rest is read") {
  const Account account = account_of("class A(B:\n    x = register(Y)\nregister(Z)\n");
  CHECK(account.problems.size() == 1);
}

TEST_CASE("nesting without end is a problem of that file at most") {
  CHECK(account_of(std::string(200'000, '[')).statements.empty());
  CHECK(account_of("x = " + std::string(50'000, '(') + "1").statements.empty());
}
