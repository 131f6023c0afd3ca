#include <scan/cpp_calls.h>
#include <scan/cpp_conditions.h>
#include <scan/cpp_lexer.h>
#include <scan/cpp_statement.h>
#include <scan/cpp_templates.h>
#include <scan/languages.h>
#include <text/json_text.h>
#include <algorithm>
#include <optional>
#include <utility>

namespace reg {
namespace {

using Kind = CppToken::Kind;

// A namespace that is open.
struct Space {
  std::string name;
  std::size_t depth = 0;               // of brackets outside of it
  std::optional<std::uint32_t> scope;  // once something in it has been found
};

class CppReader {
 public:
  CppReader(std::string_view content, const Words& words)
      : content_(content),
        words_(words),
        lexer_(content),
        places_(content),
        calls_(content, account_) {
    account_.scopes.emplace_back();
  }

  Account read() {
    for (CppToken token = lexer_.next(); !token.is(Kind::End); token = lexer_.next()) {
      if (token.is(Kind::Directive)) {
        take_directive(token);
        continue;
      }
      conditions_.take_token();
      if (!conditions_.is_absent()) take(token);
      if (is_too_deep(token)) break;
    }
    calls_.leave(0);
    if (const std::optional<std::size_t> open = lexer_.unended()) report_unended(*open);
    sort_by_place();
    return std::move(account_);
  }

 private:
  std::string_view written(std::size_t begin, std::size_t end) const {
    return content_.substr(begin, end - begin);
  }

  void warn(std::size_t offset, std::string message) {
    const Position at = CppPlaces(content_).at(offset);
    Diagnostic problem;
    problem.severity = Severity::Warning;
    problem.place.line = at.line;
    problem.place.column = at.column;
    problem.message = std::move(message);
    account_.problems.push_back(std::move(problem));
  }

  void report_unended(std::size_t open) {
    const bool comment = content_[open] == '/';
    warn(open, std::string(comment ? "a comment" : "a raw string") + " begins here and never ends");
  }

  bool is_too_deep(const CppToken& token) {
    if (std::max(calls_.depth(), conditions_.depth()) <= CppCalls::deepest) return false;
    warn(token.begin, "nested too deep: the rest of the file is not read");
    return true;
  }

  void sort_by_place() {
    std::stable_sort(account_.statements.begin(), account_.statements.end(),
                     [](const Statement& a, const Statement& b) { return a.at < b.at; });
    std::stable_sort(account_.problems.begin(), account_.problems.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                       return std::pair(a.place.line, a.place.column) <
                              std::pair(b.place.line, b.place.column);
                     });
  }

  // Each part of a condition begins with the brackets that were open before the first one.
  void take_directive(const CppToken& token) {
    const std::string line = lexer_.text(token);
    switch (conditions_.take(line)) {
      case CppConditions::Change::None:
        break;
      case CppConditions::Change::Begins:
        depths_.push_back(calls_.depth());
        break;
      case CppConditions::Change::Turns:
        leave(depths_.back());
        break;
      case CppConditions::Change::Ends:
        depths_.pop_back();
        break;
    }
    statement_.begin();
    callee_ = std::nullopt;
    end_chain();
  }

  void leave(std::size_t depth) {
    calls_.leave(depth);
    while (!spaces_.empty() && spaces_.back().depth >= calls_.depth()) spaces_.pop_back();
  }

  void take(const CppToken& token) {
    if (calls_.waits() && !token.is(")") && !token.is(","))
      calls_.begin_argument(token.begin, places_.at(token.begin));
    std::string room;
    std::string_view word;
    if (token.is(Kind::Word)) {
      word = lexer_.view(token, room);
      take_word(token, word);
    } else {
      statement_.take(token, "");
      std::optional<CppCallee> callee = std::exchange(callee_, std::nullopt);
      if (token.is(Kind::Sign)) take_sign(token, std::move(callee));
      if (!links(token)) end_chain();
    }
    templates_.take(token, word, calls_.braces());
    last_end_ = token.end;
  }

  static bool links(const CppToken& token) {
    return token.is("::") || token.is(".") || token.is("->");
  }

  void end_chain() {
    chain_ = std::nullopt;
    linked_ = after_word_ = false;
  }

