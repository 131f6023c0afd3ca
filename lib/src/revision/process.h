#pragma once
// Another program's run: its words as a vector, never a shell.

#include <workspace/descriptor.h>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// What a program writes to stdout, as it comes.
class ProcessOutput {
 public:
  explicit ProcessOutput(Descriptor pipe) : pipe_(std::move(pipe)) {}

  // Up to the next such byte, which is dropped; nothing is left: an empty text, and `at_end`.
  std::string take_until(char end);
  // So many bytes, or what there is.
  std::string take(std::size_t bytes);
  std::string take_all();
  bool at_end();

 private:
  bool fill();

  Descriptor pipe_;
  std::string buffer_;
  std::size_t from_ = 0;
};

struct ProcessEnd {
  int status = 0;       // what it exited with; 128 + n: signal n
  std::string message;  // what it wrote to stderr, without the last newline
};

// Runs a program that is looked for on the `PATH`: `input` is its stdin, and `read` is called with
// its stdout. Throws StorageError (Io) where it cannot be run, and what `read` throws, after the
// program has ended.
ProcessEnd run_process(const std::vector<std::string>& words,
                       const std::vector<std::string>& environment, std::string_view input,
                       const std::function<void(ProcessOutput&)>& read);

}  // namespace reg
