#pragma once
// A workspace that shares its registry, and the way to etcd.

#include "session.h"

#include <connection.h>
#include <etcd.h>
#include <identity.h>
#include <reg/remote.h>
#include <reg/workspace.h>
#include <memory>

namespace reg::app {

struct Connected {
  Workspace workspace;
  RemoteSettings remote;
  fleet::Identity identity;
  std::unique_ptr<fleet::Etcd> etcd;
  fleet::EtcdOptions etcd_options;  // for another one, which says nothing
};

// Nothing is asked of etcd so far. Throws UsageError if the workspace shares nothing; InputError.
Connected connected(const Session& session);

}  // namespace reg::app
