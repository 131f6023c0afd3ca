#include <doctest/doctest.h>
#include <scan/languages.h>
#include <scan/trim.h>
#include <algorithm>
#include <string>

using reg::Account;
using reg::Statement;

namespace {

using Kind = Statement::Kind;

Account trimmed_account(std::string_view text) {
  const reg::Words words = {"register", "callback"};
  return reg::trimmed(reg::scan_python(text, words), words);
}

bool binds(const Account& account, Kind kind, std::string_view name) {
  return std::any_of(account.statements.begin(), account.statements.end(),
                     [&](const Statement& each) { return each.kind == kind && each.name == name; });
}

}  // namespace

TEST_CASE("what a function binds is left out where nothing in it can matter") {
  const Account account = trimmed_account("def f(a):\n  b = a\n  self.c = 1\n");
  CHECK_FALSE(binds(account, Kind::Bind, "a"));
  CHECK_FALSE(binds(account, Kind::Assign, "b"));
  CHECK(binds(account, Kind::Assign, "self.c"));
  CHECK(binds(account, Kind::Function, "f"));
}

TEST_CASE("what a function says of an instance keeps what the function's names mean") {
  const Account account =
      trimmed_account("class A:\n  def __init__(self, registry):\n    self.registry = registry\n");
  CHECK(binds(account, Kind::Bind, "registry"));
}

TEST_CASE("a function's own name is none of the module's in a value that is read there") {
  const Account account = trimmed_account(
      "def f(x):\n  global a, b, C\n  a = x.y\n  b = made(x)\n  @x.register\n  class C(x): pass\n");
  const auto value_of = [&](std::string_view name) {
    return std::find_if(account.statements.begin(), account.statements.end(),
                        [&](const Statement& each) { return each.name == name; });
  };
  CHECK(value_of("a")->scope == 0);
  CHECK(value_of("a")->value.text == "<x>.y");
  CHECK(value_of("b")->value.items[0].text == "made");
  CHECK(value_of("b")->value.arguments[0].value[0].text == "<x>");
  CHECK(value_of("C")->decorators[0].text == "<x>.register");
  CHECK(value_of("C")->arguments[0].value[0].text == "<x>");
}

TEST_CASE("a function with one of the words for its name keeps all") {
  const Account account = trimmed_account("def callback(vreg):\n  done = helper(vreg)\n");
  CHECK(binds(account, Kind::Bind, "vreg"));
  CHECK(binds(account, Kind::Assign, "done"));
}

TEST_CASE("a value that is a call with one of the words given to it is kept") {
  CHECK(binds(trimmed_account("def f(R):\n  done = map(R.register, all)\n"), Kind::Assign, "done"));
  CHECK(binds(trimmed_account("def f(R):\n  done = getattr(R, 'register')(A)\n"), Kind::Assign,
              "done"));
}
