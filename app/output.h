#pragma once
// Data on its way to stdout.

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>

namespace reg::app {

// Nobody reads stdout any more: the program ends as if by SIGPIPE, and says nothing.
class BrokenPipe : public std::exception {};

// Collects output and writes it in big chunks. What was not finished when it is destroyed is not
// written: an error must not look like a short answer.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Throws StorageError (Io) if stdout cannot be written, and BrokenPipe.
  void write(std::string_view text);
  void line(std::string_view text);
  void finish();
  // Whether anything has been handed out, so that it cannot be taken back.
  bool has_begun() const { return begun_; }
  // Whether nothing was written so far.
  bool is_empty() const { return !begun_ && buffer_.empty(); }
  // Takes back what has not been handed out.
  void forget() { buffer_.clear(); }

 private:
  static constexpr std::size_t chunk = 64 * 1024;
  std::string buffer_;
  bool begun_ = false;
};

}  // namespace reg::app
