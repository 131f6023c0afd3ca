#include <scan/trim.h>
#include <algorithm>
#include <string_view>

namespace reg {
namespace {

bool is_word(std::string_view name, const Words& words) {
  const std::size_t dot = name.find_last_of('.');
  return words.contains(dot == std::string_view::npos ? name : name.substr(dot + 1));
}

// `map(R.register, …)`, `getattr(R, "register")`
bool is_given_word(const Argument& argument, const Words& words) {
  const Expression& value = argument.value.front();
  if (value.kind == Expression::Kind::Literal)
    return value.value.is_string() && words.contains(value.value.get_ref<const std::string&>());
  return (value.kind == Expression::Kind::Name || value.kind == Expression::Kind::Other) &&
         is_word(value.text, words);
}

bool has_word(const Expression& value, const Words& words) {
  if (value.kind == Expression::Kind::Name || value.kind == Expression::Kind::Other)
    return is_word(value.text, words);
  const auto has = [&](const Expression& item) { return has_word(item, words); };
  const auto is_given = [&](const Argument& each) { return is_given_word(each, words); };
  return std::any_of(value.items.begin(), value.items.end(), has) ||
         std::any_of(value.arguments.begin(), value.arguments.end(), is_given);
}

// What is said of an instance, or of a class from outside, is no name of the function. Its value
// names what the function binds.
bool is_dotted(const Statement& statement) { return statement.name.find('.') != std::string::npos; }

bool names_something(const Expression& value) {
  return value.kind != Expression::Kind::Literal && value.kind != Expression::Kind::Other;
}

// Whether names that are bound around the statement may be needed to understand it.
bool matters(const Statement& statement, const Words& words) {
  using Kind = Statement::Kind;
  const bool decorated = std::any_of(statement.decorators.begin(), statement.decorators.end(),
                                     [&](const Expression& each) { return has_word(each, words); });
  return decorated || statement.kind == Kind::Call || statement.kind == Kind::Class ||
         (is_dotted(statement) && names_something(statement.value)) ||
         (statement.kind == Kind::Assign && has_word(statement.value, words));
}

// By scope: whether it, or a function around it, has one of the words for its name: all that such a
// function calls may register.
std::vector<bool> in_word(const Account& account, const Words& words) {
  std::vector<bool> found(account.scopes.size());
  for (std::size_t i = 1; i < account.scopes.size(); ++i) {
    const Scope& scope = account.scopes[i];
    found[i] =
        found[scope.parent] || (scope.kind == Scope::Kind::Function && words.contains(scope.name));
  }
  return found;
}

}  // namespace

Account trimmed(Account account, const Words& words) {
  const std::vector<bool> stands_in_word = in_word(account, words);
  std::vector<bool> needed(account.scopes.size());
  for (std::size_t i = 0; i < account.scopes.size(); ++i)
    needed[i] = account.scopes[i].kind != Scope::Kind::Function || stands_in_word[i];
  for (const Statement& statement : account.statements) {
    if (!matters(statement, words)) continue;
    // Up to a scope that is needed anyway there may be others that are not marked yet.
    for (std::uint32_t scope = statement.scope; scope != 0; scope = account.scopes[scope].parent)
      needed[scope] = true;
  }
  std::erase_if(account.statements, [&](const Statement& statement) {
    return !needed[statement.scope] && statement.kind != Statement::Kind::Function &&
           !is_dotted(statement);
  });
  return account;
}

}  // namespace reg
