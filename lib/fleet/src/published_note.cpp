#include "published_note.h"

#include <reg/error.h>
#include <reg/json.h>
#include <cstdint>
#include <utility>

namespace reg::fleet {

namespace {

constexpr std::string_view start = "{\"put\":", end = ",\n";

}  // namespace

PublishedNote note_of(std::string text, std::size_t symbols, const RemoteSettings& remote) {
  return {remote.name, remote.origin, remote.lease, symbols, std::move(text)};
}

std::string to_file(const PublishedNote& note) {
  const Json put = {{"name", note.name},
                    {"origin", note.origin},
                    {"lease", note.lease ? note.lease->count() : 0},
                    {"symbols", note.symbols}};
  return std::string(start) + to_text(put) + std::string(end) + note.text.substr(1);
}

std::optional<PublishedNote> published_note(std::string_view file) {
  const std::size_t line = file.find(end);
  if (!file.starts_with(start) || line == std::string_view::npos) return std::nullopt;
  try {
    const Json put =
        parse_json(file.substr(start.size(), line - start.size()), "published.reg.json");
    PublishedNote note;
    note.name = put.at("name").get<std::string>();
    note.origin = put.at("origin").get<std::string>();
    note.symbols = put.at("symbols").get<std::size_t>();
    if (const auto lease = put.at("lease").get<std::int64_t>(); lease > 0)
      note.lease = std::chrono::seconds(lease);
    note.text = '{' + std::string(file.substr(line + end.size()));
    return note;
  } catch (const InputError&) {
    return std::nullopt;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace reg::fleet
