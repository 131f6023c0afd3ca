#include "keeper.h"

#include <utility>

namespace reg::fleet {

std::string Keeper::told_once(const std::string& warning) {
  if (warning == told_) return {};
  told_ = warning;
  return warning;
}

// Who has the origin, if that is certainly not this workspace; a head that cannot be read tells
// nothing.
std::optional<std::string> Keeper::told_of_other(const KeyValue& head) const {
  const auto read = Head::from(head.value);
  if (!read) return std::nullopt;
  std::string owner = other_owner(head, identity_);
  if (owner.empty() && read->workspace != identity_.workspace)
    owner = "another workspace of this machine does";
  return owner.empty() ? std::nullopt : std::optional(std::move(owner));
}

Kept Keeper::keep(const KeyValue* own_head) {
  if (own_head == nullptr) return restore();
  if (told_of_other(*own_head)) return give_up();
  Kept kept;
  if (const std::string owner = other_owner(*own_head, identity_); !owner.empty()) {
    if (files_.published_stamp())
      kept.warning = told_once("origin \"" + remote_.origin + "\" is not kept alive: " + owner);
    return kept;
  }
  told_.clear();
  if (own_head->lease == 0) return kept;
  kept.ttl = etcd_.keep_alive(own_head->lease);
  if (!kept.ttl) return restore();
  kept.lease = own_head->lease;
  return kept;
}

// Whoever publishes from here just now, or has since the head was read, has the last word.
Kept Keeper::give_up() {
  Kept kept;
  if (!files_.published_stamp()) return kept;
  const std::optional<FileLock> lock = files_.try_publish_lock();
  if (!lock) return kept;
  const std::optional<KeyValue> now = head_now();
  const auto owner = now ? told_of_other(*now) : std::nullopt;
  if (!owner) return kept;
  files_.remove_published();
  kept.warning = "origin \"" + remote_.origin + "\" is not published from here any more: " + *owner;
  return kept;
}

std::optional<KeyValue> Keeper::head_now() const {
  RangeAnswer now = etcd_.range({.key = Keys(remote_.name).head(remote_.origin)});
  return now.kvs.empty() ? std::nullopt : std::optional(std::move(now.kvs.front()));
}

// What `publish --withdraw` took away has no file any more; who publishes just now does it better.
Kept Keeper::restore() {
  Kept kept;
  if (!files_.published_stamp()) return kept;
  const std::optional<FileLock> lock = files_.try_publish_lock();
  if (!lock) return kept;
  const std::optional<FileStamp> stamp = files_.published_stamp();
  if (!stamp || stamp == not_ours_) return kept;
  const std::optional<PublishedNote> note = files_.published();
  if (!note || !note->is_of(remote_)) {
    not_ours_ = stamp;
    kept.warning = told_once(
        note
            ? "what this workspace published is \"" + note->origin + "\" of \"" + note->name +
                  "\", and not put again as \"" + remote_.origin + "\" of \"" + remote_.name +
                  "\": `reg publish` does that"
            : ".reg/published.reg.json cannot be read: `reg publish` puts what is published again");
    return kept;
  }
  return note->lease ? put_again(*note) : withdrawn();
}

// With the lease that it had, whatever the settings say by now.
Kept Keeper::put_again(const PublishedNote& note) {
  RemoteSettings remote = remote_;
  remote.lease = note.lease;
  const Published published =
      Publisher(etcd_, remote, identity_).publish(note.text, note.symbols, TakeOver::No);
  Kept kept;
  kept.restored = !published.unchanged;
  kept.ttl = note.lease;
  kept.lease = published.lease;
  return kept;
}

// Without a lease, nothing goes by itself.
Kept Keeper::withdrawn() {
  Kept kept;
  if (head_now()) return kept;
  files_.remove_published();
  kept.warning = "what this workspace published as \"" + remote_.origin +
                 "\" was withdrawn elsewhere; `reg publish` puts it again";
  return kept;
}

}  // namespace reg::fleet
