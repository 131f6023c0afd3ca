#pragma once
// Reads `[remote]` of registry.toml.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <reg/remote_settings.h>
#include <string>
#include <string_view>

namespace reg {

RemoteSettings read_remote(Problems& problems, const Element& table);

// An origin's facts: what is wrong with them is reported.
void check_origin_facts(Problems& problems, const Element& facts);

// What of a host's name can be an origin's: up to its first other character.
std::string origin_of_host(std::string_view host_name);

}  // namespace reg
