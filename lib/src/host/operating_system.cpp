// The kernel and the distribution.

#include <host/parts.h>
#include <algorithm>
#include <map>

namespace reg::host {
namespace {

std::string in_small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// A value of os-release(5): a word of the shell, in quotes or not.
std::string unquoted(std::string_view word) {
  const char quote = word.empty() ? '\0' : word.front();
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted && word.size() > 1 && word.back() == quote) word = word.substr(1, word.size() - 2);
  std::string text;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (word[at] == '\\' && quote != '\'' && at + 1 < word.size()) ++at;
    text += word[at];
  }
  return text;
}

std::map<std::string, std::string> distribution(const SystemFiles& files) {
  std::map<std::string, std::string> values;
  std::optional<std::string> text = files.read("etc/os-release");
  if (!text) text = files.read("usr/lib/os-release");
  each_line(text.value_or(""), [&](std::string_view line) {
    line = trimmed(line);
    const std::size_t equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) return;
    values[std::string(line.substr(0, equals))] = unquoted(line.substr(equals + 1));
  });
  return values;
}

}  // namespace

Json operating_system(const SystemFiles& files, const Calls& calls) {
  Json os = Json::object();
  if (!calls.system.empty()) os["name"] = in_small_letters(calls.system);
  if (const auto kernel = dotted_numbers(calls.release)) os["kernel"] = *kernel;
  std::map<std::string, std::string> values = distribution(files);
  if (const auto version = dotted_numbers(values["VERSION_ID"])) os["version"] = *version;
  std::vector<std::string> like = words_of(values["ID_LIKE"]);
  if (const std::string& id = values["ID"]; !id.empty()) {
    os["distribution"] = id;
    like.insert(like.begin(), id);
    os["like"] = like;
  }
  return os;
}

}  // namespace reg::host
