#include "keeper.h"

#include <reg/json.h>

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
  const RangeAnswer now = etcd_.range({.key = Keys(remote_.name).head(remote_.origin)});
  const auto owner = now.kvs.empty() ? std::nullopt : told_of_other(now.kvs.front());
  if (!owner) return kept;
  files_.remove_published();
  kept.warning = "origin \"" + remote_.origin + "\" is not published from here any more: " + *owner;
  return kept;
}

Keeper::LastPublished Keeper::described(const FileStamp& stamp) const {
  LastPublished last{stamp, {}, 0};
  try {
    const Json json = parse_json(files_.published().value_or(std::string()), "published.reg.json");
    last.symbols = json.at("symbols").size();
    last.origin = json.at("published").at("origin").get<std::string>();
  } catch (const InputError&) {
    return last;
  } catch (const Json::exception&) {
    return last;
  }
  return last;
}

// What `publish --withdraw` took away has no file any more; who publishes just now does it better.
Kept Keeper::restore() {
  Kept kept;
  if (!files_.published_stamp()) return kept;
  const std::optional<FileLock> lock = files_.try_publish_lock();
  if (!lock) return kept;
  const std::optional<FileStamp> stamp = files_.published_stamp();
  if (!stamp) return kept;
  if (!last_ || last_->stamp != *stamp) last_ = described(*stamp);
  if (last_->origin != remote_.origin) {
    kept.warning = told_once(".reg/published.reg.json is not what origin \"" + remote_.origin +
                             "\" publishes: `reg publish` puts it again");
    return kept;
  }
  const std::string text = files_.published().value_or(std::string());
  const Published published =
      Publisher(etcd_, remote_, identity_).publish(text, last_->symbols, TakeOver::No);
  kept.restored = !published.unchanged;
  kept.ttl = remote_.lease;
  kept.lease = published.lease;
  return kept;
}

}  // namespace reg::fleet
