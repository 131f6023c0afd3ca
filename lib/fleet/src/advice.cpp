#include "advice.h"

#include <array>
#include <string_view>

namespace reg::fleet {
namespace {

struct Advice {
  std::string_view words;  // what libcurl or OpenSSL say somewhere in their message
  std::string_view hint;
};

// A server that refuses says "alert"; the first of a list that fits is the one.
constexpr std::array<Advice, 5> of_alerts{{
    {"expired", "the certificate that remote.cert names has expired, or the clock there is wrong"},
    {"certificate required",
     "etcd asks for a client's certificate: set remote.cert and remote.key"},
    {"bad certificate",
     "etcd asks for a client's certificate: set remote.cert and remote.key, of a "
     "certificate that it accepts"},
    {"unknown ca", "etcd does not know the CA that signed the certificate of remote.cert"},
    {"", "etcd refuses the certificate that remote.cert names"},
}};
constexpr std::array<Advice, 13> of_connections{{
    {"expired", "etcd's certificate, or that of its CA, has expired; or the clock here is wrong"},
    {"issuer certificate", "remote.ca names the CA that signed etcd's certificate"},
    {"self-signed", "remote.ca names the CA that signed etcd's certificate"},
    {"subject name", "etcd's certificate is of other hosts: use one of their names in remote.etcd"},
    {"private key",
     "remote.cert and remote.key are PEM files that belong together; the key is not encrypted"},
    {"client certificate", "remote.cert and remote.key are PEM files that belong together"},
    {"wrong version number", "does that etcd speak http:// only?"},
    {"SSL_ERROR_SYSCALL", "does that etcd speak http:// only (remote.etcd)?"},
    {"HTTP/0.9", "does that etcd speak https:// only?"},
    {"Empty reply", "does that etcd speak https:// only?"},
    {"resolve host", "is the host's name in remote.etcd right?"},
    {"certificate", "look at remote.ca, remote.cert and remote.key"},
    {"", "does etcd run there (remote.etcd), and can this machine reach it?"},
}};

template <class List>
std::string first_of(const List& list, std::string_view message) {
  for (const Advice& advice : list) {
    if (message.find(advice.words) != std::string_view::npos) return std::string(advice.hint);
  }
  return {};
}

}  // namespace

std::string hint_for(const HttpError& error) {
  const std::string_view message = error.what();
  if (error.reason() == HttpError::Reason::TooLarge) return {};
  const bool alert = message.find(" alert ") != std::string_view::npos;
  return alert ? first_of(of_alerts, message) : first_of(of_connections, message);
}

std::string hint_for(EtcdError::Reason reason, bool has_user) {
  switch (reason) {
    case EtcdError::Reason::Unreachable:
      return "have most of its members gone? `etcdctl endpoint status --cluster` tells";
    case EtcdError::Reason::Denied:
      return has_user ? "remote.user must be a user of that etcd who may read, and to publish also "
                        "write, the keys of remote.name; the password is the one line of "
                        "remote.password_file"
                      : "that etcd wants a user: set remote.user and remote.password_file";
    case EtcdError::Reason::NoSpace:
      return "etcd's database is full: `etcdctl compact REVISION`, `etcdctl defrag`, then `etcdctl "
             "alarm disarm`; or a larger --quota-backend-bytes";
    case EtcdError::Reason::TooLarge:
      return "etcd's --max-request-bytes and --max-txn-ops may be below their defaults";
    case EtcdError::Reason::Malformed:
      return "is that an etcd, 3.4 or later, with its gateway (--enable-grpc-gateway)?";
    case EtcdError::Reason::Compacted:
    case EtcdError::Reason::NoLease:
    case EtcdError::Reason::Other:
      return {};
  }
  return {};
}

}  // namespace reg::fleet
