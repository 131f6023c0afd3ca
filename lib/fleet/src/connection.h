#pragma once
// How a workspace's settings reach etcd.

#include "etcd.h"

#include <reg/remote.h>
#include <reg/workspace.h>
#include <string>
#include <vector>

namespace reg::fleet {

// Reads the password. Throws InputError if it cannot be had. Warns of one that everybody may
// read, on this machine or on the way.
EtcdOptions etcd_options(const RemoteSettings& remote, const Workspace& workspace,
                         std::vector<std::string>& warnings);

}  // namespace reg::fleet
