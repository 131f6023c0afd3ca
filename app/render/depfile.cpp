#include "depfile.h"

#include <reg/error.h>
#include <fstream>
#include <system_error>

namespace reg::app {

namespace {

// As GCC writes names: only before a blank is a backslash one that has to be written twice.
std::string escaped(const std::string& name) {
  std::string text;
  std::size_t backslashes = 0;
  for (const char c : name) {
    if (c == ' ' || c == '\t') text.append(backslashes + 1, '\\');
    if (c == '#' || c == ':') text += '\\';
    if (c == '$') text += '$';
    text += c;
    backslashes = c == '\\' ? backslashes + 1 : 0;
  }
  return text;
}

}  // namespace

std::string depfile_text(const std::filesystem::path& depfile,
                         const std::vector<std::filesystem::path>& dependencies) {
  std::filesystem::path target = depfile;
  if (target.extension() == ".d") target.replace_extension();
  std::string text = escaped(target.string()) + ':';
  for (const std::filesystem::path& path : dependencies) {
    const std::string& name = path.native();
    if (name.find('\n') != std::string::npos) continue;
    std::error_code error;
    const bool is_folder = std::filesystem::is_directory(path, error) && !name.ends_with('/');
    text += " \\\n " + escaped(name) + (is_folder ? "/" : "");
  }
  return text + '\n';
}

void write_depfile(const std::filesystem::path& depfile,
                   const std::vector<std::filesystem::path>& dependencies) {
  std::ofstream out(depfile, std::ios::binary);
  out << depfile_text(depfile, dependencies);
  out.close();
  if (!out) throw StorageError(ErrorKind::Io, depfile.string() + " cannot be written");
}

}  // namespace reg::app
