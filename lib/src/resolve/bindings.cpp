#include <resolve/bindings.h>
#include <algorithm>
#include <tuple>

namespace reg {
namespace {

using Kind = Statement::Kind;

auto order(const Binding& binding) {
  return std::tie(binding.scope, binding.name, binding.statement, binding.imported);
}

std::string_view first_part(std::string_view name) { return name.substr(0, name.find('.')); }

// `self.X = …` in a method binds in its class, where all methods find it.
std::uint32_t scope_of(const Account& account, const Statement& statement) {
  if (statement.kind != Kind::Assign || !statement.name.starts_with("self."))
    return statement.scope;
  const Scope& method = account.scopes[statement.scope];
  const bool is_method = method.kind == Scope::Kind::Function &&
                         account.scopes[method.parent].kind == Scope::Kind::Class;
  return is_method ? method.parent : statement.scope;
}

}  // namespace

Bindings::Bindings(const Account& account) : makers_(account.scopes.size(), no_statement) {
  for (std::uint32_t i = 0; i < account.statements.size(); ++i) {
    const Statement& statement = account.statements[i];
    switch (statement.kind) {
      case Kind::Call:
        break;
      case Kind::Extend:
        extended_.push_back({statement.scope, statement.name, i, 0});
        break;
      case Kind::ImportFrom:
        for (std::uint32_t k = 0; k < statement.imported.size(); ++k) {
          const ImportedName& each = statement.imported[k];
          bound_.push_back({statement.scope, each.as.empty() ? each.name : each.as, i, k});
        }
        break;
      case Kind::Import:
        bound_.push_back(
            {statement.scope,
             statement.renamed ? std::string_view(statement.name) : first_part(statement.module), i,
             0});
        break;
      case Kind::Class:
      case Kind::Function:
        if (statement.body < makers_.size() && statement.body != 0) makers_[statement.body] = i;
        [[fallthrough]];
      default:
        bound_.push_back({scope_of(account, statement), statement.name, i, 0});
    }
  }
  const auto before = [](const Binding& a, const Binding& b) { return order(a) < order(b); };
  std::sort(bound_.begin(), bound_.end(), before);
  std::sort(extended_.begin(), extended_.end(), before);
}

std::span<const Binding> Bindings::find(const std::vector<Binding>& all, std::uint32_t scope,
                                        std::string_view name) {
  const auto key = std::tie(scope, name);
  const auto first = std::partition_point(all.begin(), all.end(), [&](const Binding& each) {
    return std::tie(each.scope, each.name) < key;
  });
  auto last = first;
  while (last != all.end() && last->scope == scope && last->name == name) ++last;
  return {first, last};
}

std::span<const Binding> Bindings::in_scope(std::uint32_t scope) const {
  const auto first = std::partition_point(bound_.begin(), bound_.end(),
                                          [&](const Binding& each) { return each.scope < scope; });
  const auto last = std::partition_point(first, bound_.end(),
                                         [&](const Binding& each) { return each.scope == scope; });
  return {first, last};
}

}  // namespace reg
