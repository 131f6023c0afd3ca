#include "etcd.h"

#include "advice.h"
#include "gateway_text.h"
#include "gateway_watch.h"
#include "http.h"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <system_error>
#include <type_traits>
#include <utility>

namespace reg::fleet {
namespace {

using Reason = EtcdError::Reason;

constexpr std::size_t most_answer_bytes = std::size_t{64} << 20;

void check_file(const char* setting, const std::string& path) {
  if (path.empty() || ::access(path.c_str(), R_OK) == 0) return;
  throw InputError(std::string("remote.") + setting + ": cannot read " + path + ": " +
                   std::generic_category().message(errno));
}

EtcdOptions checked(EtcdOptions options) {
  if (options.endpoints.empty()) throw InputError("there is no endpoint of etcd");
  for (std::string& url : options.endpoints) {
    const std::string problem = server_url_problem(url);
    if (!problem.empty()) {
      throw InputError("remote.etcd: '" + url + "' " + problem, "as in https://etcd-1:2379");
    }
    while (url.ends_with('/')) url.pop_back();
  }
  check_file("ca", options.ca);
  check_file("cert", options.cert);
  check_file("key", options.key);
  if (options.cert.empty() && !options.key.empty()) {
    throw InputError("remote.key is of no use without remote.cert");
  }
  return options;
}

Reason reason_of(gateway::Meaning meaning) {
  switch (meaning) {
    case gateway::Meaning::Unreachable:
    case gateway::Meaning::NotReady:
      return Reason::Unreachable;
    case gateway::Meaning::LogIn:
    case gateway::Meaning::Denied:
      return Reason::Denied;
    case gateway::Meaning::Compacted:
      return Reason::Compacted;
    case gateway::Meaning::NoSpace:
      return Reason::NoSpace;
    case gateway::Meaning::NoLease:
      return Reason::NoLease;
    case gateway::Meaning::TooLarge:
      return Reason::TooLarge;
    case gateway::Meaning::NoLoginThere:
    case gateway::Meaning::Other:
      return Reason::Other;
  }
  return Reason::Other;
}

// What another member may not have.
bool is_of_one_member(Reason reason) {
  return reason == Reason::Unreachable || reason == Reason::Malformed;
}

struct Failure {
  std::string url;
  Reason reason;
  std::string message, hint;
};

// Of all endpoints, each of which failed.
EtcdError error_of(const std::vector<Failure>& failures) {
  if (failures.size() == 1) {
    const Failure& one = failures.front();
    return {one.reason, "etcd at " + one.url + ": " + one.message, one.hint};
  }
  std::string message = "no member of etcd answers";
  char separator = ':';
  for (const Failure& failure : failures) {
    message += separator;
    message += ' ' + failure.url + ": " + failure.message;
    separator = ';';
  }
  // What a person has to put right comes before what may pass.
  const auto worst = std::max_element(
      failures.begin(), failures.end(), [](const Failure& one, const Failure& other) {
        const auto weight = [](Reason reason) {
          return reason == Reason::Denied ? 2 : reason == Reason::Unreachable ? 0 : 1;
        };
        return weight(one.reason) < weight(other.reason);
      });
  return {worst->reason, message, worst->hint};
}

}  // namespace

EtcdError::EtcdError(Reason reason, const std::string& message, std::string hint)
    : StorageError(ErrorKind::Io, message, std::move(hint)), reason_(reason) {}

std::string prefix_end(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (prefix.empty()) return std::string(1, '\0');  // to etcd: all that there are
  prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

class Etcd::Client {
 public:
  explicit Client(EtcdOptions options)
      : options_(checked(std::move(options))),
        http_options_{options_.ca, options_.cert, options_.key, options_.patience},
        http_(http_options_),
        asked_(std::make_shared<std::size_t>(0)) {}

  // Asks one endpoint after another until one's answer can be read.
  template <class Read>
  std::invoke_result_t<Read, std::string_view> call(const std::string& path,
                                                    const std::string& body, Read read) {
    std::vector<Failure> failures;
    for (;;) {
      try {
        return read(answer_of(path, body));
      } catch (const HttpError& error) {
        const Reason reason = reason_of(error);
        failures.push_back({url(), reason, error.what(), hint_for(error)});
        if (reason == Reason::TooLarge) throw error_of(failures);
      } catch (const EtcdError& error) {
        failures.push_back({url(), error.reason(), error.what(),
                            error.hint().empty() ? hint(error.reason()) : error.hint()});
        if (!is_of_one_member(error.reason())) throw error_of({failures.back()});
      }
      ask_next(failures.back(), failures.size() < options_.endpoints.size());
      if (failures.size() == options_.endpoints.size()) throw error_of(failures);
    }
  }

  std::unique_ptr<Watch> watch(const std::string& key, const std::string& end,
                               std::int64_t revision) {
    HttpRequest request = request_of("/v3/watch", gateway::watch_text(key, end, revision));
    // Without it the stream goes on, silent, at a member that has lost the others.
    request.headers.emplace_back("Grpc-Metadata-hasleader: true");
    return std::make_unique<GatewayWatch>(http_options_, std::move(request),
                                          [asked = asked_, at = *asked_] { return *asked != at; });
  }

 private:
  const std::string& url() const { return options_.endpoints[*asked_]; }
  std::string hint(Reason reason) const { return hint_for(reason, !options_.user.empty()); }

  static Reason reason_of(const HttpError& error) {
    switch (error.reason()) {
      case HttpError::Reason::Connection:
        return Reason::Unreachable;
      case HttpError::Reason::Certificate:
        return Reason::Denied;
      case HttpError::Reason::TooLarge:
        return Reason::TooLarge;
    }
    return Reason::Other;
  }

  void ask_next(const Failure& failure, bool goes_on) {
    *asked_ = (*asked_ + 1) % options_.endpoints.size();
    if (!options_.log) return;
    options_.log("etcd at " + failure.url + ": " + failure.message +
                 (goes_on ? "; asking " + url() : ""));
  }

  HttpRequest request_of(const std::string& path, std::string body) const {
    HttpRequest request{url() + path, {}, std::move(body)};
    if (!token_.empty()) request.headers.push_back("Authorization: " + token_);
    return request;
  }
  HttpAnswer post(const std::string& path, const std::string& body) {
    return http_.post(request_of(path, body), most_answer_bytes);
  }

  [[noreturn]] static void refuse(const HttpAnswer& answer) {
    const gateway::Refusal refusal = gateway::refusal_of(answer.body);
    const std::string status = "HTTP status " + std::to_string(answer.status);
    if (refusal.code == 0) {
      // Something on the way, or a member that is just starting.
      const bool passing = answer.status >= 500 || answer.status == 429;
      throw EtcdError(passing ? Reason::Unreachable : Reason::Malformed,
                      refusal.message.empty() ? status : status + ": " + refusal.message);
    }
    const gateway::Meaning meaning = gateway::meaning_of(refusal);
    if (meaning == gateway::Meaning::NotReady)
      throw EtcdError(Reason::Unreachable, "it is not ready yet (" + refusal.message + ')',
                      "does it start just now? If it stays so, see its log, and whether its "
                      "gateway reaches it: `etcdctl endpoint health`");
    throw EtcdError(fleet::reason_of(meaning), refusal.message);
  }

  static constexpr long ok = 200;

  static bool wants_login(const HttpAnswer& answer) {
    return answer.status != ok &&
           gateway::meaning_of(gateway::refusal_of(answer.body)) == gateway::Meaning::LogIn;
  }

  std::string answer_of(const std::string& path, const std::string& body) {
    const bool has_user = !options_.user.empty();
    if (has_user && token_.empty() && !no_login_) log_in();
    HttpAnswer answer = post(path, body);
    if (has_user && wants_login(answer)) {
      if (options_.log) options_.log("etcd at " + url() + ": the login is over; logging in again");
      log_in();
      answer = post(path, body);
    }
    if (answer.status != ok) refuse(answer);
    return std::move(answer.body);
  }

  void log_in() {
    token_.clear();
    const HttpAnswer answer =
        post("/v3/auth/authenticate", gateway::login_text(options_.user, options_.password));
    const bool needless =
        answer.status != ok &&
        gateway::meaning_of(gateway::refusal_of(answer.body)) == gateway::Meaning::NoLoginThere;
    no_login_ = needless;
    if (needless) return;
    if (answer.status != ok) refuse(answer);
    token_ = gateway::login_answer(answer.body);
  }

  EtcdOptions options_;
  HttpOptions http_options_;
  HttpClient http_;
  std::shared_ptr<std::size_t> asked_;  // the endpoint; shared with watches, which end with it
  std::string token_;
  bool no_login_ = false;  // it has said that nobody needs to
};

Etcd::Etcd(EtcdOptions options) : client_(std::make_unique<Client>(std::move(options))) {}
Etcd::~Etcd() = default;

RangeAnswer Etcd::range(const RangeRequest& request) {
  return client_->call("/v3/kv/range", gateway::range_text(request),
                       [&](std::string_view text) { return gateway::range_answer(text, request); });
}

TxnAnswer Etcd::txn(const Txn& txn) {
  return client_->call("/v3/kv/txn", gateway::txn_text(txn), gateway::txn_answer);
}

Lease Etcd::grant(std::chrono::seconds ttl) {
  return client_->call("/v3/lease/grant", gateway::grant_text(ttl), gateway::grant_answer);
}

std::optional<std::chrono::seconds> Etcd::keep_alive(std::int64_t lease) {
  return client_->call("/v3/lease/keepalive", gateway::lease_text(lease),
                       gateway::keep_alive_answer);
}

void Etcd::revoke(std::int64_t lease) {
  try {
    client_->call("/v3/lease/revoke", gateway::lease_text(lease), [](std::string_view) {});
  } catch (const EtcdError& error) {
    if (error.reason() != Reason::NoLease) throw;
  }
}

std::unique_ptr<Watch> Etcd::watch(const std::string& key, const std::string& end,
                                   std::int64_t revision) {
  return client_->watch(key, end, revision);
}

}  // namespace reg::fleet
