#include <reg/symbol.h>
#include <text/json_text.h>
#include <text/kept_number.h>
#include <text/version.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

constexpr std::array<const char*, 8> type_names = {"any",  "string", "int",    "number",
                                                   "bool", "list",   "object", "version"};

bool is_registry_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == ':' || c == '-';
}

// White space and control characters of Unicode that are longer than one byte, as UTF-8.
bool has_wide_blank_or_control(std::string_view name) {
  constexpr std::array<std::string_view, 8> blanks = {"\u00A0", "\u1680", "\u2028", "\u2029",
                                                      "\u202F", "\u205F", "\u3000", "\uFEFF"};
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    auto first = static_cast<unsigned char>(name[i]);
    auto second = static_cast<unsigned char>(name[i + 1]);
    if (first == 0xC2 && second <= 0x9F) return true;
    // U+2000 to U+200A
    if (first == 0xE2 && second == 0x80 && i + 2 < name.size() &&
        static_cast<unsigned char>(name[i + 2]) <= 0x8A) {
      return true;
    }
  }
  return std::any_of(blanks.begin(), blanks.end(), [name](std::string_view blank) {
    return name.find(blank) != std::string_view::npos;
  });
}

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

std::string default_oid(std::string_view target) {
  return std::string(target.substr(target.find_last_of(".:/") + 1));
}

std::string registry_name_problem(std::string_view name) {
  if (name.empty()) return "a registry's name cannot be empty";
  if (name.size() > 1024) return "a registry's name cannot be longer than 1,024 bytes";
  if (!std::all_of(name.begin(), name.end(), is_registry_character)) {
    return "a registry's name has only ASCII letters, digits and _ . : -";
  }
  return {};
}

std::string object_name_problem(std::string_view name) {
  if (name.empty()) return "it cannot be empty";
  if (name.size() > 1024) return "it cannot be longer than 1,024 bytes";
  if (!is_valid_utf8(name)) return "it is not UTF-8";
  auto blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; };
  if (std::any_of(name.begin(), name.end(), blank) || has_wide_blank_or_control(name)) {
    return "it cannot have white space or control characters";
  }
  return {};
}

std::string field_name_problem(std::string_view name) {
  constexpr std::array<std::string_view, 4> reserved = {"registry", "oid", "target", "self"};
  if (name.empty()) return "a field's name cannot be empty";
  if (name.size() > 1024) return "a field's name cannot be longer than 1,024 bytes";
  if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
    return "\"" + std::string(name) + "\" is what every symbol has and cannot be a field";
  }
  return {};
}

bool is_private(std::string_view name) { return name.starts_with("__"); }

}  // namespace reg
