#pragma once
// What became of expectations, as people read it.

#include "style.h"

#include <reg/expectations.h>
#include <cstddef>
#include <string>

namespace reg::app {

struct ExpectationCounts {
  std::size_t met = 0, failed = 0, invalid = 0;

  void add(ExpectationStatus status);
  std::size_t all() const { return met + failed + invalid; }
};

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
