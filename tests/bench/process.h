#pragma once
// One run of one command, measured from outside.

#include <string>
#include <vector>

namespace bench {

struct Run {
  double microseconds = 0;  // from before the spawn until the process is gone
  long peak_kib = 0;        // its peak resident set
};

// Runs a command with its output sent to /dev/null. Throws std::runtime_error if it does not exit
// with 0.
Run run_process(const std::vector<std::string>& command);

}  // namespace bench
