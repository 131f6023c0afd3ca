#include <resolve/match.h>
#include <resolve/resolve.h>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace reg {
namespace {

// What a word is used for, which says what else can come to mean the same.
enum Use : std::uint8_t {
  called = 1,     // an alias of it is called like it
  decorates = 2,  // and what its call returns is a decorator
  derived = 4,    // a class that derives from it stands for it
};

constexpr std::string_view logilab_words[] = {
    "__regid__",    "__registry__",          "__registries__", "__select__",
    "__abstract__", "registration_callback", "register_all",   "register_and_replace"};

// If the first is a word with one of the uses, the second is one, too.
struct Edge {
  std::string_view to;
  std::uint8_t uses = 0;
  bool is_local = false;  // in a function, where common words are not followed
};

class Closure {
 public:
  void start(std::string_view name, std::uint8_t uses) { add(last_part(name), uses, false); }

  void add_account(const Account& account) {
    for (const Statement& statement : account.statements) add_statement(account, statement);
  }

  Words run() {
    while (!open_.empty()) {
      const auto [word, uses] = open_.back();
      open_.pop_back();
      const auto found = edges_.find(word);
      if (found == edges_.end()) continue;
      for (const Edge& edge : found->second)
        if (!edge.is_local || !is_common_method(word))
          add(edge.to, static_cast<std::uint8_t>(edge.uses & uses), true);
    }
    Words words;
    for (const auto& [word, uses] : words_) words.emplace(word);
    return words;
  }

 private:
  static constexpr std::uint8_t all = called | decorates | derived;

  void add(std::string_view word, std::uint8_t uses, bool is_found) {
    if (word.empty() || (is_found && uses == 0)) return;
    const auto [place, is_new] = words_.try_emplace(word, std::uint8_t{0});
    const auto joined = static_cast<std::uint8_t>(place->second | uses);
    if (!is_new && joined == place->second) return;
    place->second = joined;
    open_.emplace_back(word, joined);
  }

  void edge(std::string_view from, std::string_view to, std::uint8_t uses, bool is_local) {
    if (!from.empty() && last_part(from) != to)
      edges_[last_part(from)].push_back({to, uses, is_local});
  }

  void add_statement(const Account& account, const Statement& statement) {
    const bool is_local = statement.scope < account.scopes.size() &&
                          account.scopes[statement.scope].kind == Scope::Kind::Function;
    switch (statement.kind) {
      case Statement::Kind::Import:
        if (statement.renamed) edge(statement.module, statement.name, all, is_local);
        break;
      case Statement::Kind::ImportFrom:
        for (const ImportedName& each : statement.imported)
          if (!each.as.empty()) edge(each.name, each.as, all, false);
        break;
      case Statement::Kind::Assign:
        add_alias(statement, is_local);
        break;
      case Statement::Kind::Class:
        for (const Argument& base : statement.arguments)
          if (base.keyword.empty())
            edge(name_of_class(base.value[0]), statement.name, derived, false);
        break;
      default:
        break;
    }
  }

  void add_alias(const Statement& statement, bool is_local) {
    const Expression& value = statement.value;
    if (value.kind != Expression::Kind::Call)
      edge(name_of_class(value), last_part(statement.name), all, is_local);
    else if (!value.items.empty())
      edge(name_of_class(value.items[0]), last_part(statement.name), decorates, is_local);
  }

  std::unordered_map<std::string_view, std::uint8_t> words_;
  std::unordered_map<std::string_view, std::vector<Edge>> edges_;
  std::vector<std::pair<std::string_view, std::uint8_t>> open_;
};

std::uint8_t uses_of(const Idiom& idiom) {
  if (idiom.form == Idiom::Form::Class) return derived;
  if (idiom.form == Idiom::Form::Decorator) return called | decorates;
  return called;
}

void start(Closure& closure, const Idiom& idiom) {
  for (const std::string& name : idiom.names) closure.start(name, uses_of(idiom));
  if (idiom.define)
    for (const std::string& call : idiom.define->calls) closure.start(call, called | derived);
  if (idiom.form == Idiom::Form::Logilab)
    for (const std::string_view word : logilab_words) closure.start(word, called | derived);
}

// A class that has one of logilab's attributes is a base by which others have it.
void start_logilab(Closure& closure, const Account& account) {
  for (const Statement& statement : account.statements) {
    if (statement.kind != Statement::Kind::Assign || statement.scope >= account.scopes.size())
      continue;
    const Scope& scope = account.scopes[statement.scope];
    if (scope.kind != Scope::Kind::Class) continue;
    for (const std::string_view word : logilab_words)
      if (statement.name == word) closure.start(scope.name, derived);
  }
}

}  // namespace

Words words_for(std::span<const Scan> scans, std::span<const CodeFile> files) {
  Closure closure;
  bool has_logilab = false;
  for (const Scan& scan : scans)
    for (const Idiom& idiom : scan.idioms) {
      start(closure, idiom);
      has_logilab = has_logilab || idiom.form == Idiom::Form::Logilab;
    }
  for (const CodeFile& file : files) {
    if (file.account == nullptr || file.language != Language::Python) continue;
    if (has_logilab) start_logilab(closure, *file.account);
    closure.add_account(*file.account);
  }
  return closure.run();
}

}  // namespace reg
