#include <reg/error.h>
#include <workspace/files.h>
#include <workspace/python_path.h>
#include <algorithm>
#include <optional>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The value of `key` in the lines `key = value` of a pyvenv.cfg.
std::optional<std::string> setting(std::string_view text, std::string_view wanted) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t sign = line.find('=');
    if (sign != std::string_view::npos && trimmed(line.substr(0, sign)) == wanted)
      return std::string(trimmed(line.substr(sign + 1)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

// The folders `python3.11` in a library folder, newest first where the name does not tell.
std::vector<fs::path> versions_in(const fs::path& library, const std::string& name) {
  if (name.find('.') != std::string::npos && is_folder(library / name)) return {library / name};
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator each(library, error), end; !error && each != end;
       each.increment(error)) {
    if (each->path().filename().string().starts_with("python3.")) found.push_back(each->path());
  }
  std::sort(found.begin(), found.end(), [](const fs::path& a, const fs::path& b) {
    const std::string one = a.string(), other = b.string();
    return std::pair(one.size(), one) > std::pair(other.size(), other);
  });
  return found;
}

class PythonPath {
 public:
  void environment(const fs::path& prefix, const std::string& name) {
    const auto versions = versions_in(prefix / "lib", name);
    if (!versions.empty()) add(versions.front() / "site-packages");
  }

  // Debian's own interpreter looks into /usr/local first.
  void installation(const fs::path& interpreter) {
    std::error_code error;
    const fs::path real = fs::canonical(interpreter, error);
    if (error) return;
    const fs::path prefix = real.parent_path().parent_path();
    const auto versions = versions_in(prefix / "lib", real.filename().string());
    if (versions.empty()) return;
    const std::string version = versions.front().filename().string();
    if (prefix == "/usr") add(fs::path("/usr/local/lib") / version / "dist-packages");
    add(versions.front() / "site-packages");
    if (prefix == "/usr") add("/usr/lib/python3/dist-packages");
  }

  std::vector<std::string> take() { return std::move(folders_); }

 private:
  void add(const fs::path& folder) {
    const std::string text = folder.string();
    if (is_folder(folder) && std::find(folders_.begin(), folders_.end(), text) == folders_.end())
      folders_.push_back(text);
  }

  std::vector<std::string> folders_;
};

}  // namespace

std::vector<std::string> python_path(const fs::path& interpreter) {
  PythonPath path;
  const fs::path place = fs::absolute(interpreter).lexically_normal();
  const fs::path prefix = place.parent_path().parent_path();
  std::string environment;
  try {
    environment = read_file(prefix / "pyvenv.cfg").text;
  } catch (const StorageError&) {  // it is in none
    path.installation(place);
    return path.take();
  }
  path.environment(prefix, place.filename().string());
  if (setting(environment, "include-system-site-packages") == "true") path.installation(place);
  return path.take();
}

}  // namespace reg
