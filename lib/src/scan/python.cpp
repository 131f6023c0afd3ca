#include <scan/languages.h>
#ifdef REG_PYTHON
#include <scan/python_texts.h>
#include <scan/python_walk.h>
#include <algorithm>
#endif

namespace reg {
namespace {

Account without_anything(Severity severity, std::string message, std::string hint) {
  Account account;
  account.scopes.emplace_back();
  Diagnostic& problem = account.problems.emplace_back();
  problem.severity = severity;
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  return account;
}

}  // namespace

#ifdef REG_PYTHON

// tree-sitter needs some hundred bytes for each of a file's.
Account scan_python(std::string_view content, const Words& words) {
  constexpr std::size_t largest = 4 * 1024 * 1024;
  const auto unread = [](std::string message) {
    return without_anything(Severity::Warning, std::move(message), "");
  };
  if (content.size() > largest) return unread("is larger than 4 MiB; nothing of it is read");
  const PythonText source = python_text(content);
  if (!source.problem.empty()) return unread(source.problem);
  const std::optional<PythonTree> tree = PythonTree::parse(source.text);
  if (!tree) return unread("takes too long to parse as Python; nothing of it is read");
  return walk_python(*tree, words);
}

#else

Account scan_python(std::string_view, const Words&) {
  return without_anything(Severity::Error,
                          "this reg was built without Python, which it reads by tree-sitter",
                          "install libtree-sitter-dev, run scripts/setup, which fetches the "
                          "grammar, and build reg again");
}

#endif

}  // namespace reg
