#pragma once
// Brackets of C++ text, and the calls that they make.

#include <scan/account.h>
#include <scan/cpp_values.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace reg {

// A callee of which it is not known yet whether it is called.
struct CppCallee {
  std::string name;
  Position at;
  bool guarded = false;
  std::uint32_t scope = 0;
  bool recorded = true;  // false: it is declared here
  std::vector<std::string> templates;
};

// Follows brackets; what they enclose may be cut off anywhere. Arguments are split twice: by C++'s
// rule, for which brackets of all kinds keep commas together, and by the preprocessor's, for which
// only parentheses do. An argument for which the two differ has what the preprocessor makes of it
// in `items`. `<` after a name opens a bracket if a `>` closes it within the call's parentheses.
class CppCalls {
 public:
  // More brackets within each other are not read.
  static constexpr std::size_t deepest = 10'000;

  CppCalls(std::string_view content, Account& account) : values_(content), account_(account) {}

  // The first token of an argument stands here, if one is waited for.
  bool waits() const { return waiting_; }
  void begin_argument(std::size_t begin, Position at);

  // `end`: of the parenthesis.
  void open_parenthesis(std::optional<CppCallee> callee, std::size_t end);
  void open_brace() { push(Kind::Brace); }
  void open_bracket() { push(Kind::Bracket); }
  // Of template arguments of a callee, or of a name.
  void open_templates(CppCallee callee, std::size_t begin);
  void open_angle();
  // The callee, if these were its template arguments.
  std::optional<CppCallee> close_angle(std::size_t end);
  void close_parenthesis(std::size_t end);
  void close_bracket();
  // Whether there was one to close.
  bool close_brace();
  void comma(std::size_t before, std::size_t after);
  void semicolon();
  // Leaves all brackets beyond that depth; calls that are open in them are reported.
  void leave(std::size_t depth);
  std::size_t depth() const { return frames_.size(); }
  std::size_t braces() const { return braces_; }

 private:
  enum class Kind : std::uint8_t { Parenthesis, Call, Brace, Bracket, Angle, Templates };
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Frame {
    Kind kind = Kind::Parenthesis;
    bool keeps_together = false;  // commas in it, by C++'s rule, whatever follows
    std::uint32_t call = none;    // the call that a comma in it splits by the preprocessor's rule
    // Angle, Templates: how many commas that call had before. Brace: calls_ before it.
    std::uint32_t first = 0;
  };
  struct Piece {
    std::size_t begin = 0, end = 0;
    Position at;
  };
  struct Open {
    CppCallee callee;
    bool failed = false;
    std::size_t text_begin = 0;  // Templates: of the present one
    std::vector<Piece> pieces;
    // By C++'s rule, the commas from `first` to before `second` are none.
    std::vector<std::pair<std::size_t, std::size_t>> together;
  };

  bool top_is(Kind kind) const { return !frames_.empty() && frames_.back().kind == kind; }
  void push(Kind kind);
  void pop();
  void pop_angles();
  void join_since(const Frame& frame);
  void fail(Open& open);
  void finish(Open& open, std::size_t end);
  std::vector<Argument> arguments_of(Open& open);
  Expression argument(const Open& open, std::size_t first, std::size_t last);

  CppValues values_;
  Account& account_;
  std::vector<Frame> frames_;
  std::vector<Open> open_;   // of the frames that are Call or Templates
  std::uint32_t calls_ = 0;  // that are open and did not fail, within the innermost brace
  std::size_t braces_ = 0;
  bool waiting_ = false;
};

}  // namespace reg
