#include "keeper.h"

#include <reg/json.h>

namespace reg::fleet {

namespace {

struct LastPublished {
  std::string origin;
  std::size_t symbols = 0;
};

std::optional<LastPublished> described(const std::string& text) {
  try {
    const Json json = parse_json(text, "published.reg.json");
    return LastPublished{json.at("published").at("origin").get<std::string>(),
                         json.at("symbols").size()};
  } catch (const InputError&) {
    return std::nullopt;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

std::string Keeper::told_once(const std::string& warning) {
  if (warning == told_) return {};
  told_ = warning;
  return warning;
}

Kept Keeper::keep(const KeyValue* own_head) {
  if (own_head == nullptr) return restore();
  Kept kept;
  const auto head = Head::from(own_head->value);
  const std::string owner = other_owner(*own_head, identity_);
  if (!owner.empty() || !head || head->workspace != identity_.workspace) {
    // Who only follows has nothing to say about it.
    if (!remote_.publish.empty() && files_.published())
      kept.warning =
          told_once("origin \"" + remote_.origin + "\" is not published from here any more: " +
                    (owner.empty() ? "another workspace of this machine does" : owner));
    return kept;
  }
  told_.clear();
  if (own_head->lease == 0) return kept;
  kept.ttl = etcd_.keep_alive(own_head->lease);
  return kept.ttl ? kept : restore();
}

// What `publish --withdraw` took away has no file any more; who publishes just now does it better.
Kept Keeper::restore() {
  Kept kept;
  const std::optional<FileLock> lock = files_.try_publish_lock();
  if (!lock) return kept;
  const std::optional<std::string> text = files_.published();
  if (!text) return kept;
  const std::optional<LastPublished> last = described(*text);
  if (!last || last->origin != remote_.origin) {
    kept.warning = told_once(".reg/published.reg.json is not what origin \"" + remote_.origin +
                             "\" publishes: `reg publish` puts it again");
    return kept;
  }
  const Published published =
      Publisher(etcd_, remote_, identity_).publish(*text, last->symbols, TakeOver::No);
  kept.restored = !published.unchanged;
  kept.ttl = remote_.lease;
  return kept;
}

}  // namespace reg::fleet
