#include <doctest/doctest.h>
#include <scan/account_bytes.h>

namespace reg {
namespace {

Expression literal(Json value) {
  Expression expression;
  expression.kind = Expression::Kind::Literal;
  expression.value = std::move(value);
  expression.at = {3, 9};
  return expression;
}

// Every member of an account is another one than by default.
Account full_account() {
  Expression call;
  call.kind = Expression::Kind::Call;
  call.text = "f";
  call.items = {literal("x"), literal(-7)};
  call.arguments = {{"name", {literal({{"a", 1.5}})}}, {"*", {literal(nullptr)}}};
  call.templates = {"std::pair<A, B>"};
  call.at = {70000, 2};
  Statement statement;
  statement.kind = Statement::Kind::Class;
  statement.scope = 1;
  statement.body = 1;
  statement.guarded = statement.repeated = statement.script_only = statement.renamed = true;
  statement.name = "n";
  statement.module = "a.b";
  statement.level = 3;
  statement.imported = {{"x", "y"}, {"*", ""}};
  statement.value = call;
  statement.arguments = {{"", {literal(true)}}};
  statement.decorators = {call, literal("d")};
  statement.doc = "caf\xc3\xa9";
  statement.at = {1, 2};
  Account account;
  account.scopes = {{Scope::Kind::Module, "", 0}, {Scope::Kind::Namespace, "a::b", 0}};
  account.statements = {statement, {}};
  account.packaged = {{"group", "name", "m:a", {"extra"}, "lib", "doc", {4, 5}}};
  account.problems = {
      {Severity::Warning, {"", 6, 7}, "message", "hint", "excerpt", ErrorKind::Input}};
  return account;
}

TEST_CASE("an account comes back from its bytes as it was") {
  const std::string bytes = to_bytes(full_account());
  const auto back = account_from(bytes);
  REQUIRE(back);
  CHECK(to_bytes(*back) == bytes);
  const Statement& statement = back->statements.front();
  CHECK(statement.kind == Statement::Kind::Class);
  CHECK(statement.guarded);
  CHECK(statement.renamed);
  CHECK(statement.imported.back().name == "*");
  CHECK(statement.value.items.back().value == Json(-7));
  CHECK(statement.value.arguments.front().value.front().value == Json({{"a", 1.5}}));
  CHECK(statement.value.at == Position{70000, 2});
  CHECK(back->scopes.back().name == "a::b");
  CHECK(back->packaged.front().extras == std::vector<std::string>{"extra"});
  CHECK(back->problems.front().place.column == 7);
  CHECK_FALSE(back->statements.back().guarded);
}

TEST_CASE("bytes that are not an account's are none, wherever they end or differ") {
  const std::string bytes = to_bytes(full_account());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(account_from(std::string_view(bytes).substr(0, size)));
  CHECK_FALSE(account_from(bytes + '\0'));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string other = bytes;
    other[at] = static_cast<char>(~other[at]);
    (void)account_from(other);  // another account, or none: it only has to end
  }
}

}  // namespace
}  // namespace reg
