#include <scan/trim.h>
#include <algorithm>
#include <string_view>

namespace reg {
namespace {

bool ends_with_word(const Expression& value, const Words& words) {
  if (value.kind == Expression::Kind::Call)
    return !value.items.empty() && ends_with_word(value.items.front(), words);
  if (value.kind == Expression::Kind::Name || value.kind == Expression::Kind::Other) {
    const std::string_view name = value.text;
    const std::size_t dot = name.find_last_of('.');
    return words.contains(dot == std::string_view::npos ? name : name.substr(dot + 1));
  }
  return std::any_of(value.items.begin(), value.items.end(),
                     [&](const Expression& item) { return ends_with_word(item, words); });
}

// Whether names that are bound around the statement may be needed to understand it.
bool matters(const Statement& statement, const Words& words) {
  using Kind = Statement::Kind;
  const bool decorated =
      std::any_of(statement.decorators.begin(), statement.decorators.end(),
                  [&](const Expression& each) { return ends_with_word(each, words); });
  return decorated || statement.kind == Kind::Call || statement.kind == Kind::Class ||
         (statement.kind == Kind::Assign && ends_with_word(statement.value, words));
}

// What is said of an instance, or of a class from outside, is no name of the function.
bool is_local(const Statement& statement) {
  return statement.kind != Statement::Kind::Function &&
         statement.name.find('.') == std::string::npos;
}

}  // namespace

Account trimmed(Account account, const Words& words) {
  std::vector<bool> needed(account.scopes.size());
  for (std::size_t i = 0; i < account.scopes.size(); ++i)
    needed[i] = account.scopes[i].kind != Scope::Kind::Function;
  for (const Statement& statement : account.statements) {
    if (!matters(statement, words)) continue;
    // Up to a scope that is needed anyway there may be others that are not marked yet.
    for (std::uint32_t scope = statement.scope; scope != 0; scope = account.scopes[scope].parent)
      needed[scope] = true;
  }
  std::erase_if(account.statements, [&](const Statement& statement) {
    return !needed[statement.scope] && is_local(statement);
  });
  return account;
}

}  // namespace reg