  // `a::b.c` is a chain of words, the last of which may be wanted. `x.template f<T>` is one, too.
  void take_word(const CppToken& token, std::string_view word) {
    callee_ = std::nullopt;
    if (word == "template" && linked_) return;
    statement_.begin_line(token);
    if (words_.contains(word)) {
      callee_.emplace();
      callee_->recorded = !statement_.declares(word);
    }
    statement_.take(token, word);
    if (!linked_ || !chain_) chain_ = token.begin;
    linked_ = false;
    after_word_ = true;
    take_namespace_word(token, word);
  }

  // Of a callee that is called here, what the chain of words says.
  void describe(CppCallee& callee) {
    callee.name = cpp_callee(written(*chain_, last_end_));
    callee.at = places_.at(*chain_);
    callee.guarded = conditions_.is_guarded();
    if (callee.recorded) callee.scope = scope();
  }

  void link(const CppToken& token) {
    if (!after_word_) chain_ = std::nullopt;
    if (!after_word_ && token.is("::")) chain_ = token.begin;
    linked_ = true;
    after_word_ = false;
  }

  void take_sign(const CppToken& token, std::optional<CppCallee> callee) {
    if (links(token)) return link(token);
    if (token.is("(")) return open_parenthesis(token, std::move(callee));
    if (token.is("<")) return open_angle(token, std::move(callee));
    if (token.is(">")) callee_ = calls_.close_angle(last_end_);
    if (token.is(")")) close_parenthesis();
    if (token.is("[")) calls_.open_bracket();
    if (token.is("]")) calls_.close_bracket();
    if (token.is(",")) calls_.comma(last_end_, token.end);
    if (token.is("{")) open_brace();
    if (token.is("}") && calls_.close_brace()) leave(calls_.depth());
    if (token.is(";")) calls_.semicolon();
    if (token.is(";") || token.is("=") || token.is("}")) space_ = std::nullopt;
  }

  // One that comes with template arguments has been described before them.
  void open_parenthesis(const CppToken& token, std::optional<CppCallee> callee) {
    if (callee && callee->templates.empty()) describe(*callee);
    calls_.open_parenthesis(std::move(callee), token.end);
  }

  void close_parenthesis() {
    const std::size_t before = account_.statements.size();
    calls_.close_parenthesis(last_end_);
    for (std::size_t i = before; i < account_.statements.size(); ++i)
      templates_.describe(account_.statements[i].value);
  }

  void open_angle(const CppToken& token, std::optional<CppCallee> callee) {
    if (!callee || !callee->templates.empty()) {
      if (after_word_) calls_.open_angle();
      return;
    }
    describe(*callee);
    calls_.open_templates(std::move(*callee), token.end);
  }

  void take_namespace_word(const CppToken& token, std::string_view word) {
    if (word == "namespace") {
      space_.emplace();
      space_->depth = calls_.depth();
    } else if (space_ && space_->depth == calls_.depth() && word != "inline") {
      space_->name = cpp_callee(written(*chain_, token.end));
    }
  }

  void open_brace() {
    if (space_ && space_->depth == calls_.depth()) spaces_.push_back(std::move(*space_));
    space_ = std::nullopt;
    calls_.open_brace();
  }

  // The scope of a namespace is made when something is found in it.
  std::uint32_t scope() {
    std::uint32_t around = 0;
    for (Space& space : spaces_) {
      if (!space.scope) {
        space.scope = static_cast<std::uint32_t>(account_.scopes.size());
        if (!is_valid_utf8(space.name)) space.name.clear();
        account_.scopes.push_back({Scope::Kind::Namespace, space.name, around});
      }
      around = *space.scope;
    }
    return around;
  }

  std::string_view content_;
  const Words& words_;
  Account account_;
  CppLexer lexer_;
  CppPlaces places_;
  CppConditions conditions_;
  CppStatement statement_;
  CppCalls calls_;
  CppTemplates templates_;
  std::vector<std::size_t> depths_;  // of brackets, at the beginning of each condition
  std::vector<Space> spaces_;
  std::optional<Space> space_;        // after `namespace`, before its brace
  std::optional<std::size_t> chain_;  // where it begins
  bool linked_ = false;               // the last token was `::`, `.` or `->`
  bool after_word_ = false;
  std::optional<CppCallee> callee_;  // what was read last, if it is wanted
  std::size_t last_end_ = 0;
};

}  // namespace

Account scan_cpp(std::string_view content, const Words& words) {
  return CppReader(content, words).read();
}

}  // namespace reg
