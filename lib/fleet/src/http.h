#pragma once
// HTTP as a fleet needs it: POST to a server that is named, with TLS that is always verified;
// neither proxies nor redirects. No header of libcurl is needed to include this.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

struct HttpOptions {
  std::string ca, cert, key;                 // PEM files; empty: none
  std::chrono::milliseconds patience{3000};  // without a byte in either direction
};

struct HttpRequest {
  std::string url;
  std::vector<std::string> headers;  // "Name: value"
  std::string body;
};
struct HttpAnswer {
  long status = 0;
  std::string body;
};

// No answer came.
class HttpError : public std::runtime_error {
 public:
  enum class Reason : std::uint8_t { Connection, Certificate, TooLarge };
  HttpError(Reason reason, const std::string& message)
      : std::runtime_error(message), reason_(reason) {}
  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

// Empty: that is the URL of a server, http or https, without a path, a user or a query.
std::string server_url_problem(const std::string& url);

// Keeps connections. One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Throws HttpError.
  HttpAnswer post(const HttpRequest& request, std::size_t most_bytes);

 private:
  class State;
  std::unique_ptr<State> state_;
};

// An answer that goes on as long as the server likes. One thread at a time.
class HttpStream {
 public:
  // `take` is given what arrives, within `wait`.
  HttpStream(const HttpOptions& options, HttpRequest request,
             std::function<void(std::string_view bytes)> take);
  ~HttpStream();
  HttpStream(const HttpStream&) = delete;
  HttpStream& operator=(const HttpStream&) = delete;

  // Returns when something may have arrived, when it has ended, when `wake` can be read (-1: none),
  // or when the time is over.
  enum class Woken : bool { No, Yes };
  Woken wait(std::chrono::milliseconds time, int wake);
  bool ended() const;
  long status() const;        // 0: not known yet
  std::string error() const;  // why it ended; empty: as HTTP ends

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace reg::fleet
