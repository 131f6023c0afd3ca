#include <manifest/name_checks.h>
#include <reg/symbol.h>
#include <algorithm>

namespace reg {
namespace {

// Visible ASCII, which nearly all names are: good without a closer look.
bool is_plain(std::string_view name) {
  constexpr std::size_t plainly_short = 256;
  return !name.empty() && name.size() <= plainly_short &&
         std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

bool check_object_name(Problems& problems, const Element& value, const char* role) {
  const std::string_view name = *value.node.as<std::string_view>();
  if (is_plain(name)) return true;
  const std::string problem = object_name_problem(name);
  if (problem.empty()) return true;
  problems.add(value, {shown(name) + " cannot be " + role + ": " + problem});
  return false;
}

}  // namespace

bool check_registry_name(Problems& problems, const Element& at, std::string_view name,
                         Position place) {
  const std::string problem = registry_name_problem(name);
  if (!problem.empty()) {
    problems.add(at, place, {shown(name) + " cannot name a registry: " + problem});
  } else if (is_private(name)) {
    problems.add(at, place,
                 {shown(name) + " cannot name a registry in a source: names that begin with \"__\" "
                                "are private to a program"});
  } else {
    return true;
  }
  return false;
}

bool check_registry_name(Problems& problems, const Element& value) {
  return check_registry_name(problems, value, *value.node.as<std::string_view>(), value.node.at);
}

bool check_oid(Problems& problems, const Element& value) {
  return check_object_name(problems, value, "an oid");
}

bool check_target(Problems& problems, const Element& value) {
  return check_object_name(problems, value, "a target");
}

bool check_pin_reason(Problems& problems, const Element& value) {
  const std::string_view reason = *value.node.as<std::string_view>();
  const std::string problem = pin_reason_problem(reason);
  if (problem.empty()) return true;
  problems.add(value, {shown(reason) + " cannot be a reason: " + problem});
  return false;
}

}  // namespace reg
