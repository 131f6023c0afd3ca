#pragma once
// What became of expectations, and what was recorded of them, in the format of `-o`.

#include "../session.h"
#include "expectation_report.h"

#include <reg/expectations.h>
#include <cstddef>
#include <string>
#include <vector>

namespace reg::app {

void write_results(Session& session, const std::vector<TestSuite>& suites);

// JSON elements, one a line; of `-o json` an array.
class ElementWriter {
 public:
  explicit ElementWriter(Session& session) : session_(session) {}

  void add(const std::string& element);
  void finish();

 private:
  Session& session_;
  std::size_t written_ = 0;
};

// What was written down. Nothing may follow `finish`.
class RecordWriter {
 public:
  explicit RecordWriter(Session& session) : session_(session), elements_(session) {}

  void add(const RecordedExpectation& recorded);
  void add(const Expectation& added);
  std::size_t count() const { return count_; }
  void finish();

 private:
  void write(const Expectation& expectation, const Place& place, const Json& was,
             const std::vector<std::string>& now, const std::string& what);

  Session& session_;
  ElementWriter elements_;
  std::size_t count_ = 0;
};

}  // namespace reg::app
