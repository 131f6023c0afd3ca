#pragma once
// Puts what a workspace publishes into etcd, and takes it away.

#include "etcd.h"
#include "generation.h"
#include "identity.h"

#include <reg/remote.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace reg::fleet {

enum class TakeOver : bool { No, Yes };

struct Published {
  std::size_t chunks = 0, chunks_put = 0, bytes_put = 0;  // as they are stored
  bool unchanged = false;  // the head that is there lists the same, and stays
  std::int64_t revision = 0, lease = 0;
  std::vector<std::string> warnings;
};

// Who an origin's head belongs to, in words; empty: it is ours. `head`: as it is there.
std::string other_owner(const KeyValue& head, const Identity& identity);

// What `withdraw` came to.
struct Withdrawn {
  bool removed = false;  // there was something
  std::string of_other;  // it was another machine's or workspace's: whose, in words
  bool had_lease = false;
};

class Publisher {
 public:
  // The first two are to outlive it.
  Publisher(KeyStore& etcd, const RemoteSettings& remote, Identity identity);

  // Puts the chunks that are not there, switches the head in one transaction that compares what was
  // read, and then removes what earlier generations left. Whatever is ambiguous is looked at again.
  // Throws InputError if the origin's head is another machine's and not to be taken over, or if
  // there is too much of it; EtcdError. `before_switch` is called when all chunks are there, before
  // the head is switched: from then on the text may be what others have, whatever is heard of it.
  // With TakeOver::Yes all chunks are put anew, whatever lies there under their names.
  Published publish(const std::string& text, std::size_t symbols, TakeOver take_over,
                    const std::function<void()>& before_switch = {});
  // Throws likewise.
  Withdrawn withdraw(TakeOver take_over);

 private:
  KeyStore& etcd_;
  const RemoteSettings& remote_;
  const Identity identity_;
  Keys keys_;
};

}  // namespace reg::fleet
