#pragma once
// What people can do about it.

#include "etcd.h"
#include "http.h"

#include <string>

namespace reg::fleet {

std::string hint_for(const HttpError& error);
// `has_user`: whether a user is set.
std::string hint_for(EtcdError::Reason reason, bool has_user);

}  // namespace reg::fleet
