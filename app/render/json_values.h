#pragma once
// JSON values on stdout: an array, an element a line, under `-o json`; a line each under `-o
// jsonl`.

#include "../session.h"
#include "json_array.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace reg::app {

class JsonValues {
 public:
  explicit JsonValues(Session& session) : session_(session) {}

  void add(std::string_view json) {
    std::string text;
    if (is_array()) append_json_separator(text, written_);
    text += json;
    if (!is_array()) text += '\n';
    session_.out().write(text);
    ++written_;
  }
  // To be called once, behind the last.
  void finish() {
    if (is_array()) close_json_array(session_.out(), written_);
  }

 private:
  bool is_array() const { return session_.format() == Format::Json; }

  Session& session_;
  std::size_t written_ = 0;
};

}  // namespace reg::app
