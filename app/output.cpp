#include "output.h"

#include <reg/error.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <utility>

namespace reg::app {

namespace {

void write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      throw BrokenPipe();
    } else if (errno != EINTR) {
      throw StorageError(ErrorKind::Io,
                         std::string("cannot write to standard output: ") + std::strerror(errno));
    }
  }
}

}  // namespace

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= chunk) finish();
}

void Output::line(std::string_view text) {
  buffer_ += text;
  write("\n");
}

void Output::finish() {
  const std::string ready = std::exchange(buffer_, {});
  begun_ |= !ready.empty();
  write_all(ready);
}

}  // namespace reg::app
