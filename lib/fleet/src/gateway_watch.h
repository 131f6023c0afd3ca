#pragma once
// A watch over the gateway: a line of JSON for each message, as long as the member lives.

#include "etcd.h"
#include "http.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace reg::fleet {

class GatewayWatch : public Watch {
 public:
  // `given_up`: whether another member is asked by now. A member that is cut off is silent, and its
  // watches with it.
  GatewayWatch(const HttpOptions& options, HttpRequest request, std::function<bool()> given_up);

  bool wait(std::chrono::milliseconds time, int wake) override;
  bool ended() const override;

 private:
  void take(std::string_view bytes);
  void end_line();

  std::function<bool()> given_up_;
  std::string line_;      // what has come of it
  bool is_long_ = false;  // it is of changes, and not kept
  bool said_ = false, ended_ = false;
  std::optional<HttpStream> stream_;
};

}  // namespace reg::fleet
