#include <dirent.h>
#include <fcntl.h>
#include <host/system_files.h>
#include <reg/text.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/descriptor.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <memory>
#include <system_error>

namespace reg::host {
namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";
constexpr std::size_t step = 4096;

// O_NONBLOCK: a pipe that stands in the place of a file is opened without a writer, and refused.
Descriptor open_regular(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  return file;
}

// Up to the last whole line.
void cut_last_line(std::string& text) { text.resize(text.rfind('\n') + 1); }

}  // namespace

std::optional<std::string> SystemFiles::read(std::string_view path, std::size_t most,
                                             const Enough& enough) const {
  const Descriptor file = open_regular(at(path));
  if (!file.is_open()) return std::nullopt;
  std::string text;
  while (text.size() < most && !enough(text)) {
    const std::size_t size = text.size();
    text.resize(std::min(size + step, most));
    const ssize_t got = ::read(file.get(), text.data() + size, text.size() - size);
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
  }
  return text;
}

std::optional<std::string> SystemFiles::read(std::string_view path, std::size_t most) const {
  std::optional<std::string> text = read(path, most, [](const std::string&) { return false; });
  if (text && text->size() == most) cut_last_line(*text);
  if (text && valid_utf8_prefix(*text) != text->size()) return std::nullopt;
  return text;
}

std::optional<std::string> SystemFiles::read_paragraph(std::string_view path) const {
  constexpr std::size_t most = 64 * 1024;
  std::optional<std::string> text = read(path, most, [](const std::string& so_far) {
    return so_far.find("\n\n") != std::string::npos;
  });
  if (!text) return text;
  const std::size_t end = text->find("\n\n");
  if (end != std::string::npos) text->resize(end + 1);
  if (text->size() == most) cut_last_line(*text);
  if (valid_utf8_prefix(*text) != text->size()) return std::nullopt;
  return text;
}

std::optional<std::string> SystemFiles::read_line(std::string_view path) const {
  const std::optional<std::string> text = read(path, step);
  if (!text) return std::nullopt;
  const std::string_view line = trimmed(*text);
  if (line.empty() || line.find('\n') != std::string_view::npos) return std::nullopt;
  return std::string(line);
}

std::optional<std::vector<std::string>> SystemFiles::names_in(std::string_view folder,
                                                              std::size_t most) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(at(folder).c_str()), ::closedir);
  if (!entries) return std::nullopt;
  std::vector<std::string> names;
  while (names.size() < most) {
    const dirent* entry = ::readdir(entries.get());
    if (entry == nullptr) break;
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> SystemFiles::link_name(std::string_view path) const {
  std::error_code failed;
  const std::string name = std::filesystem::read_symlink(at(path), failed).filename().string();
  if (failed || name.empty() || valid_utf8_prefix(name) != name.size()) return std::nullopt;
  return name;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = text.find_first_not_of(blanks); begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of(blanks, begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = std::min(text.find_first_not_of(blanks, end), text.size());
  }
  return words;
}

std::optional<std::string> dotted_numbers(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) {
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) ++end;
  }
  if (end == 0) return std::nullopt;
  return std::string(text.substr(0, end));
}

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || text.empty()) return std::nullopt;
  return number;
}

}  // namespace reg::host
