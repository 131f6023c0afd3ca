#include <reg/text.h>
#include <registration/info_check.h>

namespace reg {
namespace {

InfoProblem unknown_field(const std::string& name, const RegistryInfo& info) {
  if (info.fields.empty()) {
    return {name, true,
            "the registry \"" + info.name + "\" declares no fields, but info has \"" + name + "\"",
            "declare it: fields = [\"" + name + "\"] in [registries." + info.name + "]"};
  }
  std::vector<std::string> names;
  for (const Field& field : info.fields) names.push_back(field.name);
  return {name, true, "the registry \"" + info.name + "\" has no field \"" + name + "\"",
          did_you_mean(name, names)};
}

std::string type_name(const Json& value) {
  if (value.is_number_integer()) return "an int";
  if (value.is_number()) return "a number";
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  return value.is_boolean() ? "a bool" : "a string";
}

std::string hint_for(const Field& field, const Json& value) {
  if (field.type != FieldType::Version) return {};
  if (value.is_string()) return "a version is dotted numbers, such as 12.4, v2.1.0 or 2.0rc1";
  return value.is_number() ? "write it as a text: 2.10 would be 2.1" : "";
}

InfoProblem wrong_type(const Field& field, const Json& value, const RegistryInfo& info) {
  const bool no_version = field.type == FieldType::Version && value.is_string();
  return {field.name, false,
          "the field \"" + field.name + "\" of the registry \"" + info.name + "\" is " +
              to_string(field.type) + ", but info has " +
              (no_version ? to_text(value) : type_name(value)),
          hint_for(field, value)};
}

}  // namespace

std::vector<InfoProblem> check_info(const Json& info, const RegistryInfo& registry) {
  std::vector<InfoProblem> problems;
  for (const auto& [name, value] : info.items()) {
    const Field* field = registry.field(name);
    if (field == nullptr) {
      problems.push_back(unknown_field(name, registry));
    } else if (!holds(field->type, value)) {
      problems.push_back(wrong_type(*field, value, registry));
    }
  }
  return problems;
}

}  // namespace reg
