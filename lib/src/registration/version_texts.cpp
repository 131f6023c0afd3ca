#include <manifest/line.h>
#include <registration/version_texts.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {

VersionTexts::VersionTexts(const Source& source) {
  for (const WrittenNumber& number : source.declarations->written) {
    if (number.path.size() == 1 && !number.in_list)
      written_.emplace(std::pair(number.symbol, std::string_view(number.path[0])), number.text);
  }
}

std::optional<Json> VersionTexts::info_with_texts(Position symbol, const Json& info,
                                                  const RegistryInfo& registry) const {
  std::optional<Json> changed;
  for (const auto& [name, value] : info.items()) {
    const Field* field = registry.field(name);
    if (field == nullptr || field->type != FieldType::Version || !value.is_number()) continue;
    // Compilers keep no texts of numbers: then it is an error of the field's type.
    if (is_in_object(symbol) && value.is_number_float()) continue;
    auto written = written_.find({symbol, name});
    const auto text = written == written_.end() ? version_text(value)
                                                : std::optional(std::string(written->second));
    if (!text) continue;
    if (!changed) changed = info;
    (*changed)[name] = *text;
  }
  return changed;
}

std::optional<std::string> VersionTexts::line_with_texts(std::string_view line,
                                                         const RegistryInfo& registry) const {
  const auto text = split_line(line);
  if (!text || text->info.empty()) return std::nullopt;
  const auto info = info_with_texts(text->source.at, Json::parse(text->info), registry);
  return info ? std::optional(line_with_info(line, *info)) : std::nullopt;
}

bool has_versions(const RegistryInfo& registry) {
  return std::any_of(registry.fields.begin(), registry.fields.end(),
                     [](const Field& field) { return field.type == FieldType::Version; });
}

std::string line_with_info(std::string_view line, const Json& info) {
  const std::string_view old = split_line(line).value().info;
  const auto begin = static_cast<std::size_t>(old.data() - line.data());
  std::string changed(line.substr(0, begin));
  changed += to_text(info);
  changed += line.substr(begin + old.size());
  return changed;
}

}  // namespace reg
