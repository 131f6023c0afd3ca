#pragma once
// Which parts of a C++ file are there for sure, which under a condition, and which are not.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

class CppConditions {
 public:
  enum class Change : std::uint8_t { None, Begins, Turns, Ends };

  // A preprocessor line, from its `#`, and what it does to the parts.
  Change take(std::string_view line);
  // Something that is no preprocessor line stands here.
  void take_token() { guard_.clear(); }

  bool is_absent() const { return absent_ != 0; }    // under `#if 0`, or what comes to it
  bool is_guarded() const { return guarded_ != 0; }  // include guards are no condition
  std::size_t depth() const { return parts_.size(); }

 private:
  enum class State : std::uint8_t { Present, Guarded, Absent };
  struct Part {
    State state = State::Guarded;
    bool settled = false;  // a part so far is there for sure: what follows is not
    bool open = false;     // a part so far may be there
  };

  void count(State state, std::ptrdiff_t by);
  static State condition_of(const std::vector<std::string>& tokens);
  void begin(State state);
  void turn(State condition);
  void end();
  void enter_guard();

  std::vector<Part> parts_;
  std::size_t absent_ = 0, guarded_ = 0;
  std::string guard_;  // the `#ifndef` just before, which may be an include guard
};

}  // namespace reg
