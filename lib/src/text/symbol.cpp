#include <reg/symbol.h>
#include <text/kept_number.h>
#include <text/version.h>
#include <algorithm>
#include <array>
#include <reg/plugin/names.hpp>

namespace reg {
namespace {

constexpr std::array<const char*, 8> type_names = {"any",  "string", "int",    "number",
                                                   "bool", "list",   "object", "version"};

constexpr std::size_t longest_reason = 1024;  // bytes

}  // namespace

const char* to_string(FieldType type) { return type_names[static_cast<std::size_t>(type)]; }

std::optional<FieldType> field_type_from(std::string_view name) {
  auto found = std::find(type_names.begin(), type_names.end(), name);
  if (found == type_names.end()) return std::nullopt;
  return static_cast<FieldType>(found - type_names.begin());
}

bool holds(FieldType type, const Json& value) {
  if (value.is_null()) return true;
  switch (type) {
    case FieldType::Any:
      return true;
    case FieldType::String:
      return value.is_string();
    case FieldType::Int:
      return value.is_number_integer();
    case FieldType::Number:
      return value.is_number() || is_kept_number(value);
    case FieldType::Bool:
      return value.is_boolean();
    case FieldType::List:
      return value.is_array();
    case FieldType::Object:
      return value.is_object();
    case FieldType::Version:
      return value.is_string() && VersionText::of(value.get_ref<const std::string&>()).has_value();
  }
  return false;
}

const Json& Symbol::field(const std::string& name) const {
  static const Json null;
  auto found = info.find(name);
  return found == info.end() ? null : *found;
}

const Field* RegistryInfo::field(std::string_view field_name) const {
  auto found = std::find_if(fields.begin(), fields.end(),
                            [&](const Field& f) { return f.name == field_name; });
  return found == fields.end() ? nullptr : &*found;
}

const Pin* RegistryInfo::pin(std::string_view oid) const {
  const auto found =
      std::lower_bound(pins.begin(), pins.end(), oid,
                       [](const Pin& one, std::string_view wanted) { return one.oid < wanted; });
  return found == pins.end() || found->oid != oid ? nullptr : &*found;
}

std::string default_oid(std::string_view target) {
  return std::string(grammar::last_component(target));
}

std::string registry_name_problem(std::string_view name) {
  return std::string(grammar::registry_problem(name));
}

std::string object_name_problem(std::string_view name) {
  return std::string(grammar::object_problem(name));
}

std::string field_name_problem(std::string_view name) {
  return std::string(grammar::field_problem(name));
}

std::string pin_reason_problem(std::string_view reason) {
  if (reason.find_first_not_of(' ') == reason.npos) return "it cannot be empty";
  if (reason.size() > longest_reason) return "it cannot be longer than 1,024 bytes";
  if (grammar::utf8_prefix(reason) != reason.size()) return "it is not UTF-8";
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(reason.begin(), reason.end(), is_control))
    return "it is one line, without control characters";
  return {};
}

bool is_private(std::string_view name) { return grammar::is_private_name(name); }

}  // namespace reg
