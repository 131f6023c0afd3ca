#include <scan/cpp_conditions.h>
#include <scan/cpp_lexer.h>
#include <utility>

namespace reg {
namespace {

// The words and signs of a line after its `#`, as far as conditions of interest go.
std::vector<std::string> first_tokens(std::string_view line) {
  constexpr std::size_t most = 6;
  std::vector<std::string> tokens;
  CppLexer lexer(line.substr(1), CppLexer::Start::Middle);
  for (CppToken token = lexer.next(); !token.is(CppToken::Kind::End); token = lexer.next()) {
    if (tokens.size() == most) break;
    tokens.push_back(lexer.text(token));
  }
  return tokens;
}

}  // namespace

void CppConditions::count(State state, std::ptrdiff_t by) {
  if (state == State::Present) return;
  std::size_t& counter = state == State::Absent ? absent_ : guarded_;
  counter = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(counter) + by);
}

// What is read is C++, so `__cplusplus` is true.
CppConditions::State CppConditions::condition_of(const std::vector<std::string>& tokens) {
  std::string rest;
  for (std::size_t i = 1; i < tokens.size(); ++i) rest += tokens[i];
  const std::string& name = tokens[0];
  if (name == "else") return State::Present;
  if (name.ends_with("ifndef")) return rest == "__cplusplus" ? State::Absent : State::Guarded;
  if (name.ends_with("ifdef")) return rest == "__cplusplus" ? State::Present : State::Guarded;
  if (rest == "0" || rest == "false") return State::Absent;
  const bool always = rest == "1" || rest == "true" || rest == "__cplusplus" ||
                      rest == "defined(__cplusplus)" || rest == "defined__cplusplus";
  return always ? State::Present : State::Guarded;
}

void CppConditions::begin(State state) {
  parts_.push_back({state, state == State::Present, state == State::Guarded});
  count(state, 1);
}

// After a part that may be there, even `#else` is a condition.
void CppConditions::turn(State condition) {
  Part& part = parts_.back();
  count(part.state, -1);
  part.state = part.settled ? State::Absent : condition;
  if (part.open && part.state == State::Present) part.state = State::Guarded;
  part.settled = part.settled || condition == State::Present;
  part.open = part.open || part.state == State::Guarded;
  count(part.state, 1);
}

void CppConditions::end() {
  count(parts_.back().state, -1);
  parts_.pop_back();
}

void CppConditions::enter_guard() {
  count(parts_.back().state, -1);
  parts_.back().state = State::Present;
}

CppConditions::Change CppConditions::take(std::string_view line) {
  const std::vector<std::string> tokens = first_tokens(line);
  const std::string guard = std::exchange(guard_, {});
  if (tokens.empty()) return Change::None;
  const std::string& name = tokens[0];
  if (name == "if" || name == "ifdef" || name == "ifndef") {
    begin(condition_of(tokens));
    if (name == "ifndef" && tokens.size() > 1) guard_ = tokens[1];
    return Change::Begins;
  }
  if (parts_.empty()) return Change::None;
  if (name == "else" || name == "elif" || name == "elifdef" || name == "elifndef") {
    turn(condition_of(tokens));
    return Change::Turns;
  }
  if (name == "define" && tokens.size() > 1 && tokens[1] == guard) enter_guard();
  if (name != "endif") return Change::None;
  end();
  return Change::Ends;
}

}  // namespace reg
