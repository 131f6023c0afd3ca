#include <doctest/doctest.h>
#include <scan/account_bytes.h>
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

TEST_CASE("what del, with, for, except and match bind or unbind is said by name") {
  const auto names_of = [](std::string_view text, Statement::Kind kind) {
    std::string names;
    for (const Statement& each : account_of(text).statements)
      if (each.kind == kind) names += each.name + ' ';
    return names;
  };
  using Kind = Statement::Kind;
  CHECK(names_of("del a, (b.c, d[0])\n", Kind::Unbind) == "a b.c ");
  CHECK(names_of("with f() as a, g() as (b, *c): pass\n", Kind::Bind) == "a b c ");
  CHECK(names_of("try: pass\nexcept E as e: pass\n", Kind::Bind) == "e ");
  CHECK(names_of("match x:\n  case [a, *b]: pass\n  case C(d, k=e) | {'f': g, **h}: pass\n"
                 "  case M.V as i: pass\n",
                 Kind::Bind) == "a b d e g h i ");
  CHECK(names_of("for a, b.c in d: pass\n", Kind::Bind) == "a b.c ");
}

TEST_CASE("a walrus is an assignment where it stands") {
  const Account account = account_of("if (x := register(A)): pass\n");
  REQUIRE(account.statements.size() == 1);
  CHECK(account.statements[0].kind == Statement::Kind::Assign);
  CHECK(account.statements[0].name == "x");
  CHECK_FALSE(account.statements[0].guarded);
}

TEST_CASE("how lines end and blanks look does not matter") {
  const std::string text = "class A:\n\tx = '''a\nb'''\n\n\tdef f(self): pass\n\fy = 1\n";
  std::string returned;
  for (const char c : text) returned += c == '\n' ? "\r\n" : std::string(1, c);
  const Account account = account_of(text), other = account_of(returned);
  REQUIRE(account.statements.size() == 5);
  CHECK(account.problems.empty());
  CHECK(reg::to_bytes(account) == reg::to_bytes(other));
  CHECK(account.statements[1].value.value == "a\nb");
  CHECK(account.statements[4].at.line == 6);
  CHECK(account.statements[4].at.column == 2);
}

TEST_CASE("marks, coding lines and NUL bytes are taken as Python takes them") {
  CHECK(last_of("\xEF\xBB\xBFx = 1\n").at.column == 1);
  CHECK(last_of("#!/bin/sh\n# -*- coding: cp1252 -*-\nx = '\x80'\n").value.value == "\xE2\x82\xAC");
  CHECK(account_of("x = 1\ny = 2\n# coding: ebcdic\n").problems.empty());
  CHECK(account_of("# coding: ebcdic\nx = 1\n").problems.size() == 1);
  const Account account = account_of(std::string_view("x = 1\0\n", 7));
  CHECK(account.statements.empty());
  CHECK(account.problems.size() == 1);
}

TEST_CASE("what does not parse is named once, and the rest is read") {
  const auto kinds_beside = [](const std::string& error) {
    const Account account =
        account_of("register(A)\n" + error + "\n\n@register(C)\ndef f():\n  register(B)\n");
    CHECK(account.problems.size() == 1);
    std::string kinds;
    for (const Statement& each : account.statements) {
      if (each.kind == Statement::Kind::Call) kinds += 'c';
      if (each.kind == Statement::Kind::Function) kinds += each.decorators.empty() ? 'f' : 'd';
    }
    return kinds;
  };
  for (const char* error : {"x = = 1", "x = (1,", "x = [", "class :", "x = 'a", "?"}) {
    CAPTURE(std::string(error));
    CHECK(kinds_beside(error) == "cdc");
  }
  CHECK(account_of("class A(B:\n    x = register(Y)\nregister(Z)\n").problems.size() == 1);
}

TEST_CASE("a large file is read whole, and so is what stands beside an error in it") {
  std::string text;
  for (int count = 0; count < 20'000; ++count) text += "x = register(a, b='c')\n";
  CHECK(account_of(text).problems.empty());
  CHECK(account_of(text).statements.size() == 20'000);
  const Account account = account_of(text + "x = = 1\n" + text);
  REQUIRE(account.problems.size() == 1);
  CHECK(account.problems[0].place.line == 20'001);
  CHECK(account.statements.size() == 40'000);
  CHECK(account.statements.back().at.line == 40'001);
}

TEST_CASE("of what is too long to be parsed with an error, only the statement is left out") {
  std::string numbers;
  for (int count = 0; count < 40'000; ++count) numbers += "1, ";
  const auto with_list = [&](const std::string& end) {
    return account_of("register(A)\nx = [" + numbers + end + "register(B)\n");
  };
  CHECK(with_list("]\n").problems.empty());
  CHECK(with_list("]\n").statements.size() == 3);
  for (const char* end : {"1 1]\n", "] + \n", "]('\n", "], not\n", "] = '''\n"}) {
    CAPTURE(std::string(end));
    const Account account = with_list(end);
    REQUIRE(account.problems.size() == 1);
    CHECK(account.problems[0].place.line == 2);
    CHECK(account.statements.front().at.line == 1);
    CHECK(account.statements.size() <= 2);
  }
}

TEST_CASE("comments in any number are no matter") {
  std::string comments;
  for (int count = 0; count < 100'000; ++count) comments += "    # x\n";
  const Account account =
      account_of(comments + "def f():\n" + comments + "  x = [\n" + comments + "]\n" + comments);
  CHECK(account.problems.empty());
  REQUIRE(account.statements.size() == 2);
  CHECK(account.statements[1].at.line == 200'002);
}

TEST_CASE("a file beyond the size that is read has a note, and nothing else") {
  const Account account = account_of("register(A)\n" + std::string(4 * 1024 * 1024, ' '));
  CHECK(account.statements.empty());
  CHECK(account.problems.size() == 1);
  CHECK(account_of("register(A)\n" + std::string(4 * 1024 * 1024 - 20, ' ')).problems.empty());
}

TEST_CASE("nesting without end is a problem of that file at most") {
  for (const char* opening : {"[",
                              "(",
                              "{",
                              "a(",
                              "-",
                              "not ",
                              "lambda: ",
                              "a if b else ",
                              "f'{",
                              "a = ",
                              "[a for b in ",
                              "x = 1 '(",
                              "a[",
                              "@",
                              "{1: ",
                              "await ",
                              "if a: ",
                              "\\\n",
                              "#\n",
                              "\"",
                              "'''",
                              "a.",
                              "** ",
                              "*"}) {
    CAPTURE(std::string(opening));
    for (const std::size_t depth : {100U, 16'000U, 70'000U}) {
      std::string text;
      for (std::size_t level = 0; level < depth; ++level) text += opening;
      CHECK(account_of(text).scopes.size() >= 1);
      CHECK(account_of("x = " + text + "1\n").scopes.size() >= 1);
    }
  }
  std::string stairs;
  for (std::size_t level = 0; level < 1'000; ++level)
    stairs += std::string(level, ' ') + "if register(A):\n";
  CHECK(account_of(stairs).scopes.size() == 1);
}
