#pragma once
// What a workspace published last, and where: `.reg/published.reg.json`. What is put again is
// that, and nothing that the settings say by now.

#include <reg/remote_settings.h>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reg::fleet {

struct PublishedNote {
  std::string name, origin;  // of the shared registry, and in it
  std::optional<std::chrono::seconds> lease;
  std::size_t symbols = 0;
  std::string text;

  bool is_of(const RemoteSettings& remote) const {
    return name == remote.name && origin == remote.origin;
  }
};

PublishedNote note_of(std::string text, std::size_t symbols, const RemoteSettings& remote);

// The text, an object of JSON, with one more member in a first line of its own.
std::string to_file(const PublishedNote& note);
// nullopt: it is none.
std::optional<PublishedNote> published_note(std::string_view file);

}  // namespace reg::fleet
