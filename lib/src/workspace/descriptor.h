#pragma once
// An open file of the system's, closed by who holds it.

#include <unistd.h>
#include <utility>

namespace reg {

class Descriptor {
 public:
  Descriptor() = default;
  // What open(2) and its like return; negative: none.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      number_ = other.release();
    }
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }
  // From now on somebody else's to close.
  int release() { return std::exchange(number_, -1); }
  // Closes it; what close(2) says is of interest to writers only, and they ask it themselves.
  void reset() noexcept {
    if (number_ >= 0) ::close(release());
  }

 private:
  int number_ = -1;
};

}  // namespace reg
