#pragma once
// What became of expectations, as people read it.

#include "style.h"

#include <reg/expectations.h>
#include <cstddef>
#include <string>
#include <vector>

namespace reg::app {

struct ExpectationCounts {
  std::size_t met = 0, failed = 0, invalid = 0;

  void add(ExpectationStatus status);
  std::size_t all() const { return met + failed + invalid; }
};

// The results of one file.
struct TestSuite {
  std::string file;
  std::vector<ExpectationResult> results;
};

// Calls `visit` with every result, and counts them.
template <typename Visit>
ExpectationCounts each_result(const std::vector<TestSuite>& suites, Visit visit) {
  ExpectationCounts counts;
  for (const TestSuite& suite : suites) {
    for (const ExpectationResult& result : suite.results) {
      counts.add(result.status);
      visit(result);
    }
  }
  return counts;
}

// `12 expectations: 11 met, 1 failed`
std::string summary_of(const ExpectationCounts& counts);

enum class Reasons : bool { Hidden, Shown };

// `path:line:column: error: …`, a line for each error with its hint below; with reasons, also the
// context and the predicates of what was expected and what was selected, where they differ.
std::string failure_text(const ExpectationResult& result, const Style& style, std::size_t width,
                         Reasons reasons);
// Of one that is met: `path:line:column: met: Kernel/gemm: libgemm.so:make_cublas`.
std::string met_text(const ExpectationResult& result, const Style& style);

}  // namespace reg::app
