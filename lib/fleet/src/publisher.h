#pragma once
// Puts what a workspace publishes into etcd, and takes it away.

#include "etcd.h"
#include "generation.h"

#include <reg/remote.h>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace reg::fleet {

struct Identity {
  std::string machine, workspace;
};
// Of this machine (machine-id(5), hashed; where there is none, its host name and boot id) and of
// that workspace.
Identity identity_of(const Workspace& workspace);

enum class TakeOver : bool { No, Yes };

struct Published {
  std::size_t chunks = 0, chunks_put = 0, bytes_put = 0;
  bool unchanged = false;  // the head that is there lists the same, and stays
  std::int64_t revision = 0;
  std::vector<std::string> warnings;
};

class Publisher {
 public:
  Publisher(Etcd& etcd, const RemoteSettings& remote, Identity identity);

  // Puts the chunks that are not there, switches the head in one transaction that compares what was
  // read, and then removes what earlier generations left. Throws InputError if the origin's head is
  // another machine's and not to be taken over; EtcdError.
  Published publish(const std::string& text, std::size_t symbols, TakeOver take_over);
  // False: there was nothing.
  bool withdraw(TakeOver take_over);

 private:
  Etcd& etcd_;
  const RemoteSettings& remote_;
  Identity identity_;
  Keys keys_;
};

}  // namespace reg::fleet
