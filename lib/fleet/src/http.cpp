#include "http.h"

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

#include <curl/curl.h>

namespace reg::fleet {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// However slowly it trickles.
constexpr std::chrono::minutes longest_answer{5};

template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* value) const {
    Release(value);
  }
};
using Easy = std::unique_ptr<CURL, Releaser<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Releaser<curl_multi_cleanup>>;
using Url = std::unique_ptr<CURLU, Releaser<curl_url_cleanup>>;
using List = std::unique_ptr<curl_slist, Releaser<curl_slist_free_all>>;

// Once for the process, as curl_global_init wants it, and before threads use it.
void begin_libcurl() {
  static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (begun != CURLE_OK) throw std::bad_alloc();
}

template <class T>
T* made(T* value) {
  if (value == nullptr) throw std::bad_alloc();
  return value;
}

template <class Value>
void set(const Easy& easy, CURLoption option, Value value) {
  const CURLcode done = curl_easy_setopt(easy.get(), option, value);
  if (done != CURLE_OK) throw HttpError(HttpError::Reason::Connection, curl_easy_strerror(done));
}

void set_file(const Easy& easy, CURLoption option, const std::string& path) {
  if (!path.empty()) set(easy, option, path.c_str());
}

List list_of(const std::vector<std::string>& headers) {
  List list;
  // Without the first, libcurl waits a second for "100 Continue" before it sends much.
  const auto add = [&](const char* header) {
    curl_slist* longer = made(curl_slist_append(list.get(), header));
    static_cast<void>(list.release());
    list.reset(longer);
  };
  add("Expect:");
  add("Content-Type: application/json");
  for (const std::string& header : headers) add(header.c_str());
  return list;
}

