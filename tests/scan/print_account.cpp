// What scanning Python files says of them, as one line of JSON for each:
//
//     print_account [--quiet] WORD,WORD… FILE…

#include <scan/languages.h>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

namespace {

using reg::Json;

Json place_of(const reg::Position& at) { return {at.line, at.column}; }

Json json_of(const reg::Expression& value);

Json json_of(const std::vector<reg::Argument>& arguments) {
  Json all = Json::array();
  for (const reg::Argument& each : arguments)
    all.push_back({each.keyword, json_of(each.value.front())});
  return all;
}

Json json_of(const std::vector<reg::Expression>& values) {
  Json all = Json::array();
  for (const reg::Expression& each : values) all.push_back(json_of(each));
  return all;
}

Json json_of(const reg::Expression& value) {
  static constexpr const char* kinds[] = {"Other", "Literal", "Name", "Call",
                                          "List",  "Not",     "And",  "Or"};
  Json out = {{"kind", kinds[static_cast<std::size_t>(value.kind)]}, {"at", place_of(value.at)}};
  if (!value.text.empty()) out["text"] = value.text;
  if (value.kind == reg::Expression::Kind::Literal) out["value"] = value.value;
  if (!value.items.empty() || value.kind == reg::Expression::Kind::List)
    out["items"] = json_of(value.items);
  if (value.kind == reg::Expression::Kind::Call) out["arguments"] = json_of(value.arguments);
  return out;
}

Json json_of(const reg::Statement& statement) {
  static constexpr const char* kinds[] = {"Import",   "ImportFrom", "Assign", "Extend", "Class",
                                          "Function", "Bind",       "Unbind", "Call"};
  Json out = {{"kind", kinds[static_cast<std::size_t>(statement.kind)]},
              {"scope", statement.scope},
              {"guarded", statement.guarded},
              {"repeated", statement.repeated},
              {"script_only", statement.script_only},
              {"name", statement.name},
              {"at", place_of(statement.at)}};
  using Kind = reg::Statement::Kind;
  if (statement.kind == Kind::Import || statement.kind == Kind::ImportFrom) {
    out["module"] = statement.module;
    out["level"] = statement.level;
    out["renamed"] = statement.renamed;
    out["imported"] = Json::array();
    for (const reg::ImportedName& each : statement.imported)
      out["imported"].push_back({each.name, each.as});
  }
  if (statement.kind == Kind::Class || statement.kind == Kind::Function) {
    out["body"] = statement.body;
    out["doc"] = statement.doc;
    out["decorators"] = json_of(statement.decorators);
  }
  if (statement.kind == Kind::Class) out["arguments"] = json_of(statement.arguments);
  if (statement.kind == Kind::Assign || statement.kind == Kind::Extend ||
      statement.kind == Kind::Call)
    out["value"] = json_of(statement.value);
  return out;
}

Json json_of(const reg::Account& account) {
  static constexpr const char* kinds[] = {"Module", "Class", "Function", "Namespace"};
  Json out = {
      {"scopes", Json::array()}, {"statements", Json::array()}, {"problems", Json::array()}};
  for (const reg::Scope& scope : account.scopes)
    out["scopes"].push_back(
        {kinds[static_cast<std::size_t>(scope.kind)], scope.name, scope.parent});
  for (const reg::Statement& each : account.statements) out["statements"].push_back(json_of(each));
  for (const reg::Diagnostic& each : account.problems)
    out["problems"].push_back({each.place.line, each.message});
  return out;
}

reg::Words words_in(const std::string& list) {
  reg::Words words;
  std::istringstream rest(list);
  for (std::string word; std::getline(rest, word, ',');) words.insert(word);
  return words;
}

}  // namespace

int main(int count, char** given) {
  int next = 1;
  const bool is_quiet = next < count && std::string_view(given[next]) == "--quiet";
  if (is_quiet) ++next;
  if (next >= count) return 2;
  const reg::Words words = words_in(given[next++]);
  std::size_t statements = 0;
  for (; next < count; ++next) {
    std::ifstream file(given[next], std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    const reg::Account account = reg::scan_python(content, words);
    statements += account.statements.size();
    if (!is_quiet) std::cout << json_of(account).dump() << '\n';
  }
  if (is_quiet) std::cout << statements << " statements\n";
  return 0;
}
