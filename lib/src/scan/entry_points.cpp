#include <scan/languages.h>
#include <text/json_text.h>
#include <text/utf8.h>
#include <algorithm>
#include <optional>
#include <utility>

namespace reg {
namespace {

constexpr std::string_view blanks = " \t\r\f\v";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

bool in_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_path(char c) { return c == '.' || in_name(c); }

// Takes what stands in a dotted name, and the blanks after it, off the front.
std::string_view take_path(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), in_path);
  const std::string_view path = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(path.size());
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return path;
}

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (auto at = text.begin(); at != text.end();) {
    const auto begin = std::find_if(at, text.end(), in_name);
    at = std::find_if_not(begin, text.end(), in_name);
    if (begin != at) names.emplace_back(begin, at);
  }
  return names;
}

// Reads `module : attribute [extra, …]`, which is read as importlib.metadata does. False: it is
// something else.
bool read_value(std::string_view text, Packaged& entry) {
  const std::string_view module = take_path(text);
  if (module.empty()) return false;
  entry.target = module;
  if (text.starts_with(':')) {
    text.remove_prefix(1);
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    const std::string_view attribute = take_path(text);
    if (attribute.empty()) return false;
    entry.target += ":" + std::string(attribute);
  }
  if (text.empty()) return true;
  if (!text.starts_with('[') || !text.ends_with(']')) return false;
  entry.extras = names_in(text);
  return true;
}

class EntryPointsReader {
 public:
  Account read(std::string_view content) {
    if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
    while (!content.empty()) {
      const std::size_t end = std::min(content.find_first_of("\r\n"), content.size());
      ++line_;
      take(content.substr(0, end));
      const bool pair = content.substr(end).starts_with("\r\n");
      content.remove_prefix(std::min(end + (pair ? 2U : 1U), content.size()));
    }
    return std::move(account_);
  }

 private:
  void take(std::string_view written) {
    const std::string_view line = trimmed(written);
    if (line.empty() || line[0] == '#' || line[0] == ';') return;
    const std::string_view before = written.substr(0, written.find_first_not_of(blanks));
    at_ = {line_, static_cast<std::uint32_t>(count_code_points(before) + 1)};
    if (!is_valid_utf8(line)) return warn("this line is not UTF-8");
    if (line[0] == '[' && line.ends_with(']')) {
      group_ = trimmed(line.substr(1, line.size() - 2));
      return;
    }
    take_entry(line);
  }

  void take_entry(std::string_view line) {
    const std::size_t sign = line.find('=');
    if (sign == std::string_view::npos) return warn("no entry point: it has no =");
    if (!group_) return warn("this entry point stands in no [group]");
    Packaged entry;
    entry.group = *group_;
    entry.name = trimmed(line.substr(0, sign));
    entry.at = at_;
    if (entry.name.empty()) return warn("this entry point has no name");
    if (!read_value(trimmed(line.substr(sign + 1)), entry))
      return warn("the entry point " + entry.name + " is no module:attribute");
    account_.packaged.push_back(std::move(entry));
  }

  void warn(std::string message) {
    Diagnostic problem;
    problem.severity = Severity::Warning;
    problem.place.line = at_.line;
    problem.place.column = at_.column;
    problem.message = std::move(message);
    account_.problems.push_back(std::move(problem));
  }

  Account account_;
  std::optional<std::string> group_;
  Position at_;
  std::uint32_t line_ = 0;
};

}  // namespace

Account scan_entry_points(std::string_view content, const Words&) {
  return EntryPointsReader().read(content);
}

}  // namespace reg
