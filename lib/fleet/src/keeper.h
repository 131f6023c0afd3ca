#pragma once
// Keeps alive what this workspace publishes, and puts it again where it is gone.

#include "etcd.h"
#include "identity.h"
#include "publisher.h"
#include "workspace_files.h"

#include <reg/remote.h>
#include <workspace/files.h>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace reg::fleet {

struct Kept {
  std::optional<std::chrono::seconds> ttl;  // of the lease that was kept alive
  std::int64_t lease = 0;                   // that one; 0: none
  bool restored = false;                    // all was put again
  std::string warning;                      // told once
};

class Keeper {
 public:
  // All of them are to outlive it.
  Keeper(KeyStore& etcd, const RemoteSettings& remote, const Identity& identity,
         WorkspaceFiles& files)
      : etcd_(etcd), remote_(remote), identity_(identity), files_(files) {}

  // `own_head`: as it was read just now; nullptr: it is not there. What another machine or
  // workspace publishes under this origin is left to it, and what was published from here is not
  // put again, even if theirs goes. What had no lease and is gone was withdrawn. Throws EtcdError,
  // StorageError, InputError.
  Kept keep(const KeyValue* own_head);

 private:
  Kept restore();
  Kept put_again(const PublishedNote& note);
  Kept withdrawn();
  Kept give_up();
  std::optional<std::string> told_of_other(const KeyValue& head) const;
  std::optional<KeyValue> head_now() const;
  std::string told_once(const std::string& warning);

  KeyStore& etcd_;
  const RemoteSettings& remote_;
  const Identity& identity_;
  WorkspaceFiles& files_;
  std::string told_;
  std::optional<FileStamp> not_ours_;  // the file that is known to be of elsewhere
};

}  // namespace reg::fleet
