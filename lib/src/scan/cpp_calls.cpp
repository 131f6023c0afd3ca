#include <scan/cpp_calls.h>
#include <utility>

namespace reg {

void CppCalls::begin_argument(std::size_t begin, Position at) {
  Piece& piece = open_[frames_.back().call].pieces.back();
  piece.begin = piece.end = begin;
  piece.at = at;
  waiting_ = false;
}

void CppCalls::push(Kind kind) {
  Frame frame;
  frame.kind = kind;
  if (!frames_.empty() && kind != Kind::Parenthesis) {
    const Frame& around = frames_.back();
    frame.call = around.call;
    frame.keeps_together = around.keeps_together || kind == Kind::Brace || kind == Kind::Bracket;
    if (frame.call != none)
      frame.first = static_cast<std::uint32_t>(open_[frame.call].pieces.size() - 1);
  }
  if (kind == Kind::Brace) {
    frame.first = std::exchange(calls_, 0);
    ++braces_;
  }
  frames_.push_back(frame);
}

// Leaves a bracket without asking whether its call is whole.
void CppCalls::pop() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  waiting_ = false;
  if (frame.kind == Kind::Brace) {
    calls_ = frame.first;
    --braces_;
  }
  if (frame.kind != Kind::Call && frame.kind != Kind::Templates) return;
  if (frame.kind == Kind::Call) fail(open_.back());
  open_.pop_back();
}

void CppCalls::pop_angles() {
  while (top_is(Kind::Angle) || top_is(Kind::Templates)) pop();
}

// Once for each call.
void CppCalls::fail(Open& open) {
  if (open.failed) return;
  open.failed = true;
  --calls_;
  if (!open.callee.recorded) return;
  Diagnostic problem;
  problem.severity = Severity::Warning;
  problem.place.line = open.callee.at.line;
  problem.place.column = open.callee.at.column;
  problem.message = "the ) of " + open.callee.name + "( is missing";
  account_.problems.push_back(std::move(problem));
}

void CppCalls::open_parenthesis(std::optional<CppCallee> callee, std::size_t end) {
  if (!callee) return push(Kind::Parenthesis);
  Frame frame;
  frame.kind = Kind::Call;
  frame.call = static_cast<std::uint32_t>(open_.size());
  Open open;
  open.callee = std::move(*callee);
  open.pieces.push_back({end, end, {}});
  open_.push_back(std::move(open));
  frames_.push_back(frame);
  ++calls_;
  waiting_ = true;
}

void CppCalls::open_templates(CppCallee callee, std::size_t begin) {
  push(Kind::Templates);
  Open open;
  open.callee = std::move(callee);
  open.text_begin = begin;
  open_.push_back(std::move(open));
}

void CppCalls::open_angle() {
  if (!top_is(Kind::Call) && !top_is(Kind::Angle) && !top_is(Kind::Templates)) return;
  push(Kind::Angle);
}

// What an angle bracket encloses is one piece by C++'s rule.
void CppCalls::join_since(const Frame& frame) {
  if (frame.call == none) return;
  Open& open = open_[frame.call];
  const std::size_t commas = open.pieces.size() - 1;
  if (commas > frame.first) open.together.emplace_back(frame.first, commas);
}

std::optional<CppCallee> CppCalls::close_angle(std::size_t end) {
  if (!top_is(Kind::Angle) && !top_is(Kind::Templates)) return std::nullopt;
  const bool of_callee = top_is(Kind::Templates);
  join_since(frames_.back());
  std::optional<CppCallee> callee;
  if (of_callee) {
    callee = std::move(open_.back().callee);
    callee->templates.push_back(values_.plain_text(open_.back().text_begin, end));
  }
  pop();
  return callee;
}

void CppCalls::close_parenthesis(std::size_t end) {
  while (!frames_.empty() && !top_is(Kind::Brace) && !top_is(Kind::Parenthesis) &&
         !top_is(Kind::Call))
    pop();
  if (frames_.empty() || top_is(Kind::Brace)) return;
  if (top_is(Kind::Call)) finish(open_.back(), end);
  pop();
}

void CppCalls::close_bracket() {
  pop_angles();
  if (top_is(Kind::Bracket)) pop();
}

bool CppCalls::close_brace() {
  if (braces_ == 0) return false;
  while (!top_is(Kind::Brace)) pop();
  pop();
  return true;
}

void CppCalls::comma(std::size_t before, std::size_t after) {
  if (frames_.empty()) return;
  const Frame& frame = frames_.back();
  if (frame.kind == Kind::Templates) {
    Open& open = open_.back();
    open.callee.templates.push_back(values_.plain_text(open.text_begin, before));
    open.text_begin = after;
  }
  if (frame.call == none) return;
  Open& open = open_[frame.call];
  open.pieces.back().end = before;
  if (frame.keeps_together) open.together.emplace_back(open.pieces.size() - 1, open.pieces.size());
  open.pieces.push_back({after, after, {}});
  waiting_ = true;
}

// No argument has one outside of braces: the calls around it are not whole.
void CppCalls::semicolon() {
  pop_angles();
  for (std::size_t i = frames_.size(); calls_ > 0 && i-- > 0;) {
    if (frames_[i].kind == Kind::Call) fail(open_[frames_[i].call]);
  }
}

void CppCalls::leave(std::size_t depth) {
  while (frames_.size() > depth) pop();
}

Expression CppCalls::argument(const Open& open, std::size_t first, std::size_t last) {
  const Piece& begin = open.pieces[first];
  Expression value = values_.value_of(begin.begin, open.pieces[last].end);
  value.at = begin.at;
  for (std::size_t i = first; first != last && i <= last; ++i) {
    const Piece& piece = open.pieces[i];
    value.items.push_back(values_.value_of(piece.begin, piece.end));
    value.items.back().at = piece.at;
  }
  return value;
}

std::vector<Argument> CppCalls::arguments_of(Open& open) {
  std::vector<std::ptrdiff_t> covers(open.pieces.size() + 1);
  for (const auto& [first, second] : open.together) {
    ++covers[first];
    --covers[second];
  }
  std::vector<Argument> arguments;
  std::ptrdiff_t covered = 0;
  for (std::size_t first = 0, i = 0; i < open.pieces.size(); ++i) {
    covered += covers[i];
    if (covered > 0 && i + 1 < open.pieces.size()) continue;
    arguments.emplace_back().value.push_back(argument(open, first, i));
    first = i + 1;
  }
  return arguments;
}

void CppCalls::finish(Open& open, std::size_t end) {
  if (open.failed) return;
  open.failed = true;  // it is done with
  --calls_;
  CppCallee& callee = open.callee;
  if (!callee.recorded) return;
  Statement statement;
  statement.scope = callee.scope;
  statement.guarded = callee.guarded;
  statement.at = callee.at;
  Expression name;
  name.kind = Expression::Kind::Name;
  name.text = std::move(callee.name);
  name.at = callee.at;
  statement.value.kind = Expression::Kind::Call;
  statement.value.at = callee.at;
  statement.value.items.push_back(std::move(name));
  statement.value.templates = std::move(callee.templates);
  open.pieces.back().end = end;
  if (open.pieces.size() > 1 || !waiting_) statement.value.arguments = arguments_of(open);
  account_.statements.push_back(std::move(statement));
}

}  // namespace reg
