#include "heads.h"

#include "fleet_limits.h"

#include <algorithm>
#include <utility>

namespace reg::fleet {

namespace {

// One answer's worth: heads are small, but one of 4096 chunks is not.
constexpr std::int64_t heads_at_once = 200;

// Fewer at once, where somebody put heads that are too large to be any.
RangeAnswer range_in_parts(KeyStore& etcd, RangeRequest& request) {
  while (true) {
    try {
      return etcd.range(request);
    } catch (const EtcdError& error) {
      if (error.reason() != EtcdError::Reason::TooLarge || request.limit <= 1) throw;
      request.limit /= 4;
      request.limit = std::max<std::int64_t>(request.limit, 1);
    }
  }
}

}  // namespace

void Heads::update() {
  if (known_revision_ == 0 || !read_changes()) read_all();
}

// All at the revision of the first answer.
void Heads::read_all() {
  const std::string prefix = keys_.heads();
  RangeRequest request{.key = prefix, .end = prefix_end(prefix), .limit = heads_at_once};
  std::map<std::string, KeyValue> found;
  Header header;
  std::int64_t count = 0;
  bool more = true;
  while (more && found.size() < most_origins) {
    RangeAnswer answer = range_in_parts(etcd_, request);
    if (request.revision == 0) {
      header = answer.header;
      count = answer.count;
    }
    request.revision = header.revision;
    for (KeyValue& kv : answer.kvs) {
      std::string key = kv.key;
      request.key = key + '\0';  // what comes next
      found.insert_or_assign(std::move(key), std::move(kv));
    }
    more = answer.more && !answer.kvs.empty();
  }
  // Whose head is left out would be taken for one who publishes no more.
  if (!more && static_cast<std::int64_t>(found.size()) != count)
    throw EtcdError(EtcdError::Reason::Malformed, "etcd counts " + std::to_string(count) +
                                                      " heads, and tells of " +
                                                      std::to_string(found.size()));
  heads_ = std::move(found);
  cluster_ = header.cluster_id;
  known_revision_ = header.revision;
  too_many_ = more;
}

// False: that does not tell. A key that is gone is seen by the number of those that are there.
bool Heads::read_changes() {
  if (too_many_) return false;
  const std::string prefix = keys_.heads();
  RangeRequest request{.key = prefix,
                       .end = prefix_end(prefix),
                       .min_mod_revision = known_revision_ + 1,
                       .limit = heads_at_once};
  RangeAnswer answer = range_in_parts(etcd_, request);
  if (answer.header.cluster_id != cluster_ || answer.header.revision < known_revision_ ||
      answer.more)
    return false;
  const auto is_new = [this](const KeyValue& kv) { return heads_.count(kv.key) == 0; };
  const auto added = std::count_if(answer.kvs.begin(), answer.kvs.end(), is_new);
  if (static_cast<std::int64_t>(heads_.size()) + added != answer.count) return false;
  for (KeyValue& kv : answer.kvs) {
    std::string key = kv.key;
    heads_.insert_or_assign(std::move(key), std::move(kv));
  }
  known_revision_ = answer.header.revision;
  return true;
}

}  // namespace reg::fleet