// Whether a failure is of certificates or of TLS itself, and no lost connection.
bool is_of_certificates(CURLcode code, std::string_view words) {
  const auto says = [&](std::string_view what) {
    return words.find(what) != std::string_view::npos;
  };
  // Under TLS 1.3 a server refuses a client's certificate when it is read from for the first time.
  if (says(" alert ")) return true;
  // While TLS begins, connections are lost, too.
  if (code == CURLE_SSL_CONNECT_ERROR) return says("SSL routines");
  constexpr CURLcode codes[] = {CURLE_SSL_CERTPROBLEM, CURLE_PEER_FAILED_VERIFICATION,
                                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CIPHER};
  return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

int poll_time(milliseconds time) {
  return static_cast<int>(std::clamp<milliseconds::rep>(time.count(), 0, 60'000));
}

// One request of a multi handle, and what comes back.
class Transfer {
 public:
  Transfer(CURLM* multi, const HttpOptions& options, const HttpRequest& request,
           std::function<bool(std::string_view)> take)
      : multi_(multi),
        easy_(made(curl_easy_init())),
        headers_(list_of(request.headers)),
        take_(std::move(take)) {
    words_.front() = '\0';
    set(easy_, CURLOPT_NOSIGNAL, 1L);
    set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy_, CURLOPT_PROXY, "");
    // etcd takes what is HTTP/2 for gRPC.
    set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
    set_file(easy_, CURLOPT_CAINFO, options.ca);
    // Who is named is believed, and not the system's authorities besides.
    if (!options.ca.empty()) set(easy_, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set_file(easy_, CURLOPT_SSLCERT, options.cert);
    set_file(easy_, CURLOPT_SSLKEY, options.key);
    // A key that is encrypted is an error; nobody is there to be asked.
    set(easy_, CURLOPT_KEYPASSWD, "");
    set(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.patience.count()));
    // A name server that does not answer is not waited for when the transfer is given up.
    set(easy_, CURLOPT_QUICK_EXIT, 1L);
    // A stream may be silent for days; whether anybody is there is asked below HTTP.
    set(easy_, CURLOPT_TCP_KEEPALIVE, 1L);
    set(easy_, CURLOPT_TCP_KEEPIDLE, 20L);
    set(easy_, CURLOPT_TCP_KEEPINTVL, 10L);
    set(easy_, CURLOPT_ERRORBUFFER, words_.data());
    set(easy_, CURLOPT_URL, request.url.c_str());
    set(easy_, CURLOPT_HTTPHEADER, headers_.get());
    set(easy_, CURLOPT_POST, 1L);
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy_, CURLOPT_POSTFIELDS, request.body.data());
    set(easy_, CURLOPT_WRITEFUNCTION, &Transfer::write);
    set(easy_, CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(easy_, CURLOPT_XFERINFOFUNCTION, &Transfer::progress);
    set(easy_, CURLOPT_XFERINFODATA, static_cast<void*>(this));
    set(easy_, CURLOPT_NOPROGRESS, 0L);
    if (curl_multi_add_handle(multi_, easy_.get()) != CURLM_OK) throw std::bad_alloc();
  }
  ~Transfer() { curl_multi_remove_handle(multi_, easy_.get()); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Goes as far as it can without waiting. True: it is over.
  bool perform() {
    int running = 0;
    const CURLMcode done = curl_multi_perform(multi_, &running);
    if (done != CURLM_OK) throw HttpError(HttpError::Reason::Connection, curl_multi_strerror(done));
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      over_ = true;
      result_ = message->data.result;
    }
    return over_;
  }

  bool over() const { return over_; }
  bool failed() const { return over_ && result_ != CURLE_OK; }
  Clock::time_point last_byte() const { return last_byte_; }
  long status() const {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }
  HttpError error() const {
    std::string words = words_.front() != '\0' ? words_.data() : curl_easy_strerror(result_);
    while (words.ends_with(' ')) words.pop_back();
    return {is_of_certificates(result_, words) ? HttpError::Reason::Certificate
                                               : HttpError::Reason::Connection,
            words};
  }

 private:
  static std::size_t write(char* data, std::size_t size, std::size_t count, void* self) {
    auto* transfer = static_cast<Transfer*>(self);
    // Exceptions must not go through libcurl, which is C.
    try {
      return transfer->take_({data, size * count}) ? size * count : CURL_WRITEFUNC_ERROR;
    } catch (...) {
      return CURL_WRITEFUNC_ERROR;
    }
  }
  static int progress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up) {
    auto* transfer = static_cast<Transfer*>(self);
    if (std::exchange(transfer->bytes_, down + up) != down + up) {
      transfer->last_byte_ = Clock::now();
    }
    return 0;
  }

  CURLM* multi_;
  Easy easy_;
  List headers_;
  std::function<bool(std::string_view)> take_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  Clock::time_point last_byte_ = Clock::now();
  curl_off_t bytes_ = 0;
  bool over_ = false;
  CURLcode result_ = CURLE_OK;
};

Multi new_multi() {
  begin_libcurl();
  return Multi(made(curl_multi_init()));
}

std::string in_seconds(milliseconds time) {
  std::string text = std::to_string(time.count() / 1000);
  if (const auto rest = time.count() % 1000; rest != 0) {
    text += '.' + std::to_string(1000 + rest).substr(1);
    while (text.ends_with('0')) text.pop_back();
  }
  return text + " s";
}

std::string part_of(const Url& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

}  // namespace

std::string server_url_problem(const std::string& url) {
  begin_libcurl();
  const Url parts(made(curl_url()));
  if (curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "is no URL";
  const std::string scheme = part_of(parts, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return "begins with neither http:// nor https://";
  if (!part_of(parts, CURLUPART_USER).empty() || !part_of(parts, CURLUPART_PASSWORD).empty()) {
    return "has a user in it";
  }
  const std::string path = part_of(parts, CURLUPART_PATH);
  if ((!path.empty() && path != "/") || !part_of(parts, CURLUPART_QUERY).empty() ||
      !part_of(parts, CURLUPART_FRAGMENT).empty()) {
    return "has more than a host and a port";
  }
  return {};
}

class HttpClient::State {
 public:
  explicit State(HttpOptions options) : options_(std::move(options)), multi_(new_multi()) {}

  HttpAnswer post(const HttpRequest& request, std::size_t most_bytes) {
    HttpAnswer answer;
    bool too_large = false;
    Transfer transfer(multi_.get(), options_, request, [&](std::string_view bytes) {
      too_large = bytes.size() > most_bytes - answer.body.size();
      if (!too_large) answer.body += bytes;
      return !too_large;
    });
    finish(transfer);
    if (too_large) {
      throw HttpError(HttpError::Reason::TooLarge,
                      "the answer is longer than " + std::to_string(most_bytes >> 20) + " MiB");
    }
    if (transfer.failed()) throw transfer.error();
    answer.status = transfer.status();
    return answer;
  }

 private:
  void finish(Transfer& transfer) {
    const Clock::time_point end = Clock::now() + longest_answer;
    while (!transfer.perform()) {
      const Clock::time_point now = Clock::now();
      const Clock::time_point until = std::min(end, transfer.last_byte() + options_.patience);
      if (now >= until) {
        const milliseconds waited = now >= end ? milliseconds(longest_answer) : options_.patience;
        throw HttpError(HttpError::Reason::Connection, "no answer within " + in_seconds(waited));
      }
      const auto left = std::chrono::ceil<milliseconds>(until - now);
      curl_multi_poll(multi_.get(), nullptr, 0, poll_time(left), nullptr);
    }
  }

  HttpOptions options_;
  Multi multi_;
};

HttpClient::HttpClient(HttpOptions options) : state_(std::make_unique<State>(std::move(options))) {}
HttpClient::~HttpClient() = default;
HttpAnswer HttpClient::post(const HttpRequest& request, std::size_t most_bytes) {
  return state_->post(request, most_bytes);
}

class HttpStream::State {
 public:
  State(const HttpOptions& options, HttpRequest request, std::function<void(std::string_view)> take)
      : request_(std::move(request)),
        multi_(new_multi()),
        transfer_(multi_.get(), options, request_,
                  [take = std::move(take)](std::string_view bytes) {
                    take(bytes);
                    return true;
                  }) {}

  Woken wait(milliseconds time, int wake) {
    if (transfer_.perform()) return Woken::No;
    curl_waitfd also{wake, CURL_WAIT_POLLIN, 0};
    curl_multi_poll(multi_.get(), &also, wake < 0 ? 0 : 1, poll_time(time), nullptr);
    transfer_.perform();
    return wake >= 0 && also.revents != 0 ? Woken::Yes : Woken::No;
  }
  const Transfer& transfer() const { return transfer_; }

 private:
  HttpRequest request_;  // libcurl reads its body from here
  Multi multi_;
  Transfer transfer_;
};

HttpStream::HttpStream(const HttpOptions& options, HttpRequest request,
                       std::function<void(std::string_view)> take)
    : state_(std::make_unique<State>(options, std::move(request), std::move(take))) {}
HttpStream::~HttpStream() = default;
HttpStream::Woken HttpStream::wait(milliseconds time, int wake) { return state_->wait(time, wake); }
bool HttpStream::ended() const { return state_->transfer().over(); }
long HttpStream::status() const { return state_->transfer().status(); }
std::string HttpStream::error() const {
  return state_->transfer().failed() ? state_->transfer().error().what() : std::string();
}

}  // namespace reg::fleet
